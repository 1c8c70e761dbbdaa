import { expect, test } from 'vitest';
import { uuidToBytes } from '../../../shared/base/ids.ts';
import { entryKinds, noHash, signEntry } from '../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { addSongSets, readSetlist } from '../../../shared/ledger/setlist.ts';
import { clientIdOf } from '../../../shared/ledger/stream.ts';
import { encodeUpdate, rootOfSong } from '../../../shared/ledger/update.ts';
import { sessionId } from '../../support/fuzz/fuzz-device.ts';
import { songIds } from '../../support/fuzz/people.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

// Found by chance (hostile seeds 348, 598 and 600): everything written later waited behind words that never count.
/** Ann, and Bob whose changed program says something and then something else under the same number; both without a server. */
async function besideTwoTongues(): Promise<{ scene: Scene; say: (text: string) => Promise<void> }> {
  const scene = await Scene.open('owner', 'editor');
  for (const at of [0, 1]) await scene.link(at, null);
  await scene.pass(100);
  await scene.link(0, 1);
  for (const at of [0, 1]) await scene.part(at, null);
  const { signer } = scene.seat(1).keys;
  const ids = { sessionId: uuidToBytes(sessionId), deviceId: deviceIdOf(signer.publicKey), run: new Uint8Array(8).fill(9) };
  const client = clientIdOf(ids.sessionId, ids.deviceId, ids.run);
  scene.seat(1).isHostile = true;
  const say = async (text: string): Promise<void> => {
    const structs = [{ clock: 0, length: text.length, origin: null, rightOrigin: null, root: rootOfSong(songIds[0] ?? ''), text }];
    const payload = encodeUpdate({ client, structs, deleted: [] });
    const entry = await signEntry({ kind: entryKinds.songUpdate, ...ids, seq: 1, prev: noHash, epoch: 1, at: 1, payload }, signer);
    for (const view of scene.window(1).replica.views) view.link.send({ type: 'entries', entries: [entry.bytes] });
    await scene.arrive();
  };
  return { scene, say };
}

// Found by chance (hostile seeds 348, 598 and 600): everything written later waited behind words that never count.
test('[R-LOC-6] who wrote inside words that never count goes on in a new stream, and is numbered', async () => {
  const { scene, say } = await besideTwoTongues();
  await say('[]');
  scene.type(0, 1, 'inside');
  await scene.pass(100);
  expect(scene.text(0)).toBe('[inside]');
  const before = scene.window(0).streamName;
  await say('other words with the same number');
  expect(scene.text(0)).toBe('');
  expect(scene.window(0).streamName).not.toBe(before);
  scene.type(0, 0, 'goes on');
  await scene.link(0, null);
  await scene.pass(200);
  const counted = scene.world.server.judged.flatMap(({ entry, record }) => (record.verdict === 0 ? entry?.stream : []));
  expect(counted).toEqual([scene.window(0).streamName]);
  // What stood inside is kept: on the author's own disk, and in a draft of theirs.
  expect(scene.seat(0).kept.size).toBe(2);
  const inside = (): string[] =>
    scene
      .window(0)
      .drafts.list()
      .flatMap(({ why, text }) => (why === 'no-song' ? [] : text));
  expect(inside()).toEqual(['[inside]']);
  expect(scene.window(0).ledger.awaitedOf(scene.seat(0).device)).toEqual([]);
  // After a restart as well, where the words beside are gone.
  await scene.world.close(scene.seat(0));
  await scene.world.openWindow(scene.seat(0));
  expect(inside()).toEqual(['[inside]']);
});

// Found by chance (hostile seed 4855): what was on its way to be signed had never been an entry in the song, and was in no draft.
test('[R-LOC-6] what was just being typed inside words that never count is in the draft as well', async () => {
  const { scene, say } = await besideTwoTongues();
  await say('[]');
  scene.type(0, 1, 'in');
  await scene.arrive();
  scene.type(0, 3, 'side');
  expect(scene.window(0).made).toHaveLength(1);
  await say('other words with the same number');
  await scene.pass(200);
  expect(scene.text(0)).toBe('');
  const drafts = (): unknown[] => scene.window(0).drafts.list().filter(({ why }) => why !== 'no-song'); // prettier-ignore
  const draft = { text: '[inside]', entry_count: 2, marks: scene.window(0).made.map(({ hash }) => hash) };
  expect(drafts()).toMatchObject([draft]);
  await scene.world.close(scene.seat(0));
  await scene.world.openWindow(scene.seat(0));
  expect(drafts()).toMatchObject([draft]);
});

// A message stood in the stream behind text that nobody has any more: it was in no list, no draft, and never sent.
test('[R-LOC-6] a message that was sent behind words that never count is kept, and said again by hand', async () => {
  const { scene, say } = await besideTwoTongues();
  await say('[]');
  scene.type(0, 1, 'inside');
  const message = (text: string): Promise<unknown> =>
    scene.window(0).author.write(entryKinds.chat, encodeJson({ type: 'message', text, reply_to: null }));
  await message('from the top?');
  await message('taken back');
  const last = scene.window(0).made.at(-1)?.hash;
  await scene.window(0).author.write(entryKinds.chat, encodeJson({ type: 'delete', message: last }));
  await scene.pass(100);
  await say('other words with the same number');
  await scene.link(0, null);
  await scene.pass(200);
  const unsaid = (): unknown[] => scene.window(0).drafts.unsaid.list().map(({ words }) => words); // prettier-ignore
  expect(unsaid()).toEqual([{ type: 'message', text: 'from the top?', reply_to: null }]);
  expect(scene.window(0).drafts.unsaid.summary()).toEqual({ count: 1, why: 'lost' });
  await scene.world.close(scene.seat(0));
  await scene.world.openWindow(scene.seat(0));
  expect(unsaid()).toHaveLength(1);
  await scene.link(0, null);
  await scene.pass(200);
  const [words] = scene.window(0).drafts.unsaid.list();
  if (words === undefined) throw new Error('nothing is kept');
  scene.window(0).drafts.unsaid.sayAgain(words);
  await scene.pass(200);
  expect(unsaid()).toEqual([]);
  const heard = [...(scene.world.server.room?.ledger.fold.chat.values() ?? [])].map(({ words: said }) => said);
  expect(heard).toEqual([{ type: 'message', text: 'from the top?', reply_to: null }]);
});

test('[R-LOC-6] what was set in the setlist behind words that never count is set again', async () => {
  const { scene, say } = await besideTwoTongues();
  await say('[]');
  scene.type(0, 1, 'inside');
  const { author, ledger } = scene.window(0);
  const sets = addSongSets(readSetlist(ledger.fold.sets), songIds[1] ?? '', '0198f000-0000-7000-8000-0000000000cc');
  await author.write(entryKinds.songSet, encodeJson({ sets, lamport: ledger.fold.nextLamport }));
  await scene.pass(100);
  await say('other words with the same number');
  await scene.link(0, null);
  await scene.pass(200);
  const setlist = readSetlist(scene.world.server.room?.ledger.fold.sets ?? new Map());
  expect(setlist.map(({ song_id }) => song_id)).toContain(songIds[1]);
  expect(readSetlist(scene.window(0).ledger.fold.sets)).toEqual(setlist);
});
