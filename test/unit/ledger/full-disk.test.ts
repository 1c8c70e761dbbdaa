import { expect, test } from 'vitest';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

// Found by chance (honest seeds 870 and 977): the session could not be opened.
test('[R-ENT-6] a session opens while its disk is full; words that were deleted leave it when there is room', async () => {
  const scene = await Scene.open('owner');
  const { server } = scene.world;
  await scene.link(0, null);
  const said = await scene.window(0).author.write(4, new TextEncoder().encode('{"type":"message","text":"a secret","reply_to":null}'));
  await scene.pass(100);
  const reformEntries = server.disk.reformEntries.bind(server.disk);
  // The program ends before the words are gone.
  server.disk.reformEntries = () => undefined;
  await scene.window(0).author.write(4, new TextEncoder().encode(`{"type":"delete","message":"${said.hash}"}`));
  await scene.pass(100);
  server.kill();
  server.disk.reformEntries = reformEntries;
  server.isDiskFull = true;
  await server.open();
  await scene.link(0, null);
  const onDisk = (): string =>
    server.disk
      .readEntries(server.claims.session_id, 0, 1_000_000)
      .entries.map((bytes) => new TextDecoder().decode(bytes))
      .join();
  expect([scene.window(0).replica.authorityView === null, onDisk().includes('a secret')]).toEqual([false, true]);
  server.isDiskFull = false;
  await scene.pass(2_000);
  expect(onDisk()).not.toContain('a secret');
});
