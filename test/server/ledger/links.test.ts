import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { faults } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { toChunks } from '../../../shared/ledger/chunks.ts';
import { makeSigner, type Signer } from '../../../shared/ledger/keys.ts';
import type { Transport } from '../../../shared/ledger/link.ts';
import { encodeMessage, protocolVersion, type Message } from '../../../shared/ledger/messages.ts';
import { encodeHead, encodeRecord, nextChain, signHead, verdicts } from '../../../shared/ledger/record.ts';
import { signStatement } from '../../../shared/ledger/statement.ts';
import { AttackScene, sung, ways } from '../../support/attack-scene.ts';
import { ChangedClient, turnBit } from '../../support/changed-client.ts';
import { converged, ledgerPerson, openAuthenticated, openSocket, settled, until } from '../../support/ledger-client.ts';
import { LedgerSession, testSongId } from '../../support/ledger-session.ts';
import { linkUp } from '../../support/pipe.ts';

async function strangersKey(): Promise<{ signer: Signer; privateKey: CryptoKey }> {
  const { publicKey, privateKey } = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  return { signer: makeSigner(privateKey, new Uint8Array(await webcrypto.subtle.exportKey('raw', publicKey))), privateKey };
}

/** A socket that the server took the token of, and every binary frame it says. */
async function rawSocket(scene: AttackScene) {
  const frames: Bytes[] = [];
  const credentials = { token: scene.eve.user.token, device: scene.eve.device };
  const opened = await openAuthenticated(scene.session.place, scene.session.id, credentials, () => ({
    receive: (chunk) => void frames.push(new Uint8Array(chunk)),
    lost: () => undefined,
  }));
  await until(() => frames.length > 0, 'the server says hello');
  return { ...opened, frames };
}

test('[R-LNK-2] the server’s own hello, sent back to it, ends the link; with another window as well', async () => {
  const scene = await AttackScene.open('editor');
  const same = await rawSocket(scene);
  same.socket.send(same.frames[0] ?? '');
  expect((await same.closed).code).toBe(faults['protocol-error'].close);
  const changed = await rawSocket(scene);
  const hello = new Uint8Array(changed.frames[0] ?? []);
  // The window id stands behind flag, type, version, session and key.
  hello[3 + 16 + 32] = (hello[3 + 16 + 32] ?? 0) ^ 1;
  changed.socket.send(hello);
  expect((await changed.closed).code).toBe(faults['proof-failed'].close);
  await scene.unharmed();
});

test('[R-LNK-2] a proof for another channel, another key or another device ends the link', async () => {
  const scene = await AttackScene.open('editor');
  const { place, id } = scene.session;
  const elsewhere = { own: new Uint8Array(32).fill(1), other: new Uint8Array(32).fill(2) };
  const between = new ChangedClient(scene.eve.signer, id);
  expect((await (await between.online(place, id, scene.eve, elsewhere)).closed).reason).toBe('proof-failed');
  // Somebody who stole the token has not the device's key.
  const thief = new ChangedClient((await strangersKey()).signer, id);
  expect((await (await thief.online(place, id, scene.eve)).closed).reason).toBe('proof-failed');
  expect(between.heard).toEqual([]);
  expect(thief.heard).toEqual([]);
  // Over the mesh: fingerprints that do not match are a signaling server in the middle.
  const inTheMiddle = new ChangedClient(scene.eve.signer, id);
  // It does not hang up itself: whoever hangs up first is the one who tells people, and that is to be Ann.
  const patient = { connect: (transport: Transport) => inTheMiddle.start({ ...transport, close: () => undefined }, elsewhere, null) };
  const pipe = linkUp(patient, scene.ann);
  await until(() => pipe.isCut, 'the link is cut');
  expect(pipe.closedWith).toBe('proof-failed');
  expect(scene.ann.told, 'nobody is accused: who it was is not known').toEqual(['unproved']);
  await scene.unharmed();
});

