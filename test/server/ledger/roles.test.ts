import { describe, expect, test } from 'vitest';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { chatSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { encodeUpdate } from '../../../shared/ledger/update.ts';
import { AttackScene, sung, ways } from '../../support/attack-scene.ts';
import { ChangedClient, deviceOf, Pen, turnBit } from '../../support/changed-client.ts';
import { converged, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { linkUp } from '../../support/pipe.ts';

const chat = (text: string) => encodeJson(chatSchema.parse({ type: 'message', text, reply_to: null }));
const newSong = encodeJson({ sets: [[`song/${testSongId}`, false]], lamport: 900 });

/** Takes away everything that the song holds now. */
function deletion(scene: AttackScene): Uint8Array<ArrayBuffer> {
  const first = scene.ann.text._start;
  if (first === null) throw new Error('no text');
  return encodeUpdate({
    client: scene.pen.client,
    structs: [],
    deleted: [{ client: first.id.client, clock: first.id.clock, length: first.length }],
  });
}

describe.each(ways)('a changed client over the %s', (way) => {
  test.each(['viewer', 'commenter'] as const)('[R-ENT-1] a %s writes song and setlist: nobody sees it', async (role) => {
    const scene = await AttackScene.open(role);
    const eve = await scene.reach(way);
    const before = scene.ann.ledger.n;
    const { pen } = scene;
    eve.give(await pen.type(testSongId, 'graffiti'));
    eve.give(await scene.newPen().write(entryKinds.songSet, newSong));
    await eve.workedOn();
    expect(eve.isClosed).toBe(false);
    expect(scene.ann.ledger.n).toBe(before);
    expect(scene.ann.ledger.pendingOf(scene.eve.device)).toEqual([]);
    scene.expectToldToAnn(way);
    await scene.unharmed();
  });

  test('[R-ENT-1] a viewer deletes the whole text with an update that has no author', async () => {
    const scene = await AttackScene.open('viewer');
    const eve = await scene.reach(way);
    eve.give(await scene.pen.write(entryKinds.songUpdate, deletion(scene)));
    await eve.workedOn();
    scene.expectToldToAnn(way);
    await scene.unharmed();
  });

  test('[R-ENT-1] an entry in the name of another, signed with one’s own key, ends the link', async () => {
    const scene = await AttackScene.open('editor');
    for (const kind of [entryKinds.songUpdate, entryKinds.chat, entryKinds.attested] as const) {
      const eve = await scene.reach(way);
      const pen = scene.newPen();
      const device = kind === entryKinds.attested ? scene.ann.ledger.authorityDevice : scene.ann.person.device;
      const deviceId = Uint8Array.from(Buffer.from(device, 'hex'));
      const payload = kind === entryKinds.songUpdate ? encodeUpdate(pen.typing(testSongId, 'forged')) : chat('forged');
      eve.give(await pen.write(kind, payload, { deviceId }));
      await until(() => eve.isClosed, 'the forger is put out');
    }
    scene.expectToldToAnn(way);
    await scene.unharmed();
    expect(scene.ann.ledger.fold.chat.size).toBe(0);
  });

  test('[R-ENT-2] an update in the name of another’s Yjs client id closes the forger’s stream', async () => {
    const scene = await AttackScene.open('editor');
    scene.ann.type(0, 'x');
    await scene.ann.author.flush();
    await converged([scene.ann, scene.ben]);
    const eve = await scene.reach(way);
    const forged = { ...scene.pen.typing(testSongId, 'forged'), client: scene.ann.author.clientId };
    const next = forged.structs.map((struct) => ({ ...struct, clock: 1 }));
    const entry = await scene.pen.write(entryKinds.songUpdate, encodeUpdate({ ...forged, structs: next }));
    eve.give(entry);
    await until(() => scene.ben.ledger.stream(entry.stream)?.isClosed === true, 'the stream is closed at Ben');
    expect(scene.ben.told).toEqual(['rejected Eve']);
    await scene.unharmed(`x${sung}`);
  });

  test('[R-ENT-1] what was said before is said again, whole streams of it: nothing happens twice', async () => {
    const scene = await AttackScene.open('viewer');
    scene.ann.type(0, 'once ');
    await scene.ann.say('hello');
    await scene.ben.say('hi');
    await converged([scene.ann, scene.ben]);
    const eve = await scene.reach(way);
    const said = [...scene.ann.made, ...scene.ben.made];
    for (let round = 0; round < 20; round++) eve.give(...said);
    eve.give(...said.toReversed());
    await eve.workedOn();
    expect(eve.isClosed).toBe(false);
    expect(scene.ann.ledger.fold.chat.size).toBe(2);
    expect(scene.ann.told, 'the mesh itself says things twice').toEqual([]);
    await scene.unharmed(`once ${sung}`);
  });

  test('[R-AUT-1] an old epoch does not help: what comes after the demotion is void, a deletion as well', async () => {
    const scene = await AttackScene.open('editor');
    const eve = await scene.reach(way);
    eve.give(await scene.pen.type(testSongId, 'before '));
    await until(() => scene.ben.content === `before ${sung}`, 'it counts while she is an editor');
    await converged([scene.ann, scene.ben]);
    const [epoch] = [scene.ann.ledger.statement?.claims.epoch ?? 0];
    await scene.session.setRole(scene.eve, 'viewer');
    await until(() => [scene.ann, scene.ben].every((client) => (client.ledger.statement?.claims.epoch ?? 0) > epoch), 'all know it');
    eve.give(await scene.pen.type(testSongId, 'after ', { epoch, at: Date.now() - 86_400_000 }));
    const other = scene.newPen();
    eve.give(
      await other.write(
        entryKinds.songUpdate,
        encodeUpdate({ client: other.client, structs: [], deleted: [{ client: scene.pen.client, clock: 0, length: 7 }] }),
        { epoch },
      ),
    );
    await eve.workedOn();
    await until(() => scene.ben.ledger.records.filter(({ record }) => record.verdict === 1).length === 2, 'both are void');
    await scene.unharmed(`before ${sung}`);
  });

  test('[R-ENT-1] an entry of another session ends the link', async () => {
    const scene = await AttackScene.open('editor');
    const eve = await scene.reach(way);
    eve.give(await new Pen(scene.eve.signer, '0198f000-0000-7000-8000-0000000000ff').type(testSongId, 'elsewhere'));
    await until(() => eve.isClosed, 'the link is closed');
    scene.expectToldToAnn(way);
    await scene.unharmed();
  });

  test('[R-ENT-1] a relayed entry with one bit turned ends the link, and the true one is taken afterwards', async () => {
    const scene = await AttackScene.open('viewer');
    const away = await scene.session.online(scene.session.owner);
    await converged([scene.ann, away]);
    await away.offline();
    away.type(0, 'true ');
    await away.author.flush();
    const [entry] = away.made;
    if (entry === undefined) throw new Error('nothing was written');
    for (let turn = 0; turn < 40; turn++) {
      const eve = await scene.reach(way);
      eve.give(turnBit(entry.bytes, Math.floor((turn * entry.bytes.length * 8) / 40) + (turn % 8)));
      // An entry whose device, number or predecessor changed may look like one that only came too early: then it is held or dropped.
      await eve.workedOn();
      eve.link?.close('going-away');
      expect(scene.ann.content).toBe(sung);
    }
    scene.expectToldToAnn(way);
    const relay = await scene.reach(way);
    relay.give(entry);
    await until(() => scene.ben.content === `true ${sung}`, 'the true one arrives');
    await scene.unharmed(`true ${sung}`);
  });
});

test('[R-ENT-3] two entries with one number to two peers: all end with the same text, never with both', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, ben, pen } = scene;
  const [one, two] = [
    await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'one '))),
    await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'two '))),
  ];
  const [toAnn, toBen] = [new ChangedClient(scene.eve.signer, scene.session.id), new ChangedClient(scene.eve.signer, scene.session.id)];
  linkUp(toAnn, ann);
  linkUp(toBen, ben);
  await Promise.all([toAnn.admitted(), toBen.admitted()]);
  toAnn.give(one);
  toBen.give(two);
  await until(() => [ann, ben].every(({ ledger }) => ledger.device(scene.eve.device)?.role === null), 'Eve’s device is suspended');
  await converged([ann, ben]);
  for (const { told } of [ann, ben]) expect(told).toEqual(['fork Eve']);
  expect(ann.content.includes('one ') && ann.content.includes('two ')).toBe(false);
  // Take it away again.
  if (ann.content !== sung) ann.text.delete(0, 4);
  await ann.author.flush();
  await converged([ann, ben]);
  expect(deviceOf(pen.signer)).toBe(scene.eve.device);
  await scene.unharmed();
});

