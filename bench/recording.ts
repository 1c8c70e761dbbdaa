import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { Fold } from '../shared/ledger/fold.ts';
import { foldStretch } from '../shared/ledger/fold-stretch.ts';
import { Playhead } from '../shared/playback/playhead.ts';
import { readPlayback } from '../shared/playback/read-playback.ts';
import type { TrackEvent } from '../shared/playback/track-event.ts';
import type { Pointer } from '../shared/session/recording-schemas.ts';
import { encodeChunk, type TrackEvent as StoredEvent } from '../src-server/features/recordings/chunk.ts';
import { limits } from '../shared/base/limits.ts';
import { concat } from '../shared/ledger/bytes.ts';
import { recordingToText } from './playback-page/recording-text.ts';
import { quantile } from './quantile.ts';
import { Rng } from '../test/support/fuzz/rng.ts';
import { generateRehearsal } from '../test/support/generated-rehearsal.ts';

// A rehearsal of five over two hours, played by real ledgers, authors and links: how long reading it once takes, how long any
// moment takes then, whether 200 of them are the ledger folded to that moment, and how large it is beside the ledger.
// `npm run bench -- recording`, or `npm run bench -- recording 4500` for so many rounds of five (4,500 make 20,000 edits).

const rounds = Number(process.argv[3] ?? 4_500);
const people = 5;
const durationMs = 2 * 60 * 60 * 1_000;
const seeks = 2_000;
const comparisons = 200;
const hour = 60 * 60 * 1_000;

const kb = (bytes: number): string => `${String(Math.round(bytes / 1_024))} KB`;

/** As the recorder keeps it: chunks of five seconds, a keyframe a minute. */
function trackBytes(track: readonly TrackEvent[]): number {
  const pointers = new Map<string, Pointer>();
  let [bytes, keyframeMs, at] = [0, -Infinity, 0];
  for (let toMs = limits.recordingChunkMs; toMs <= durationMs; toMs += limits.recordingChunkMs) {
    const events: StoredEvent[] = [];
    for (let event = track[at]; event !== undefined && event.ms <= toMs; event = track[++at]) {
      const { ms: relative_ms, user_id, type, ...data } = event;
      events.push({ type, user_id, relative_ms, data });
      const before = pointers.get(user_id) ?? { user_id, song_id: null, cursor: null, scroll: null, is_typing: false };
      pointers.set(user_id, { ...before, ...data });
    }
    if (events.length === 0) continue;
    const isKeyframe = toMs - keyframeMs >= limits.recordingKeyframeMs;
    if (isKeyframe) keyframeMs = toMs;
    bytes += encodeChunk({ state: isKeyframe ? [...pointers.values()] : null, events }).length;
  }
  return bytes;
}

const began = performance.now();
const { band, source } = await generateRehearsal({
  seed: 11,
  people,
  rounds,
  durationMs,
  onRound: (round) => {
    if (round % 500 === 499) console.error(`${String(round + 1)} rounds in ${String(Math.round((performance.now() - began) / 1_000))} s`);
  },
});

let longestMs = 0;
let restedAt = performance.now();
const readAt = performance.now();
const playback = await readPlayback(source, async () => {
  longestMs = Math.max(longestMs, performance.now() - restedAt);
  restedAt = performance.now();
});
const readMs = performance.now() - readAt;
console.log(
  `${String(people)} people, 2 h, ${String(playback.steps.length)} changes in ${String(source.recorded.length)} entries, ${String(source.track.length)} events of pointers and presence`,
);
console.log(`read once in ${readMs.toFixed(0)} ms, at most ${longestMs.toFixed(1)} ms between two rests`);

const rng = new Rng(5);
const head = new Playhead(playback);
const times: number[] = [];
for (let turn = 0; turn < seeks; turn++) {
  const at = rng.int(durationMs);
  const from = performance.now();
  head.seek(at);
  times.push(performance.now() - from);
}
console.log(
  `any moment: p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms, max ${quantile(times, 1)} ms of ${String(seeks)}`,
);

const frames: number[] = [];
const perFrameMs = (1_000 / 60) * 8;
for (let at = 0; at < durationMs; at += perFrameMs) {
  const from = performance.now();
  head.seek(at);
  frames.push(performance.now() - from);
}
console.log(
  `going on at 8 x: p50 ${quantile(frames, 0.5)} ms, p99 ${quantile(frames, 0.99)} ms, max ${quantile(frames, 1)} ms a frame (without drawing)`,
);

let differing = 0;
const moments = Array.from({ length: comparisons }, () => rng.int(durationMs)).sort((a, b) => a - b);
const fold = new Fold();
let folded = 0;
for (const at of moments) {
  const until = source.recorded.findLastIndex(({ record }) => record.receivedAt <= source.startedMs + at) + 1;
  foldStretch(fold, source.recorded.slice(folded, until));
  folded = until;
  for (const [songId, text] of head.seek(at).texts) if (fold.doc.getText(`s:${songId}`).toJSON() !== text) differing += 1;
}
console.log(`${String(comparisons)} random moments beside the ledger folded to them: ${String(differing)} texts differ`);

const stretch = concat(
  ...source.recorded.map(({ entry }) => entry?.bytes ?? new Uint8Array()),
  ...band.ledger.records.map(({ bytes }) => bytes),
);
const [packed, track] = [zstdCompressSync(stretch).length, trackBytes(source.track)];
console.log(
  `ledger stretch ${kb(stretch.length)}, with zstd ${kb(packed)}; where people were and pointed ${kb(track)}, ${kb(track / (durationMs / hour))} an hour`,
);
const hours = durationMs / hour;
console.log(
  `as a file ${kb(packed + track)}, of at most ${kb(1.2 * packed + hours * 300 * 1_024)} (1.2 times the ledger and 300 KB an hour)`,
);
const folder = mkdtempSync(join(tmpdir(), 'chordme-recording-'));
try {
  const file = join(folder, 'recording.json');
  writeFileSync(file, recordingToText(source));
  // This one stands still meanwhile.
  execFileSync(process.execPath, [join(import.meta.dirname, 'playback-page/report.ts'), file], { stdio: 'inherit' });
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(0);
