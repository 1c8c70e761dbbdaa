import { expect, test } from 'vitest';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { sessionId } from '../../support/fuzz/fuzz-device.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

// Found by chance (honest seed 208, hostile seeds 201 and 484): the answer waited for ever, and all that its author wrote after it.
test('[R-AUT-3] who answered what was refused before the checkpoint is numbered after it', async () => {
  const scene = await Scene.open('owner', 'editor', 'editor');
  const { server } = scene.world;
  for (const at of [0, 1, 2]) await scene.link(at, null);
  await scene.pass(100);
  for (const at of [0, 1, 2]) await scene.part(at, null);
  // Without the authority: 1 says something, 0 answers it and goes on writing.
  await scene.link(0, 1);
  await scene.link(1, 2);
  const said = await scene.window(1).author.write(entryKinds.chat, encodeJson({ type: 'message', text: 'faster?', reply_to: null }));
  await scene.pass(100);
  await scene.part(1, 2);
  await scene.part(0, 1);
  await scene.window(0).author.write(entryKinds.chat, encodeJson({ type: 'message', text: 'no', reply_to: said.hash }));
  scene.type(0, 0, 'what follows the answer');
  await scene.pass(100);
  // 1 is removed; what they said comes through 2 and is refused; a checkpoint stands for it; the authority starts again.
  await server.setRole(scene.seat(1), null);
  await scene.link(2, null);
  await scene.pass(200);
  expect(server.judged.map(({ record }) => record.verdict)).toEqual([1]);
  await scene.world.setStatus('paused');
  await scene.pass(200);
  expect(server.disk.readCheckpoint(sessionId)?.n).toBe(1);
  server.kill();
  scene.world.sweep();
  await server.open();
  await scene.world.setStatus('active');
  await scene.link(0, null);
  await scene.link(2, null);
  await scene.pass(200);
  expect(server.judged.map(({ record }) => record.verdict)).toEqual([1, 0, 0]);
  expect(scene.text(2)).toBe('what follows the answer');
  expect(scene.window(0).ledger.hasUnnumbered).toBe(false);
});