test('[R-LNK-2] a token with another’s device, a stranger’s token and no token get nothing', async () => {
  const scene = await AttackScene.open('viewer');
  const { place, id } = scene.session;
  const stranger = await ledgerPerson(place.url, 'Mallory');
  const answered: number[] = [];
  const attempts = [
    { token: scene.eve.user.token, device: scene.ann.person.device, code: faults.unauthorized.close },
    { token: stranger.user.token, device: scene.eve.device, code: faults.unauthorized.close },
    { token: stranger.user.token, device: stranger.device, code: faults['not-found'].close },
    { token: `${scene.eve.user.token}x`, device: scene.eve.device, code: faults.unauthorized.close },
    { token: '', device: scene.eve.device, code: faults.unauthorized.close },
  ];
  for (const { code, ...credentials } of attempts) {
    const { closed } = await openAuthenticated(place, id, credentials, () => {
      throw new Error('let in');
    });
    answered.push((await closed).code);
    expect(answered.at(-1)).toBe(code);
  }
  // A link to a peer: whoever proves a key that the statement does not list gets the statement and goes.
  const changed = new ChangedClient(stranger.signer, id);
  linkUp(changed, scene.ann);
  await until(() => changed.heard.some(({ type }) => type === 'statement'), 'told who may read');
  changed.say({ type: 'heads', generation: 1, n: 0, chain: new Uint8Array(32), base: 0, checkpoint: 0, pending: [] });
  await until(() => changed.isClosed, 'put out');
  expect(changed.heard.map(({ type }) => type).filter((type) => type !== 'statement')).toEqual([]);
  await scene.unharmed();
});

