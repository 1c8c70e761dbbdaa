import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServerProcess } from '../support/server-process.ts';
import { announce, signalingPair } from '../support/signaling.ts';
import { testDirectory } from '../support/test-core.ts';

const mib = 1024 * 1024;

/** Resident memory of another process in bytes; Linux only. */
function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

const frames: readonly (string | Uint8Array)[] = [
  '{',
  '',
  'null',
  '[[[[',
  '{"type":"auth"}',
  '{"type":"publish","topic":1}',
  // To the ledger: a last chunk of rubbish, and no chunk at all.
  new Uint8Array(1024).fill(1),
  new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 1]),
];

interface Target {
  path: string;
  /** What is said first: a valid token, to try what stands behind it. */
  greeting: string | null;
}

async function openSocket(url: string, { path, greeting }: Target): Promise<{ socket: WebSocket; code: Promise<number> }> {
  const socket = new WebSocket(url.replace('http', 'ws') + path);
  socket.on('error', () => {});
  const code = once(socket, 'close').then(([closeCode]) => Number(closeCode));
  await once(socket, 'open');
  if (greeting !== null) {
    const answered = once(socket, 'message');
    socket.send(greeting);
    await answered;
  }
  return { socket, code };
}

/** One connection that says something malformed, until the server has closed it. */
async function harass(url: string, target: Target, at: number): Promise<number> {
  const { socket, code } = await openSocket(url, target);
  socket.send(frames[at % frames.length] ?? '', () => {});
  return code;
}

/** 100 MB as one message of a hundred fragments. */
async function flood(url: string, target: Target): Promise<number> {
  const { socket, code } = await openSocket(url, target);
  for (let at = 0; at < 100; at++) {
    await new Promise<void>((resolve) => socket.send(new Uint8Array(mib), { fin: at === 99 }, () => resolve()));
  }
  return code;
}

const targets = [
  ['signaling, without a token', () => ({ path: '/signaling', greeting: null })],
  ['signaling, with a token', ({ auth }) => ({ path: '/signaling', greeting: auth })],
  ['the ledger, without a token', ({ sessionId }) => ({ path: `/api/v1/sessions/${sessionId}/ledger`, greeting: null })],
  ['the ledger, with a token', ({ auth, sessionId }) => ({ path: `/api/v1/sessions/${sessionId}/ledger`, greeting: auth })],
] satisfies [string, (at: { auth: string; sessionId: string }) => Target][];

test.skipIf(!existsSync('/proc/self/status')).each(targets)(
  '%s: 10,000 malformed frames (3,000 with a token) and messages of 100 MB cost at most 64 MB, and others never notice',
  { timeout: 180_000 },
  async (_name, targetOf) => {
    const server = await startServerProcess({
      CHORDME_PORT: '0',
      CHORDME_DATA_DIR: testDirectory(),
      CHORDME_RATE_LIMITS: 'off',
      CHORDME_LOG_LEVEL: 'warn',
    });
    let isStopped = false;
    onTestFinished(async () => {
      if (!isStopped) await server.kill();
    });
    const { ada, session, topic, a, b } = await signalingPair(server.url);
    const auth = JSON.stringify({ type: 'auth', token: ada.user.token, device_id: ada.device.device_id });
    const target = targetOf({ auth, sessionId: session.id });
    /** Fifty at a time, since a user has at most 64 sockets, each followed at once by another: some are closed only after a second. */
    const harassAll = async (count: number, closed: (code: number, at: number) => void): Promise<void> => {
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let at = next++; at < count; at = next++) closed(await harass(server.url, target, at), at);
      };
      await Promise.all(Array.from({ length: 50 }, lane));
    };
    // Warm: what the first connections cost once is no leak.
    await harassAll(500, () => undefined);
    const before = residentBytes(server.pid);

    let highest = before;
    let othersGoOn = Promise.resolve();
    const watchOthers = async (round: string): Promise<void> => {
      a.say({ type: 'publish', topic, data: announce(round) });
      expect((await b.hear()).data).toEqual(announce(round));
      highest = Math.max(highest, residentBytes(server.pid));
    };
    await harassAll(target.greeting === null ? 10_000 : 3_000, (code, at) => {
      expect([1009, 4400, 4401, 4411, 4412]).toContain(code);
      if (at % 50 === 0) othersGoOn = othersGoOn.then(() => watchOthers(`round-${at}`));
    });
    await othersGoOn;
    const floods = await Promise.all([1, 2, 3].map(() => flood(server.url, target)));
    for (const code of floods) expect([1009, 1006]).toContain(code);
    a.say({ type: 'publish', topic, data: announce('afterwards') });
    expect((await b.hear()).data).toEqual(announce('afterwards'));
    highest = Math.max(highest, residentBytes(server.pid));
    expect((highest - before) / mib).toBeLessThan(64);
    for (const socket of [a, b]) socket.socket.close();
    expect(await server.stop()).toBe(0);
    isStopped = true;
  },
);
