import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArgsOf, CallName, ResultOf } from '../shared/ipc/contract.ts';
import { silentLogger } from '../src-main/core/core-logger.ts';
import { createCore, type Core } from '../src-main/core/create-core.ts';
import { systemClock, systemRandom, systemTimers } from '../src-main/core/system.ts';
import { makeSongs } from './library-songs.ts';
import { measureLibraryPage } from './library-page.ts';

/**
 * A library of 10,000 songs: how long search, list and start take, and how much memory. `-- library 1000` measures another size.
 * Core is asked in the process, as a shell asks it; the page is that of the app in Chromium (build it before).
 */
const count = Number(process.argv[3] ?? 10_000);
const dataDir = mkdtempSync(join(tmpdir(), 'chordme-library-'));
const queries = [
  's',
  'si',
  'sil',
  'wand',
  'wanderer',
  'the',
  'land',
  'poor wayfaring',
  'o land',
  'stranger 9',
  'nothing at all',
  'é',
  'öde',
  'grace',
];
const rounds = 20;

const openCore = (): Promise<Core> =>
  createCore({
    dataDir,
    version: '0.0.0-bench',
    platform: 'web',
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    fetch: globalThis.fetch,
    logger: silentLogger,
    networks: () => [],
    computerName: 'bench',
    multicast: null,
    embedded: null,
  });

async function ask<N extends CallName>(core: Core, name: N, args: ArgsOf<N>): Promise<ResultOf<N>> {
  const reply = await core.handle(name, args);
  if (!reply.ok) throw new Error(`${name}: ${reply.code}`);
  return reply.result as ResultOf<N>;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const at = (values: readonly number[], part: number): string => {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
};

try {
  let core = await openCore();
  const songs = makeSongs(count);
  const importMs = await timeOf(async () => {
    for (let from = 0; from < songs.length; from += 500) await ask(core, 'library.import', { files: songs.slice(from, from + 500) });
  });
  console.log(`import of ${count} songs: ${(importMs / 1_000).toFixed(1)} s`);
  await core.close();
  console.log(`file: ${(statSync(join(dataDir, 'chordme.sqlite')).size / 2 ** 20).toFixed(0)} MiB`);

  const openMs = await timeOf(async () => {
    core = await openCore();
  });
  const listMs = await timeOf(() => ask(core, 'library.list', {}));
  console.log(
    `core: open ${openMs.toFixed(0)} ms, first list ${listMs.toFixed(0)} ms, RSS ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`,
  );

  const all: number[] = [];
  for (const q of queries) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await timeOf(() => ask(core, 'library.search', { q })));
    const { total_count } = await ask(core, 'library.search', { q });
    all.push(...times);
    console.log(
      `search ${JSON.stringify(q).padEnd(18)} p50 ${at(times, 0.5).padStart(5)} ms  p99 ${at(times, 0.99).padStart(5)} ms  ${total_count} found`,
    );
  }
  console.log(`search, all: p50 ${at(all, 0.5)} ms, p99 ${at(all, 0.99)} ms`);
  await core.close();
  await measureLibraryPage(dataDir, count);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
