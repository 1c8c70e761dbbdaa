import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKillLoop } from '../test/support/kill-loop.ts';

// A server under mixed load is killed, started and looked through for five minutes. `npm run bench -- durability [seconds]`.

const seconds = Number(process.argv[3] ?? 300);
const slowestStartMs = 2_000;
const directory = mkdtempSync(join(tmpdir(), 'chordme-durability-'));
try {
  const began = performance.now();
  const report = await runKillLoop(directory, {
    isOver: () => performance.now() - began > seconds * 1_000,
    writes: (round) => 5 + ((round * 37) % 300),
  });
  const starts = report.startsMs.toSorted((a, b) => a - b);
  const slowest = starts.at(-1) ?? 0;
  const total = Object.values(report.acknowledged).reduce((sum, many) => sum + many, 0);
  console.log(`${report.rounds} kills in ${((performance.now() - began) / 1_000).toFixed(0)} s; ${total} writes and reads acknowledged:`);
  for (const [what, many] of Object.entries(report.acknowledged)) console.log(`  ${what} ${many}`);
  console.log(`lost: ${report.lost.length}; integrity_check other than ok: ${report.damage.length}`);
  console.log(`start to ready: median ${(starts[starts.length >> 1] ?? 0).toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`);
  for (const line of [...report.lost, ...report.damage].slice(0, 50)) console.log(`  ${line}`);
  if (report.lost.length + report.damage.length > 0 || slowest > slowestStartMs) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
