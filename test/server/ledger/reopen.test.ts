import { webcrypto } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { contentDigest } from '../../../shared/ledger/content-digest.ts';
import { createMemoryLedgerStore } from '../../../shared/ledger/memory-ledger-store.ts';
import type { StatementClaims } from '../../../shared/ledger/statement.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { LedgerHub } from '../../../src-server/ledger/ledger-hub.ts';
import type { AuthorityKeys } from '../../../src-server/keys/authority-keys.ts';
import type { SessionRoom } from '../../../src-server/ledger/session-room.ts';
import { builtInTemplates } from '../../../shared/session/templates.ts';
import { makeKeys, sessionId, songId } from '../../support/band.ts';
import { FakeTime } from '../../support/fake-time.ts';

const userId = '0198f000-0000-7000-8000-000000000099';

/** An authority's hub over a store in memory, with a clock that the test turns. */
async function openHub() {
  const time = new FakeTime();
  const store = createMemoryLedgerStore();
  const { privateKey, authority } = await makeKeys();
  const [template] = builtInTemplates;
  if (template === undefined) throw new Error('no template');
  const claims: StatementClaims = {
    session_id: sessionId,
    generation: 1,
    epoch: 1,
    status: 'active',
    dormant: false,
    permissions: template.permissions,
    participants: [],
    devices: [],
    iat: 1,
    exp: 2,
  };
  const failures: unknown[] = [];
  const keys: AuthorityKeys = {
    privateKey,
    publicKey: authority.key,
    publicKeyBytes: authority.raw,
    thumbprint: '',
    thumbprintBytes: new Uint8Array(32),
    jwk: { kty: 'OKP', crv: 'Ed25519', x: '', kid: '', alg: 'EdDSA', use: 'sig' },
    tokenSecret: new Uint8Array(32),
  };
  const hub = new LedgerHub({
    store,
    keys,
    clock: time,
    timers: time,
    random: (length) => webcrypto.getRandomValues(new Uint8Array(length)),
    recording: { isRecording: () => false, noteNumbered: () => undefined, notePointer: () => undefined },
    readStatementClaims: () => ({ ...claims }),
    readSongHead: () => ({ title: '', artist: '' }),
    onActivity: () => undefined,
    onSongHead: () => undefined,
    onWritten: () => undefined,
    onPresence: () => undefined,
    onWake: () => undefined,
    archive: { unpacked: () => [], pack: () => false, unpack: () => false, drop: () => undefined },
    transact: (work) => work(),
    marks: { suspend: () => undefined, bar: () => undefined },
    numberAbove: (_session, shown) => state({ epoch: shown.epoch }),
    onConflict: () => failures.push('conflict'),
    onRejected: () => failures.push('rejected'),
    onFailure: (_session, error) => failures.push(error),
  });
  onTestFinished(() => hub.close());
  const state = (change: Partial<StatementClaims>): void => {
    Object.assign(claims, change, { epoch: claims.epoch + 1 });
    hub.statementChanged(sessionId);
  };
  return { hub, store, time, state, failures, claims };
}

const textOf = (room: SessionRoom): string => room.ledger.fold.doc.getText(rootOfSong(songId)).toJSON();

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('never');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('[R-AUT-3] [R-AUT-6] a session that is paused gets a checkpoint; dropped 60 s after the last use, it comes back from it', async () => {
  const { hub, store, time, state, failures } = await openHub();
  await hub.createSong(sessionId, userId, { song_id: songId, chordpro: '[C]Let it be' });
  const room = await hub.room(sessionId);
  expect(store.readCheckpoint(sessionId)).toBeNull();
  state({ status: 'paused' });
  await until(() => store.readCheckpoint(sessionId) !== null);
  expect(store.readCheckpoint(sessionId)?.n).toBe(room.ledger.n);
  const before = contentDigest(room.ledger.fold);

  time.advance(59_000);
  expect(await hub.room(sessionId)).toBe(room);
  time.advance(60_000);
  // Everything is on disk already: dropping it takes no more than this turn.
  await new Promise((resolve) => setImmediate(resolve));
  const again = await hub.room(sessionId);
  expect(again).not.toBe(room);
  expect(again.ledger.base?.head.n).toBe(room.ledger.n);
  expect(again.ledger.records).toEqual([]);
  expect(textOf(again)).toBe('[C]Let it be');
  expect(contentDigest(again.ledger.fold)).toBe(before);

  state({ status: 'active' });
  await hub.createSong(sessionId, userId, { song_id: '0198f000-0000-7000-8000-0000000000bb', chordpro: 'more' });
  expect(again.ledger.n).toBeGreaterThan(room.ledger.n);
  expect(failures).toEqual([]);
});

