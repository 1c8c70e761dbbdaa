import { readFileSync } from 'node:fs';
import { Rng } from '../../test/support/fuzz/rng.ts';
import { quantile } from '../quantile.ts';
import { leftOut, measureFrames } from './measure-frames.ts';

// Plays a recording in Chromium and goes to moments of it. A program of its own: what the one that made the rehearsal still holds is
// collected now and then, and on two processors a frame waits for that.
// `node bench/playback-page/report.ts FILE`, a text of `recordingToText`.

const jumps = 200;
const [file = ''] = process.argv.slice(2);
const rng = new Rng(5);
const drawn = await measureFrames(
  readFileSync(file, 'utf8'),
  Array.from({ length: jumps }, () => rng.int(10_000) / 10_000),
);
console.log(`in Chromium: read once in ${drawn.readMs.toFixed(0)} ms; played 8 x`);
for (const { from, frames, longTasks, shown, cost } of drawn.stretches) {
  console.log(
    `  from ${String(Math.round(from * 100))} %: ${(shown / 1_000).toFixed(0)} s shown in ${String(frames.length)} frames, p50 ${quantile(frames, 0.5)} ms, p99 ${quantile(frames, 0.99)} ms, max ${quantile(frames, 1)} ms; ${String(leftOut(frames))} frames left out, ${String(longTasks.length)} tasks above 50 ms`,
  );
  console.log(
    `    work of the main thread a frame of 60 a second: ${cost.whole.toFixed(1)} ms of CPU, of it script ${cost.script.toFixed(1)} ms, style ${cost.style.toFixed(1)} ms, layout ${cost.layout.toFixed(1)} ms`,
  );
}
console.log(
  `  any moment, from the timeline's move to the screen: p50 ${quantile(drawn.jumps, 0.5)} ms, p99 ${quantile(drawn.jumps, 0.99)} ms, max ${quantile(drawn.jumps, 1)} ms of ${String(jumps)}`,
);
process.exit(0);
