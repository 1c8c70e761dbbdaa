import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callApi } from '../test/support/api-client.ts';
import { expectDone, registerUser } from '../test/support/server.ts';
import { type ServerProcess, startServerProcess } from '../test/support/server-process.ts';
import { fill, type Size } from './api-filling.ts';

// Whether a full server answers like an empty one: `npm run bench -- api`. Both run at once and are asked in turns.

const sizes = {
  small: { sessions: 1_000, users: 100, activitiesEach: 10 },
  large: { sessions: 100_000, users: 10_000, activitiesEach: 10 },
} satisfies Record<string, Size>;
const rounds = 300;
const warmUp = 30;
/** What the issue asks for. */
const most = 1.5;

interface Place {
  server: ServerProcess;
  token: string;
  mine: string;
  codes: string[];
  startMs: number;
}

async function open(dataDir: string, size: Size): Promise<Place> {
  const environment = { CHORDME_PORT: '0', CHORDME_DATA_DIR: dataDir, CHORDME_RATE_LIMITS: 'off', CHORDME_LOG_LEVEL: 'warn' };
  const first = await startServerProcess(environment);
  const me = await registerUser(first.url);
  await first.stop();
  const began = performance.now();
  const { mine, codes } = fill(dataDir, size, me.id);
  const megabytes = statSync(join(dataDir, 'chordme.db')).size / 1024 ** 2;
  console.log(`${size.sessions} sessions: ${megabytes.toFixed(0)} MB, filled in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  const starting = performance.now();
  const server = await startServerProcess(environment);
  return { server, token: me.token, mine, codes, startMs: performance.now() - starting };
}

const asked: Record<string, (at: Place, round: number) => Promise<unknown>> = {
  'my-sessions': ({ server, token }) => callApi(server.url, 'mySessions', {}, token).then(expectDone),
  activities: ({ server, token, mine }) => callApi(server.url, 'listActivities', { id: mine }, token).then(expectDone),
  participants: ({ server, token, mine }) => callApi(server.url, 'listParticipants', { id: mine }, token).then(expectDone),
  join: async ({ server, token, codes }, round) => {
    expectDone(await callApi(server.url, 'joinByCode', { code: codes[round % codes.length] ?? '' }, token));
  },
};

/** A join is undone, so that one takes part in as many sessions as before; that is not measured. */
async function undo(name: string, { server, token, codes }: Place, round: number): Promise<void> {
  if (name !== 'join') return;
  const { id } = expectDone(await callApi(server.url, 'joinByCode', { code: codes[round % codes.length] ?? '' }, token));
  expectDone(await callApi(server.url, 'leaveSession', { id }, token));
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;

const root = mkdtempSync(join(tmpdir(), 'chordme-api-'));
const places: Place[] = [];
try {
  for (const [name, size] of Object.entries(sizes)) places.push(await open(join(root, name), size));
  const [small, large] = places;
  if (small === undefined || large === undefined) throw new Error('no servers');
  console.log(`start: ${small.startMs.toFixed(0)} and ${large.startMs.toFixed(0)} ms`);
  for (const [name, ask] of Object.entries(asked)) {
    const times = new Map<Place, number[]>(places.map((place) => [place, []]));
    for (let round = 0; round < warmUp + rounds; round++) {
      for (const place of round % 2 === 0 ? places : places.toReversed()) {
        const began = performance.now();
        await ask(place, round);
        if (round >= warmUp) times.get(place)?.push(performance.now() - began);
        await undo(name, place, round);
      }
    }
    const [few = [], many = []] = places.map((place) => times.get(place)?.toSorted((a, b) => a - b));
    const ratio = at(many, 0.5) / at(few, 0.5);
    const tails = `p95 ${at(few, 0.95).toFixed(2)} and ${at(many, 0.95).toFixed(2)}`;
    console.log(`${name}: median ${at(few, 0.5).toFixed(2)} and ${at(many, 0.5).toFixed(2)} ms, ${ratio.toFixed(2)} times; ${tails} ms`);
    if (ratio > most) process.exitCode = 1;
  }
} finally {
  for (const { server } of places) await server.stop();
  rmSync(root, { recursive: true, force: true });
}
