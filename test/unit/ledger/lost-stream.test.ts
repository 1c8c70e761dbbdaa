import { expect, test } from 'vitest';
import { uuidToBytes } from '../../../shared/base/ids.ts';
import { entryKinds, noHash, signEntry } from '../../../shared/ledger/entry.ts';
import { deviceIdOf } from '../../../shared/ledger/keys.ts';
import { clientIdOf } from '../../../shared/ledger/stream.ts';
import { encodeUpdate, rootOfSong } from '../../../shared/ledger/update.ts';
import { sessionId } from '../../support/fuzz/fuzz-device.ts';
import { songIds } from '../../support/fuzz/people.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

// Found by chance (hostile seeds 348, 598 and 600): everything written later waited behind words that never count.
test('[R-LOC-6] who wrote inside words that never count goes on in a new stream, and is numbered', async () => {
  const scene = await Scene.open('owner', 'editor');
  for (const at of [0, 1]) await scene.link(at, null);
  await scene.pass(100);
  await scene.link(0, 1);
  for (const at of [0, 1]) await scene.part(at, null);
  const { signer } = scene.seat(1).keys;
  const ids = { sessionId: uuidToBytes(sessionId), deviceId: deviceIdOf(signer.publicKey), run: new Uint8Array(8).fill(9) };
  const client = clientIdOf(ids.sessionId, ids.deviceId, ids.run);
  scene.seat(1).isHostile = true;
  const give = async (text: string): Promise<void> => {
    const structs = [{ clock: 0, length: text.length, origin: null, rightOrigin: null, root: rootOfSong(songIds[0] ?? ''), text }];
    const payload = encodeUpdate({ client, structs, deleted: [] });
    const entry = await signEntry({ kind: entryKinds.songUpdate, ...ids, seq: 1, prev: noHash, epoch: 1, at: 1, payload }, signer);
    for (const view of scene.window(1).replica.views) view.link.send({ type: 'entries', entries: [entry.bytes] });
    await scene.pass(100);
  };
  await give('[]');
  scene.type(0, 1, 'inside');
  await scene.pass(100);
  expect(scene.text(0)).toBe('[inside]');
  const before = scene.window(0).streamName;
  await give('other words with the same number');
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