test('[R-ENT-3] while the authority is away neither of two entries with one number counts, nor what follows', async () => {
  const scene = await AttackScene.open('editor');
  const { ann, ben, pen } = scene;
  await Promise.all([ann.offline(), ben.offline()]);
  const one = await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, 'one ')));
  const two = await pen.type(testSongId, 'two ');
  const after = await pen.type(testSongId, 'after ');
  const toAnn = new ChangedClient(scene.eve.signer, scene.session.id);
  linkUp(toAnn, ann);
  await toAnn.admitted();
  toAnn.give(one);
  await until(() => ben.content === `one ${sung}`, 'the first arrives');
  toAnn.give(two, after);
  await until(() => ann.content === sung && ben.content === sung, 'neither counts');
  // A hundred more branches are no burden.
  for (let at = 0; at < 100; at++)
    toAnn.give(
      await pen.draft(entryKinds.songUpdate, encodeUpdate(pen.typing(testSongId, `b${at}`)), { seq: 1, prev: new Uint8Array(32) }),
    );
  await toAnn.workedOn();
  expect(ann.ledger.stream(one.stream)?.at(1).length).toBe(2);
  await Promise.all([ann.online(), ben.online()]);
  await until(() => ann.isLinked && ben.isLinked, 'both are back');
  ann.type(0, 'A');
  await until(() => ben.content.startsWith('A') && ann.content === ben.content, 'they go on');
});
