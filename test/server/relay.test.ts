import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { fromHex, toHex } from '../../shared/base/ids.ts';
import { faults } from '../../shared/base/errors.ts';
import { makeSigner, type Signer } from '../../shared/ledger/keys.ts';
import { relayProofMessage } from '../../shared/ledger/relay-proof.ts';
import { signStatement } from '../../shared/ledger/statement.ts';
import { RelayEntrance } from '../../src-renderer/session/relay-entrance.ts';
import { RelayLinks } from '../../src-renderer/session/relay-links.ts';
import { systemTimers } from '../../src-server/system-timers.ts';
import { callApi } from '../support/api-client.ts';
import { announce } from '../support/signaling.ts';
import { converged, until, type LedgerClient } from '../support/ledger-client.ts';
import { LedgerSession } from '../support/ledger-session.ts';
import { startTestServer } from '../support/server.ts';

/** A band whose server is gone, all with their newest statement, and a server of others in the same cellar. */
async function cellar() {
  const home = await startTestServer();
  const relay = await startTestServer({ environment: { CHORDME_RELAY: 'on' } });
  onTestFinished(() => relay.close());
  const session = await LedgerSession.open(home.url);
  const [ben, eve] = [await session.join('Ben'), await session.join('Eve')];
  const ann = await session.online(session.owner);
  const clients = { ann, ben: await session.online(ben), eve: await session.online(eve) };
  const all = Object.values(clients);
  await until(() => all.every(({ ledger }) => ledger.statement?.claims.devices.length === 3), 'all are listed');
  await converged(all);
  const close = async (): Promise<void> => {
    for (const client of all) await client.offline();
    await home.close();
  };
  return { session, relay, ...clients, close, url: `${relay.url.replace('http', 'ws')}/relay` };
}

type Cellar = Awaited<ReturnType<typeof cellar>>;

function identityOf(at: Cellar, client: LedgerClient, window: string) {
  return {
    sessionId: at.session.id,
    signer: client.person.signer,
    device: client.person.device,
    window,
    authority: at.session.place.authority.raw,
    statement: () => client.ledger.statement?.jws ?? null,
  };
}

/** As the app does it. */
function meet(at: Cellar, client: LedgerClient): void {
  const window = toHex(webcrypto.getRandomValues(new Uint8Array(8)));
  const links = new RelayLinks({
    url: at.url,
    timers: systemTimers,
    open: (url) => new WebSocket(url),
    entrance: () => new RelayEntrance(identityOf(at, client, window), 'links'),
    connect: (transport, binding) => client.connect(transport, binding),
    directWindows: () => new Set(),
  });
  onTestFinished(() => links.close());
}

/** Says what a test wants; hears frames in order. */
class Knocker {
  readonly socket: NodeSocket;
  readonly closed: Promise<number>;
  readonly heard: { type: string; [key: string]: unknown }[] = [];
  readonly #window = toHex(webcrypto.getRandomValues(new Uint8Array(8)));

