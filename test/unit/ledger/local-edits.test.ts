import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { decodeUpdate } from '../../../shared/ledger/update.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

function textsOf(scene: Scene, at: number): string[] {
  return scene.window(at).made.map(
    (entry) =>
      decodeUpdate(entry.payload, entry.clientId)
        ?.structs.map(({ text }) => text)
        .join('') ?? '?',
  );
}

test('[R-LOC-1] the first edit after a pause is an entry at once, those that follow within 40 ms are one together', async () => {
  const scene = await Scene.open('owner');
  await scene.link(0, null);
  scene.type(0, 0, 'a');
  await scene.arrive();
  expect(textsOf(scene, 0)).toEqual(['a']);
  for (const [at, letter] of ['b', 'c', 'd'].entries()) scene.type(0, at + 1, letter);
  await scene.pass(limits.mergeWindowMs - 1);
  expect(textsOf(scene, 0)).toEqual(['a']);
  await scene.pass(1);
  expect(textsOf(scene, 0)).toEqual(['a', 'bcd']);
  await scene.pass(limits.mergeWindowMs);
  scene.type(0, 4, 'e');
  await scene.arrive();
  expect(textsOf(scene, 0)).toEqual(['a', 'bcd', 'e']);
});

test('[R-LOC-1] what gathers above 16 KiB does not wait', async () => {
  const scene = await Scene.open('owner');
  await scene.link(0, null);
  scene.type(0, 0, 'a');
  scene.type(0, 1, 'b'.repeat(limits.mergeBytes));
  await scene.arrive();
  expect(scene.window(0).made).toHaveLength(2);
});

test('[R-LOC-1] sending does not wait for the disk', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, 1);
  await scene.link(0, null);
  await scene.pass(100);
  scene.seat(0).isDiskFull = true;
  scene.type(0, 0, 'not on any disk yet');
  await scene.arrive();
  expect(scene.seat(0).kept.size).toBe(0);
  expect(scene.text(1)).toBe('not on any disk yet');
});

test('[R-LOC-1] a paste above the limits is cut into entries that chain, and never inside a character', async () => {
  const scene = await Scene.open('owner', 'viewer');
  await scene.link(0, null);
  await scene.link(1, null);
  const song = `x${'🎶'.repeat(limits.updateClocks)}`;
  scene.type(0, 0, song);
  await scene.pass(1_000);
  const { made } = scene.window(0);
  expect(made.length).toBeGreaterThan(2);
  for (const text of textsOf(scene, 0)) expect(text.isWellFormed()).toBe(true);
  for (const [at, entry] of made.entries()) {
    expect(entry.kind).toBe(entryKinds.songUpdate);
    expect(entry.seq).toBe(at + 1);
    expect(entry.bytes.length).toBeLessThanOrEqual(limits.entryBytes);
    if (at > 0) expect(entry.prev).toBe(made[at - 1]?.hash);
  }
  expect(scene.text(1) === song).toBe(true);
});

test('[R-LOC-2] a restart opens a new stream; what was sent and not stored comes back from others', async () => {
  const scene = await Scene.open('owner', 'editor');
  await scene.link(0, null);
  await scene.link(0, 1);
  await scene.pass(200);
  scene.type(0, 0, 'kept, ');
  await scene.pass(200);
  const before = scene.window(0).streamName;
  scene.type(0, 6, 'only sent');
  await scene.arrive();
  scene.world.kill(scene.seat(0));
  scene.world.sweep();
  await scene.world.openWindow(scene.seat(0));
  expect(scene.text(0)).toBe('kept, ');
  expect(scene.window(0).streamName).not.toBe(before);
  await scene.link(0, 1);
  expect(scene.text(0)).toBe('kept, only sent');
  scene.type(0, 0, 'and more: ');
  await scene.arrive();
  expect(scene.text(1)).toBe('and more: kept, only sent');
});

test('[R-LOC-2] without permission the document keeps client id 0, with it the stream’s own', async () => {
  const scene = await Scene.open('owner', 'editor');
  const clientOf = (at: number): number => scene.window(at).ledger.fold.doc.clientID;
  expect(clientOf(1)).toBe(0);
  await scene.link(1, null);
  expect(clientOf(1)).toBe(scene.window(1).author.clientId);
  await scene.world.server.setRole(scene.seat(1), 'viewer');
  await scene.arrive();
  expect(clientOf(1)).toBe(0);
});
