import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core } from '../../src-main/core/create-core.ts';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import { StartProblem } from '../../src-main/core/start-problem.ts';
import { systemClock, systemRandom, systemTimers } from '../../src-main/core/system.ts';

// A program of its own, run inside a mount namespace where `disk` is a small file system: prints what core says on it as JSON.
const [disk = ''] = process.argv.slice(2);
const dataDir = join(disk, 'data');

const open = (directory = dataDir): Promise<Core> =>
  createCore({
    dataDir: directory,
    version: '0.0.0-test',
    platform: 'web',
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    fetch: globalThis.fetch,
    logger: silentLogger,
    networks: () => [],
    computerName: 'The Cellar',
    multicast: null,
    embedded: null,
  });
const refusalOf = async (run: () => Promise<unknown>): Promise<string> => {
  try {
    await run();
    return 'no refusal';
  } catch (error) {
    return error instanceof StartProblem ? error.message : `bug: ${String(error)}`;
  }
};
const fill = (): void => {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
};
const remount = (mode: 'ro' | 'rw'): void => {
  const { status } = spawnSync('mount', ['-o', `remount,${mode}`, disk]);
  if (status !== 0) throw new Error('the disk cannot be remounted');
};
const titles = async (core: Core): Promise<unknown> => {
  const reply = await core.handle('library.list', {});
  return reply.ok ? (reply.result as { title: string }[]).map(({ title }) => title) : reply;
};
const create = (core: Core, title: string): Promise<unknown> =>
  core.handle('library.create', { chordpro: `{title: ${title}}\n${'x'.repeat(100_000)}` });

const core = await open();
await create(core, 'Kept');
fill();
const whenFull = await create(core, 'Too much');
const listedWhenFull = await titles(core);
rmSync(join(disk, 'filler'));
await create(core, 'Room again');
const listedAfter = await titles(core);
await core.close();

rmSync(dataDir, { recursive: true });
fill();
const startOnFull = await refusalOf(() => open());
rmSync(join(disk, 'filler'));

const again = await open();
await create(again, 'Kept');
await again.close();
remount('ro');
const startOnReadOnly = await refusalOf(() => open());
const firstStartOnReadOnly = await refusalOf(() => open(join(disk, 'songs', 'fresh')));
remount('rw');
const reopened = await open();
const listedAtLast = await titles(reopened);
await reopened.close();

process.stdout.write(
  JSON.stringify({ whenFull, listedWhenFull, listedAfter, startOnFull, startOnReadOnly, firstStartOnReadOnly, listedAtLast }),
);