test('[R-AUT-3] at least every 500 records there is a checkpoint,', async () => {
  const { hub, store, failures } = await openHub();
  for (let at = 0; at < limits.checkpointEvery / 2 + 1; at++)
    await hub.createSong(sessionId, userId, { song_id: `0198f000-0000-7000-8000-${String(at).padStart(12, '0')}`, chordpro: `song ${at}` });
  const room = await hub.room(sessionId);
  expect(room.ledger.n).toBeGreaterThan(limits.checkpointEvery);
  await until(() => store.readCheckpoint(sessionId) !== null);
  expect(store.readCheckpoint(sessionId)?.n).toBeGreaterThanOrEqual(limits.checkpointEvery);
  expect(room.ledger.checkpoint?.head.n).toBe(store.readCheckpoint(sessionId)?.n);
  expect(failures).toEqual([]);
});

test('[R-MEM-2] a statement is renewed each day while the session stays open: same epoch, later iat', async () => {
  const { hub, time, claims } = await openHub();
  const room = await hub.room(sessionId);
  const stop = time.every(30_000, () => void hub.room(sessionId));
  const before = room.ledger.statement?.claims;
  claims.iat += 86_400;
  time.advance(86_399_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(room.ledger.statement?.claims).toEqual(before);
  time.advance(2_000);
  await until(() => room.ledger.statement?.claims.iat === claims.iat);
  expect(room.ledger.statement?.claims.epoch).toBe(before?.epoch);
  stop();
});

test('[R-MEM-4] of a deleted session the authority keeps the statement only, and nothing is newer than that', async () => {
  const { hub, store, state, failures } = await openHub();
  await hub.createSong(sessionId, userId, { song_id: songId, chordpro: '[C]Let it be' });
  const room = await hub.room(sessionId);
  state({ status: 'deleted' });
  await until(() => store.readEntries(sessionId, 0, 1_000).entries.length === 0);
  const { statement } = room.ledger;
  expect(statement?.claims.status).toBe('deleted');
  const again = await hub.room(sessionId);
  expect(again).not.toBe(room);
  expect(again.ledger.n).toBe(0);
  expect(again.ledger.statement?.claims.status).toBe('deleted');
  if (statement === null) throw new Error('no statement');
  const later = { ...statement, claims: { ...statement.claims, status: 'active' as const, epoch: statement.claims.epoch + 1 } };
  expect(room.ledger.setStatement(later)).toBe(false);
  expect(failures).toEqual([]);
});

test('[R-AUT-3] a stored checkpoint that is damaged is passed over: all is read from the beginning', async () => {
  const { hub, store, time, state } = await openHub();
  await hub.createSong(sessionId, userId, { song_id: songId, chordpro: '[C]Let it be' });
  state({ status: 'ended' });
  await until(() => store.readCheckpoint(sessionId) !== null);
  const stored = store.readCheckpoint(sessionId);
  if (stored === null) throw new Error('no checkpoint');
  store.putCheckpoint(sessionId, { ...stored, body: stored.body.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) });
  time.advance(61_000);
  // Everything is on disk already: dropping it takes no more than this turn.
  await new Promise((resolve) => setImmediate(resolve));
  const again = await hub.room(sessionId);
  expect(again.ledger.base).toBeNull();
  expect(textOf(again)).toBe('[C]Let it be');
});