test.each(ways)('[R-MEM-2] over the %s a forged, an old or another session’s statement changes nothing', async (way) => {
  const scene = await AttackScene.open('viewer');
  const known = scene.ann.ledger.statement;
  if (known === null) throw new Error('no statement');
  const stranger = await strangersKey();
  const promoted = {
    ...known.claims,
    epoch: known.claims.epoch + 1,
    devices: known.claims.devices.map((device) => ({ ...device, role: 'owner' as const })),
  };
  const forged = [
    (await signStatement(promoted, stranger.privateKey)).jws,
    (await signStatement({ ...promoted, generation: known.claims.generation + 1 }, stranger.privateKey)).jws,
    known.jws.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify(promoted)).toString('base64url')}.`),
    `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'chordme-statement+jws' })).toString('base64url')}.${Buffer.from(JSON.stringify(promoted)).toString('base64url')}.`,
    'not a statement',
    '',
  ];
  for (const jws of forged) {
    const eve = await scene.reach(way);
    eve.say({ type: 'statement', jws });
    await until(() => eve.isClosed, 'the forger is put out');
  }
  scene.expectToldToAnn(way);
  // A genuine one, but from before a change: kept until it might be of use.
  await scene.session.setRole(scene.eve, 'editor');
  await until(() => scene.ann.ledger.device(scene.eve.device)?.role === 'editor', 'she is an editor');
  const old = scene.ann.ledger.statement?.jws ?? '';
  await scene.session.setRole(scene.eve, 'viewer');
  await until(() => scene.ann.ledger.device(scene.eve.device)?.role === 'viewer', 'she is a viewer again');
  const eve = await scene.reach(way);
  eve.say({ type: 'statement', jws: old });
  eve.give(await scene.pen.type(testSongId, 'graffiti'));
  await eve.workedOn();
  for (const client of [scene.ann, scene.ben]) expect(client.ledger.device(scene.eve.device)?.role).toBe('viewer');
  await scene.unharmed();
});

test('[R-AUT-1] records and heads that were forged or changed on the way are not believed', async () => {
  const scene = await AttackScene.open('viewer');
  const { ann, ben } = scene;
  await ben.offline();
  scene.mesh.cut();
  ann.type(0, 'one ');
  await ann.author.flush();
  await settled(ann);
  const { records, head } = ann.ledger;
  const last = records.at(-1);
  const entry = last === undefined ? undefined : ann.ledger.entry(last.record.hash);
  if (last === undefined || head === null || entry === undefined) throw new Error('nothing was numbered');
  const lie = { ...last.record, verdict: verdicts.void, skeletonSha256: last.record.hash };
  const lieBytes = encodeRecord(lie);
  const chain = nextChain(ben.ledger.chain, lieBytes);
  const forgedHead = await signHead(ben.ledger.sessionBytes, { generation: 1, n: lie.n, chain }, scene.eve.signer);
  const nextGeneration = await signHead(ben.ledger.sessionBytes, { ...head, generation: 2 }, scene.eve.signer);
  const n = ben.ledger.n;
  expect(lie.n, 'Ben was away when it was numbered').toBe(n + 1);
  const tries = [
    { records: [lieBytes], head: encodeHead(forgedHead), isPutOut: true },
    { records: [last.bytes], head: encodeHead(nextGeneration), isPutOut: true },
    { records: [last.bytes], head: encodeHead({ ...head, generation: 2 }), isPutOut: true },
    { records: [turnBit(last.bytes, 3)], head: encodeHead(head), isPutOut: true },
    { records: [last.bytes], head: turnBit(encodeHead(head), 400), isPutOut: true },
    // Under a genuine head, but not what it was signed over.
    { records: [lieBytes], head: encodeHead(head), isPutOut: false },
  ];
  for (const { records: said, head: under, isPutOut } of tries) {
    const eve = await scene.reachBen();
    eve.give(entry);
    eve.say({ type: 'records', firstN: lie.n, records: said, head: under });
    await eve.workedOn();
    expect(eve.isClosed).toBe(isPutOut);
    expect(ben.ledger.n).toBe(n);
    expect(ben.content).toBe(`one ${sung}`);
  }
  expect(ben.told).toEqual(['rejected Eve']);
  const honest = await scene.reachBen();
  honest.say({ type: 'records', firstN: lie.n, records: [last.bytes], head: encodeHead(head) });
  await until(
    () => ben.ledger.n === n + 1,
    () => `a true record is believed, whoever brings it (at ${ben.ledger.n} of ${n + 1}, link closed: ${honest.isClosed})`,
  );
  linkUp(ann, ben);
  await ben.online();
  await scene.unharmed(`one ${sung}`);
});

test('[R-AUT-1] [R-MEM-2] what the authority signed for another session is not believed in this one', async () => {
  const scene = await AttackScene.open('viewer');
  const { ben, session } = scene;
  const other = await LedgerSession.open(session.place.url, { chordpro: 'elsewhere' });
  const there = await other.online(other.owner);
  await until(() => there.ledger.n > 0 && there.isSettled, 'the other session has records');
  const { head, records, statement } = there.ledger;
  const entries = records.flatMap(({ record }) => there.ledger.entry(record.hash) ?? []);
  if (head === null || statement === null) throw new Error('nothing was signed');
  const messages: Message[] = [
    { type: 'statement', jws: statement.jws },
    { type: 'records', firstN: 1, records: records.map(({ bytes }) => bytes), head: encodeHead(head) },
    { type: 'entries', entries: entries.map(({ bytes }) => bytes) },
  ];
  const n = ben.ledger.n;
  for (const message of messages) {
    const eve = await scene.reachBen();
    eve.say(message);
    await until(() => eve.isClosed, `put out for ${message.type}`);
  }
  expect(ben.told).toEqual(['rejected Eve']);
  expect(ben.ledger.n).toBe(n);
  expect(ben.ledger.statement?.claims.session_id).toBe(session.id);
  await scene.unharmed();
});

function presence(client: number, state: Record<string, unknown>): Bytes {
  const doc = new Y.Doc();
  doc.clientID = client;
  const awareness = new Awareness(doc);
  awareness.setLocalState(state);
  const update = new Uint8Array(encodeAwarenessUpdate(awareness, [client]));
  awareness.destroy();
  return update;
}

test('[R-MSH-1] presence in another’s name is not passed on, and one’s own goes under one’s own device', async () => {
  const scene = await AttackScene.open('viewer');
  const { ann, ben } = scene;
  const annsClient = 4711;
  const other = await scene.session.online(scene.session.owner, annsClient);
  other.replica.authorityView?.link.send({
    type: 'awareness',
    device: other.person.device,
    update: presence(annsClient, { song_id: testSongId }),
  });
  await until(() => ben.presence.length === 1, 'Ann is seen');
  // In her window's name: the hello names another window, or the same one but it belongs to the link that named it first.
  for (const client of [66, annsClient]) {
    const eve = await scene.reach('socket', client);
    eve.say({ type: 'awareness', device: ann.person.device, update: presence(annsClient, { is_typing: true }) });
    eve.say({ type: 'awareness', device: ann.person.device, update: new Uint8Array(limits.awarenessBytes + 1) });
    eve.say({ type: 'awareness', device: ann.person.device, update: new Uint8Array([255, 255, 255]) });
    await eve.workedOn();
    eve.link?.close('going-away');
  }
  const eve = await scene.reach('socket', 66);
  eve.say({ type: 'awareness', device: ann.person.device, update: presence(66, { is_typing: true }) });
  await until(() => ben.presence.length > 1, 'Eve is seen');
  expect(ben.presence.map(({ device }) => device)).toEqual([ann.person.device, scene.eve.device]);
  // And no oftener than anybody can look.
  for (let at = 0; at < 500; at++) eve.say({ type: 'awareness', device: scene.eve.device, update: presence(66, { at }) });
  await eve.workedOn();
  ann.type(0, 'A');
  await ann.author.flush();
  await converged([ann, ben]);
  expect(ben.presence.length).toBeLessThanOrEqual(3 + 2 * limits.awarenessPerSecond);
});

test('[R-LNK-1] an entry that is too large, a message without end and one in crumbs end the link', async () => {
  const scene = await AttackScene.open('editor');
  const full = new Uint8Array(limits.chunkBytes);
  const ends: [string, (eve: ChangedClient) => void][] = [
    ['oversize entry', (eve) => eve.give(new Uint8Array(limits.entryBytes + 1))],
    [
      'endless',
      (eve) => {
        for (let at = 0; at <= limits.messageBytes / limits.chunkBytes + 2; at++) eve.socket?.socket.send(full);
      },
    ],
    ['crumbs', (eve) => eve.socket?.socket.send(new Uint8Array([0, 5]))],
    ['an empty frame', (eve) => eve.socket?.socket.send(new Uint8Array(0))],
    ['a chunk too long', (eve) => eve.socket?.socket.send(new Uint8Array(limits.chunkBytes + 1))],
    ['text', (eve) => eve.socket?.socket.send('{"type":"auth"}')],
    ['an unknown message', (eve) => eve.socket?.socket.send(new Uint8Array([1, 200]))],
    ['hello again', (eve) => eve.say({ type: 'proof', signature: new Uint8Array(64) })],
    [
      'a million heads',
      (eve) => {
        for (const chunk of toChunks(new Uint8Array([3, 1, 0, ...new Uint8Array(32), 0xff, 0xff, 0xff, 0x7f])))
          eve.socket?.socket.send(chunk);
      },
    ],
  ];
  for (const [what, attack] of ends) {
    const eve = await scene.reach('socket');
    attack(eve);
    const { code } = (await eve.socket?.closed) ?? { code: 0 };
    expect([faults['protocol-error'].close, faults['too-large'].close], what).toContain(code);
  }
  await scene.unharmed();
});

test.each([
  ['crumbs', new Uint8Array([0, 5])],
  ['a chunk too long', new Uint8Array(limits.chunkBytes + 1)],
  ['an unknown message', new Uint8Array([1, 200])],
])('[R-LNK-1] over the mesh %s end the link as well, and who gets them is told', async (_what, chunk) => {
  const scene = await AttackScene.open('editor');
  const eve = await scene.reach('mesh');
  eve.link?.transport.send(chunk);
  await until(() => eve.isClosed, 'put out');
  scene.expectToldToAnn('mesh');
  await scene.unharmed();
});

test('[R-LNK-2] before its proof nothing that a link says is worked on', async () => {
  const scene = await AttackScene.open('editor');
  const entry = await scene.pen.type(testSongId, 'early');
  for (const isHelloFirst of [false, true]) {
    const raw = await rawSocket(scene);
    if (isHelloFirst) {
      const { identity } = new ChangedClient(scene.eve.signer, scene.session.id);
      const hello = encodeMessage({
        type: 'hello',
        version: protocolVersion,
        sessionId: identity.sessionId,
        publicKey: identity.signer.publicKey,
        windowId: identity.windowId,
        awarenessClient: 1,
        nonce: new Uint8Array(32),
      });
      for (const chunk of toChunks(hello)) raw.socket.send(chunk);
    }
    for (const chunk of toChunks(encodeMessage({ type: 'entries', entries: [entry.bytes] }))) raw.socket.send(chunk);
    expect((await raw.closed).code).toBe(faults['protocol-error'].close);
  }
  // Binary before the token, and an address that is no session's.
  const early = await openSocket(scene.session.place.url, scene.session.id);
  early.socket.send(new Uint8Array([1, 0]));
  expect((await early.closed).code).toBe(faults['protocol-error'].close);
  const nowhere = await openSocket(scene.session.place.url, '..%2f..');
  nowhere.socket.send(JSON.stringify({ type: 'auth', token: scene.eve.user.token, device_id: scene.eve.device }));
  expect([faults['not-found'].close, 1006]).toContain((await nowhere.closed).code);
  await scene.unharmed();
});
