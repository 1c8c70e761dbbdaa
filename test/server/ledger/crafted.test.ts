import { expect, test } from 'vitest';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { chatSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { encodeUpdate, rootOfSong, type TextStruct } from '../../../shared/ledger/update.ts';
import { limits } from '../../../shared/base/limits.ts';
import { AttackScene, sung, ways } from '../../support/attack-scene.ts';
import { craftedUpdates, earlyUpdates } from '../../support/crafted-updates.ts';
import { converged, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { processorMs } from '../../support/processor-time.ts';

const root = rootOfSong(testSongId);

function firstOf(scene: AttackScene): { client: number; clock: number; length: number } {
  const first = scene.ann.text._start;
  if (first === null) throw new Error('no text');
  return { client: first.id.client, clock: first.id.clock, length: first.length };
}

test.each(ways)('[R-ENT-2] over the %s crafted Yjs bytes of an editor close her stream and change nothing', async (way) => {
  const scene = await AttackScene.open('editor');
  const eve = await scene.reach(way);
  const cases = craftedUpdates(scene.pen.client, root, firstOf(scene));
  for (const [at, [what]] of cases.entries()) {
    const pen = scene.newPen();
    const payload = craftedUpdates(pen.client, root, firstOf(scene))[at]?.[1] ?? new Uint8Array();
    const entry = await pen.write(entryKinds.songUpdate, payload);
    const follower = await pen.type(testSongId, 'after it');
    eve.give(entry, follower);
    if (what === 'a gap of clocks') continue;
    await until(() => scene.ben.ledger.stream(entry.stream)?.isClosed === true, `closed: ${what}`);
    expect(scene.ben.ledger.recordOf(entry.hash), what).toBeUndefined();
    expect(scene.ann.content, what).toBe(sung);
  }
  expect(eve.isClosed).toBe(false);
  for (const { told } of [scene.ann, scene.ben]) expect(told).toEqual(['rejected Eve']);
  for (const { ledger } of [scene.ann, scene.ben]) {
    expect(ledger.fold.doc.store.pendingStructs).toBeNull();
    expect([...ledger.fold.doc.share.keys()]).toEqual([root]);
  }
  eve.link?.close('going-away');
});

test.each(ways)('[R-DOC-2] over the %s what builds on nothing waits outside the document and harms nobody’s next words', async (way) => {
  const scene = await AttackScene.open('editor');
  const eve = await scene.reach(way);
  const n = scene.ann.ledger.n;
  for (let at = 0; at < earlyUpdates(0, root, firstOf(scene)).length; at++) {
    const pen = scene.newPen();
    eve.give(await pen.write(entryKinds.songUpdate, earlyUpdates(pen.client, root, firstOf(scene))[at]?.[1] ?? new Uint8Array()));
  }
  await eve.workedOn();
  const reply = chatSchema.parse({ type: 'message', text: 'to nobody', reply_to: 'ab'.repeat(32) });
  eve.give(await scene.newPen().write(entryKinds.chat, encodeJson(reply)));
  eve.give(await scene.newPen().write(entryKinds.songSet, encodeJson({ sets: [[`song/${testSongId}`, false]], lamport: 1_000_000 })));
  await eve.workedOn();
  scene.ann.type(scene.ann.text.length, 'all is calm');
  await scene.ann.author.flush();
  await until(() => scene.ben.content === `${sung}all is calm`, 'the next words are whole');
  const late = await scene.session.online(await scene.session.join('Dan'));
  await until(() => late.content === scene.ben.content, 'and for who comes late');
  await until(() => late.ledger.n === n + 1, 'one record for those words, and none for what waits');
  for (const { ledger } of [scene.ann, scene.ben, late]) {
    expect(ledger.fold.doc.store.pendingStructs).toBeNull();
    expect(ledger.fold.doc.store.pendingDs).toBeNull();
  }
});

test('[R-ENT-2] 512 places in a text of 20,000 pieces are refused before they cost seconds', async () => {
  const scene = await AttackScene.open('editor');
  const eve = await scene.reach('socket');
  // Every second letter deleted: the text falls into pieces.
  const pieces = scene.newPen();
  const long = await pieces.write(entryKinds.songUpdate, encodeUpdate(pieces.typing(testSongId, 'ab'.repeat(12_000))));
  eve.give(long);
  await until(() => scene.ben.content.length > 24_000, 'the long text arrives');
  for (let from = 0; from < 12_000; from += 4_000) {
    const deleted = Array.from({ length: 4_000 }, (_, at) => ({ client: pieces.client, clock: 2 * (from + at), length: 1 }));
    eve.give(await pieces.write(entryKinds.songUpdate, encodeUpdate({ client: pieces.client, structs: [], deleted })));
  }
  await until(() => scene.ben.content === `${'b'.repeat(12_000)}${sung}`, 'it is in pieces');
  const before = scene.ann.content;
  const pen = scene.newPen();
  const structs: TextStruct[] = Array.from({ length: limits.updateStructs }, (_, clock) => ({
    clock,
    length: 1,
    origin: null,
    rightOrigin: null,
    root,
    text: 'z',
  }));
  const entry = await pen.write(entryKinds.songUpdate, encodeUpdate({ client: pen.client, structs, deleted: [] }));
  const startedAt = processorMs();
  eve.give(entry);
  await until(() => scene.ben.ledger.stream(entry.stream)?.isClosed === true, 'closed');
  expect(processorMs() - startedAt).toBeLessThan(3_000);
  await converged([scene.ann, scene.ben]);
  expect(scene.ann.content).toBe(before);
});
