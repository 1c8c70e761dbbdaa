import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startServerProcess } from '../support/server-process.ts';
import { announce, Signaler, signalingPair } from '../support/signaling.ts';
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
  new Uint8Array(1024),
];

/** One connection that says something malformed, until the server has closed it. */
async function harass(url: string, at: number): Promise<number> {
  const signaler = await new Signaler(url).open();
  signaler.socket.send(frames[at % frames.length] ?? '', () => {});
  return (await signaler.closed).code;
}

/** 100 MB as one message of a hundred fragments. */
async function flood(url: string): Promise<number> {
  const signaler = await new Signaler(url).open();
  for (let at = 0; at < 100; at++) {
    await new Promise<void>((resolve) => signaler.socket.send(new Uint8Array(mib), { fin: at === 99 }, () => resolve()));
  }
  return (await signaler.closed).code;
}

test.skipIf(!existsSync('/proc/self/status'))(
  'signaling survives 10,000 malformed frames and messages of 100 MB with at most 64 MB more, and others never notice',
  { timeout: 180_000 },
  async () => {
    const dataDir = testDirectory();
    const server = await startServerProcess({
      CHORDME_PORT: '0',
      CHORDME_DATA_DIR: dataDir,
      CHORDME_RATE_LIMITS: 'off',
      CHORDME_LOG_LEVEL: 'warn',
    });
    let isStopped = false;
    onTestFinished(async () => {
      if (!isStopped) await server.kill();
    });
    const { topic, a, b } = await signalingPair(server.url);
    // Warm: what the first connections cost once is no leak.
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 100 }, (_, at) => harass(server.url, at)));
    const before = residentBytes(server.pid);

    let highest = before;
    for (let round = 0; round < 100; round++) {
      const codes = await Promise.all(Array.from({ length: 100 }, (_, at) => harass(server.url, round * 100 + at)));
      for (const code of codes) expect([4401, 4411]).toContain(code);
      a.say({ type: 'publish', topic, data: announce(`round-${round}`) });
      expect((await b.hear()).data).toEqual(announce(`round-${round}`));
      highest = Math.max(highest, residentBytes(server.pid));
    }
    for (const code of await Promise.all([flood(server.url), flood(server.url), flood(server.url)])) expect([1009, 1006]).toContain(code);
    a.say({ type: 'publish', topic, data: announce('afterwards') });
    expect((await b.hear()).data).toEqual(announce('afterwards'));
    highest = Math.max(highest, residentBytes(server.pid));
    expect((highest - before) / mib).toBeLessThan(64);
    for (const socket of [a, b]) socket.socket.close();
    expect(await server.stop()).toBe(0);
    isStopped = true;
  },
);
