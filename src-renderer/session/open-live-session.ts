import { Fault } from '../../shared/base/errors.ts';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import type { ServerDescription } from '../../shared/api/server.ts';
import type { AppState, Bridge } from '../../shared/ipc/contract.ts';
import { deviceIdOf } from '../../shared/ledger/keys.ts';
import type { AuthorityKey } from '../../shared/ledger/authority-key.ts';
import { verifyStatement } from '../../shared/ledger/statement.ts';
import { authorityDeviceOf } from '../../shared/ledger/authority-key.ts';
import { AuthoritySocket } from './authority-socket.ts';
import { ask, CoreLedger, readStored } from './core-ledger.ts';
import { openDeviceKey, proveDevice } from './device-key.ts';
import { deviceName } from './device-name.ts';
import { openDraftShelf } from './draft-shelf.ts';
import { IceServers } from './ice-servers.ts';
import type { LiveSession } from './live-session.ts';
import { Mesh } from './mesh.ts';
import { Rehearsal } from './rehearsal.ts';
import { RecordingShelf } from './recording-shelf.ts';
import { RelayWay } from './relay-way.ts';
import { tokenEntrance } from './signaling-conn.ts';
import { SocketTokens } from './socket-tokens.ts';
import { createWorkerTimers, pageTimers } from './worker-timers.ts';

/** Sessions have at most 50 seats; some have two windows. */
const maxConns = 64;

interface Place {
  serverUrl: string;
  /** RFC 7638 thumbprint of the pinned key. */
  thumbprint: Uint8Array<ArrayBuffer>;
  authority: AuthorityKey;
  userId: string;
  description: ServerDescription | null;
}

async function readPlace(state: AppState): Promise<Place> {
  if (state.account === null) throw new Fault('unauthorized');
  const key = state.server?.authority_key;
  if (state.server === null || key === null || key === undefined) throw new Fault('unreachable');
  const raw = fromHex(key);
  return {
    serverUrl: state.server.url,
    thumbprint: new Uint8Array(await crypto.subtle.digest('SHA-256', jwkBytes(raw))),
    authority: { raw, key: await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']) },
    userId: state.account.id,
    description: state.server.description,
  };
}

/**
 * Opens a session in this window: from this computer's own store first, then with whoever can be reached.
 * Throws Fault 'unauthorized' without an account, 'unreachable' when this computer has never met the session's server.
 */
export async function openLiveSession({ bridge, sessionId }: { bridge: Bridge; sessionId: string }): Promise<LiveSession> {
  const place = await readPlace(await ask(bridge, 'app.state', {}));
  const signer = await openDeviceKey(indexedDB, place.authority.raw, place.userId);
  const { statement: jws, ...stored } = await readStored(bridge, sessionId, toHex(deviceIdOf(signer.publicKey)));
  const core = new CoreLedger(bridge, sessionId, pageTimers, (isStoring) => rehearsal.setStoring(isStoring));
  const drafts = await openDraftShelf(bridge, sessionId, core);
  const worker = new Worker(new URL('./timer-worker.ts', import.meta.url), { type: 'module' });
  const timers = createWorkerTimers(worker);
  const rehearsal = new Rehearsal({
    sessionId,
    userId: place.userId,
    signer,
    authority: place.authority,
    statement: jws === null ? null : await verifyStatement(jws, place.authority.key, sessionId),
    stored,
    core,
    drafts,
    recordings: new RecordingShelf(bridge, sessionId),
    clock: { now: () => Date.now() },
    timers,
    pageTimers,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  rehearsal.own(() => worker.terminate());

  const register = async (): Promise<void> => {
    const proof = await proveDevice(signer, place.userId, place.thumbprint);
    await ask(bridge, 'authority.request', { operation: 'registerDevice', input: { ...proof, name: deviceName(navigator.userAgent) } });
  };
  const tokens = new SocketTokens(bridge, register, () => Date.now());
  const webSocketUrl = place.serverUrl.replace(/^http/, 'ws').replace(/\/$/, '');
  const socket = new AuthoritySocket({
    url: `${webSocketUrl}/api/v1/sessions/${sessionId}/ledger`,
    device: rehearsal.device,
    timers,
    open: (url) => new WebSocket(url),
    token: () => tokens.fresh(),
    onRefused: (token) => tokens.refused(token),
    connect: (transport) =>
      rehearsal.connect(transport, { own: place.thumbprint, other: place.thumbprint }, authorityDeviceOf(place.authority.raw)),
  });
  rehearsal.own(() => socket.close());
  const ice = new IceServers(bridge, place.description, timers);
  rehearsal.own(() => ice.close());
  const room = `chordme:${sessionId}`;
  let mesh: Mesh | null = null;
  void ice.ready.then(() => {
    if (rehearsal.isClosed) return;
    mesh = new Mesh({
      lobby: rehearsal.presence.lobby,
      awareness: rehearsal.awareness,
      signaling: { url: `${webSocketUrl}/signaling`, room, entrance: tokenEntrance(rehearsal.device, () => tokens.fresh()) },
      iceServers: ice.list,
      maxConns,
      hooks: rehearsal.peerHooks,
      timers,
    });
    const opened = mesh;
    rehearsal.own(() => opened.close());
    const relay = new RelayWay({
      bridge,
      identity: {
        sessionId,
        signer,
        device: rehearsal.device,
        window: rehearsal.window,
        authority: place.authority.raw,
        statement: () => rehearsal.statement,
      },
      timers,
      room,
      connect: (transport, binding) => rehearsal.connectRelayed(transport, binding),
      directWindows: () => rehearsal.directWindows(),
      setSignaling: (parts) => opened.setRelay(parts),
    });
    rehearsal.own(() => relay.close());
  });

  const retry = (): void => {
    socket.retryNow();
    mesh?.retryNow();
  };
  globalThis.addEventListener('online', retry);
  rehearsal.own(() => globalThis.removeEventListener('online', retry));
  // Back from sleep or from behind other windows: links may have died unnoticed.
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') retry();
  };
  document.addEventListener('visibilitychange', onVisible);
  rehearsal.own(() => document.removeEventListener('visibilitychange', onVisible));
  rehearsal.own(bridge.on('app.woke', retry));
  rehearsal.own(
    bridge.on('app.state_changed', (state) => {
      if (state.server?.is_reachable === true) socket.retryNow();
    }),
  );
  return rehearsal;
}

/** RFC 7638: the key's required members in lexicographic order. */
function jwkBytes(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const x = btoa(String.fromCodePoint(...raw))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return new TextEncoder().encode(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }));
}
