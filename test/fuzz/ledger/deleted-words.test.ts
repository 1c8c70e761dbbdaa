import { afterAll, beforeAll, expect, test } from 'vitest';
import { deletedIn } from '../../support/fuzz/audit-payloads.ts';
import { answerAtOnce } from '../../support/fuzz/quick-crypto.ts';
import { runSeed } from '../../support/fuzz/run-seed.ts';
import { talkMuch } from '../../support/fuzz/talk.ts';
import type { World } from '../../support/fuzz/world.ts';

let undo: () => void = () => undefined;
beforeAll(() => {
  undo = answerAtOnce();
});
afterAll(() => undo());

const seeds = Array.from({ length: 6 }, (_, at) => at + 2_001);

async function told(plant: (world: World) => void): Promise<{ found: string[]; deleted: number }> {
  const found: string[] = [];
  let deleted = 0;
  for (const seed of seeds) {
    const worlds: World[] = [];
    const { findings } = await runSeed(seed, false, (world) => {
      worlds.push(world);
      talkMuch(world);
      plant(world);
    });
    found.push(...findings.map((finding) => `FUZZ_SEED=${seed}: ${finding}`));
    for (const world of worlds) deleted += deletedIn(world).size;
  }
  return { found, deleted };
}

test('[R-ENT-6] whatever fails on the way, what was deleted is on no disk in the end, and nothing else is without its words', async () => {
  const { found, deleted } = await told(() => undefined);
  expect(found).toEqual([]);
  // Chance that never comes to anything tests nothing.
  expect(deleted).toBeGreaterThan(5);
});

test('[R-ENT-6] a device that keeps deleted words is found out', async () => {
  const { found } = await told((world) => {
    world.onSeat = ({ disk }) => {
      disk.reformEntries = () => undefined;
    };
  });
  expect(found.some((finding) => finding.includes('GHOST'))).toBe(true);
});
