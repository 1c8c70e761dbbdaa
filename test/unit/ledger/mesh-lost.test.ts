import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { Scene, useStories } from '../../support/fuzz/scene.ts';

useStories();

/** The rule's own number. */
const takeOverMs = 3_000;

/** Two who are linked to each other and to the authority, and the wire between them goes dead without a word. */
async function withDeadWire(): Promise<Scene> {
  const scene = await Scene.open('owner', 'editor');
  for (const at of [0, 1]) await scene.link(at, null);
  const before = new Set(scene.world.wires);
  await scene.link(0, 1);
  await scene.pass(100);
  for (const wire of scene.world.wires) if (!before.has(wire)) wire.isHeld = true;
  return scene;
}

/** How long it takes until what the first types is to be seen at the other, in steps of 50 ms. */
async function msUntilSeen(scene: Scene, text: string): Promise<number> {
  scene.type(0, 0, text);
  let ms = 0;
  for (; !scene.text(1).startsWith(text) && ms < 60_000; ms += 50) await scene.pass(50);
  return ms;
}

test('[R-MSH-4] what is typed while a mesh link is dead and nobody knows it arrives by the authority’s link within 3 s', async () => {
  const scene = await withDeadWire();
  const took: number[] = [];
  const { now } = scene.world.time;
  // From the first moment on, over the time at which both sides find out, and after it.
  while (scene.world.time.now - now < limits.deadAfterMs + 5_000) {
    took.push(await msUntilSeen(scene, `${took.length} `));
    await scene.pass(130);
  }
  expect(took.length).toBeGreaterThan(5);
  expect(Math.max(...took)).toBeLessThanOrEqual(takeOverMs);
  expect(took.at(-1), 'once it is known, nothing is waited for').toBeLessThanOrEqual(100);
  expect(scene.world.faults).toEqual([]);
});