  constructor(url: string) {
    this.socket = new NodeSocket(url);
    this.socket.on(
      'message',
      (raw: Buffer, isBinary) => void (isBinary || this.heard.push(JSON.parse(raw.toString()) as { type: string })),
    );
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => void this.socket.once('close', resolve));
  }

  async show(at: Cellar, client: LedgerClient, change: Record<string, unknown> = {}, signer: Signer = client.person.signer): Promise<this> {
    if (this.socket.readyState !== NodeSocket.OPEN) await once(this.socket, 'open');
    this.say({ ...(await new RelayEntrance(identityOf(at, client, this.#window), 'signals').first()), ...change });
    await until(() => this.socket.readyState !== NodeSocket.OPEN || this.heard.some(({ type }) => type === 'challenge'), 'an answer');
    const challenge = this.heard.find(({ type }) => type === 'challenge');
    if (challenge === undefined) return this;
    const [nonce, thumbprint] = [fromHex(String(challenge['nonce'])), fromHex(String(challenge['thumbprint']))];
    const signature = await signer.sign(relayProofMessage({ nonce, thumbprint, sessionId: at.session.id, window: this.#window }));
    this.say({ type: 'proof', signature: toHex(signature) });
    return this;
  }

  say(frame: unknown): void {
    this.socket.send(JSON.stringify(frame));
  }

  async ready(): Promise<this> {
    await until(() => this.heard.some(({ type }) => type === 'ready'), 'it is let in');
    return this;
  }
}

test('[R-MSH-5] a band whose server is gone goes on through an app that hosts: edits arrive, unnumbered, and the host keeps nothing', async () => {
  const at = await cellar();
  const { ann, ben, eve } = at;
  await at.close();
  for (const client of [ann, ben, eve]) meet(at, client);
  await until(() => [ann, ben, eve].every(({ replica }) => replica.views.length === 2), 'all are linked to each other');
  ann.type(0, 'in the cellar ');
  await until(() => [ben, eve].every(({ content }) => content.startsWith('in the cellar ')), 'it arrives');
  await ben.say('hello');
  await until(() => ann.ledger.fold.chat.size === 1, 'the chat as well');
  const n = ann.ledger.n;
  expect(ann.ledger.pendingOf(ann.person.device).length).toBeGreaterThan(0);
  expect([ben.ledger.n, eve.ledger.n]).toEqual([n, n]);
  const db = new Database(`${at.relay.config.data_dir}/chordme.db`, { readonly: true });
  onTestFinished(() => void db.close());
  for (const table of ['ledger_entries', 'ledger_records', 'ledger_statements', 'sessions'])
    expect(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
});

test('[R-MSH-5] signals pass between those whom the statement lists, stamped with their device', async () => {
  const at = await cellar();
  await at.close();
  const [ann, ben] = [await new Knocker(at.url).show(at, at.ann), await new Knocker(at.url).show(at, at.ben)];
  await Promise.all([ann.ready(), ben.ready()]);
  const topic = `chordme:${at.session.id}`;
  ann.say({ type: 'publish', topic, data: announce('peer-a') });
  await until(() => ben.heard.some(({ type }) => type === 'publish'), 'the announcement arrives');
  expect(ben.heard.at(-1)).toEqual({ type: 'publish', topic, data: announce('peer-a'), clients: 2, from_device: at.ann.person.device });
  ann.say({ type: 'publish', topic: 'chordme:another', data: announce('peer-a') });
  ann.say({ type: 'ping' });
  await until(() => ann.heard.at(-1)?.type === 'pong', 'it was handled');
  expect(ben.heard.filter(({ type }) => type === 'publish')).toHaveLength(1);
});

test('[R-MSH-5] nobody is let in with a forged statement, another’s device, or a statement that has been superseded', async () => {
  const at = await cellar();
  await at.close();
  const claims = at.ann.ledger.statement?.claims;
  if (claims === undefined) throw new Error('no statement');
  const pair = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
  const mallory = makeSigner(pair.privateKey, raw);
  const forged = (await signStatement(claims, pair.privateKey)).jws;
  // Not made by the key that it is said to be of.
  expect(await (await new Knocker(at.url).show(at, at.ann, { statement: forged })).closed).toBe(faults['proof-failed'].close);
  // The true statement, a listed device, but not its key.
  expect(await (await new Knocker(at.url).show(at, at.ann, {}, mallory)).closed).toBe(faults['proof-failed'].close);
  expect(await (await new Knocker(at.url).show(at, at.ann, { device_id: '00'.repeat(16) })).closed).toBe(faults['not-a-reader'].close);

  const eve = await (await new Knocker(at.url).show(at, at.eve)).ready();
  // A room of a made-up authority is a room of its own.
  const own = { ...claims, devices: claims.devices.map((device) => ({ ...device, public_key: toHex(raw) })) };
  const alone = await new Knocker(at.url).show(
    at,
    at.ann,
    { key: toHex(raw), statement: (await signStatement(own, pair.privateKey)).jws },
    mallory,
  );
  await alone.ready();
  alone.say({ type: 'publish', topic: `chordme:${at.session.id}`, data: announce('mallory') });
  alone.say({ type: 'ping' });
  await until(() => alone.heard.at(-1)?.type === 'pong', 'it was handled');
  expect(eve.heard.some(({ type }) => type === 'publish')).toBe(false);
});

test('[R-MSH-5] who shows a newer statement brings it for all: a device that it does not list is put out with it, and stays out', async () => {
  const at = await cellar();
  const eve = await (await new Knocker(at.url).show(at, at.eve)).ready();
  const old = at.eve.ledger.statement?.jws ?? '';
  await callApi(
    at.session.place.url,
    'removeParticipant',
    { id: at.session.id, user_id: at.eve.person.user.id },
    at.session.owner.user.token,
  );
  await until(() => at.ann.ledger.device(at.eve.person.device)?.role === null, 'Ann knows that Eve is removed');
  await (await new Knocker(at.url).show(at, at.ann)).ready();
  expect(await eve.closed).toBe(faults['not-a-reader'].close);
  const newest = at.ann.ledger.statement?.jws;
  expect(eve.heard.at(-1)).toEqual({ type: 'statement', statement: newest });
  const again = await new Knocker(at.url).show(at, at.eve, { statement: old });
  expect(await again.closed).toBe(faults['not-a-reader'].close);
  expect(again.heard.at(-1)).toEqual({ type: 'statement', statement: newest });
  await at.close();
});

test('[R-MSH-5] before the proof nothing is passed on, garbage ends the socket, and a server that is no meeting point has none', async () => {
  const at = await cellar();
  for (const frame of [
    { type: 'publish', topic: `chordme:${at.session.id}`, data: announce('x') },
    { type: 'subscribe', topics: [] },
  ]) {
    const knocker = new Knocker(at.url);
    await once(knocker.socket, 'open');
    knocker.say(frame);
    expect(await knocker.closed).toBe(faults.unauthorized.close);
  }
  for (const frame of ['{', '{"type":"show"}', Buffer.alloc(9)]) {
    const knocker = new Knocker(at.url);
    await once(knocker.socket, 'open');
    knocker.socket.send(frame);
    expect(await knocker.closed).toBe(faults['protocol-error'].close);
  }
  const ann = await (await new Knocker(at.url).show(at, at.ann)).ready();
  ann.socket.send(Buffer.alloc(8 + 16 * 1024 + 1));
  expect(await ann.closed).toBe(faults['too-large'].close);
  const none = new Knocker(`${at.session.place.url.replace('http', 'ws')}/relay`);
  expect(await none.closed).toBe(1006);
  await at.close();
});
