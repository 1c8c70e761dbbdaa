import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { toChunks } from '../../../shared/ledger/chunks.ts';
import { encodeMessage, type Message } from '../../../shared/ledger/messages.ts';
import { ChangedClient, Pen, turnBit } from '../../support/changed-client.ts';
import { converged, type LedgerClient, type LedgerPerson, until } from '../../support/ledger-client.ts';
import { LedgerSession, testSongId } from '../../support/ledger-session.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { testDirectory } from '../../support/test-core.ts';

const mib = 1024 * 1024;

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** The same numbers in the same order on each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function proved(session: LedgerSession, person: LedgerPerson): Promise<ChangedClient> {
  const changed = new ChangedClient(person.signer, session.id);
  await changed.online(session.place, session.id, person);
  await changed.admitted();
  return changed;
}

/** What genuine links say, to be damaged. */
async function genuineMessages(session: LedgerSession, ann: LedgerClient, eve: LedgerPerson): Promise<Bytes[]> {
  const { head, records, statement } = ann.ledger;
  const entry = await new Pen(eve.signer, session.id).type(testSongId, 'words');
  const messages: Message[] = [
    {
      type: 'heads',
      generation: 1,
      n: ann.ledger.n,
      chain: ann.ledger.chain,
      base: 0,
      checkpoint: 0,
      pending: [{ stream: entry.stream, seq: 1, hash: entry.hash }],
    },
    { type: 'entries', entries: [entry.bytes] },
    { type: 'records', firstN: 1, records: records.map(({ bytes }) => bytes), head: head === null ? new Uint8Array(1) : head.chain },
    { type: 'statement', jws: statement?.jws ?? '' },
    { type: 'peers', windows: ['00'.repeat(8)] },
    { type: 'awareness', device: eve.device, update: new Uint8Array(20) },
    { type: 'ping', id: 1, sentAt: 1 },
  ];
  return messages.map(encodeMessage);
}

test.skipIf(!existsSync('/proc/self/status'))(
  '[R-LNK-1] proved links that say 10,000 damaged things, never end, or ask and do not read cost at most 64 MB, and a bystander’s edits keep arriving',
  { timeout: 180_000 },
  async () => {
    const server = await startServerProcess({
      CHORDME_PORT: '0',
      CHORDME_DATA_DIR: testDirectory(),
      CHORDME_RATE_LIMITS: 'off',
      CHORDME_LOG_LEVEL: 'warn',
    });
    onTestFinished(() => server.kill());
    const session = await LedgerSession.open(server.url, { chordpro: 'Silent night\n', template: 'music-lesson' });
    const student = await session.join('Ben');
    await session.setRole(student, 'editor');
    const eve = await session.join('Eve');
    const [ann, ben] = [await session.online(session.owner), await session.online(student)];
    await converged([ann, ben]);
    const genuine = await genuineMessages(session, ann, eve);
    const random = numbers(20_261_121);

    const bystander = async (): Promise<void> => {
      const length = ben.text.length;
      ann.type(0, '.');
      const isThere = (): boolean => ben.text.length === length + 1;
      const tell = (): string =>
        `the bystander’s edit arrives (linked: ${String(ann.isLinked)} and ${String(ben.isLinked)}, numbered: ${String(!ann.ledger.hasUnnumbered)}; the server: ${server.log.slice(-5).join(' ')})`;
      while (!isThere()) {
        // Everybody here shares a process; when it is busy for longer than a link lives unheard, a window links again, as the app does.
        for (const person of [ann, ben]) if (!person.isLinked) await person.online();
        // Each commit waits for the disk, which has others to serve.
        await until(() => isThere() || !ann.isLinked || !ben.isLinked, tell, 60_000);
      }
    };

    const tally = { said: 0 };
    /** Damages genuine messages until the link is closed, and knocks again. */
    const harass = async (most: number): Promise<void> => {
      const changed = await proved(session, eve);
      for (let at = 0; at < most && !changed.isClosed; at++) {
        const whole = genuine[random(genuine.length)] ?? new Uint8Array(2);
        const damaged = random(3) === 0 ? whole.subarray(0, 1 + random(whole.length)) : turnBit(whole, random(whole.length * 8));
        for (const chunk of toChunks(new Uint8Array(damaged))) changed.socket?.socket.send(chunk);
        tally.said += 1;
      }
      if (!changed.isClosed) changed.say({ type: 'proof', signature: new Uint8Array(64) });
      await changed.socket?.closed;
    };
    for (let round = 0; round < 4; round++) await Promise.all(Array.from({ length: 25 }, () => harass(20)));
    await bystander();
    const before = residentBytes(server.pid);
    let highest = before;
    const measure = (): number => (highest = Math.max(highest, residentBytes(server.pid)));

    for (tally.said = 0; tally.said < 10_000;) {
      await Promise.all([...Array.from({ length: 25 }, () => harass(40)), bystander()]);
      measure();
    }

    // A message without end, 100 MB of it.
    const endless = await proved(session, eve);
    const part = new Uint8Array(limits.chunkBytes);
    for (let at = 0; at < (100 * mib) / part.length && !endless.isClosed; at++) {
      await new Promise<void>((resolve) => endless.socket?.socket.send(part, () => resolve()));
      if (at % 100 === 0) measure();
    }
    await endless.socket?.closed;
    await bystander();

    // Who asks and does not read: what is owed waits in the server until it has had enough.
    const deaf = await Promise.all(Array.from({ length: 10 }, () => proved(session, eve)));
    const asking = [
      encodeMessage({ type: 'want-statement' }),
      encodeMessage({ type: 'heads', generation: 1, n: 0, chain: new Uint8Array(32), base: 0, checkpoint: 0, pending: [] }),
    ];
    const chunks = asking.flatMap((message) => [...toChunks(message)]);
    for (const { socket } of deaf) {
      const raw = (socket?.socket as unknown as { _socket: { pause(): void } } | undefined)?._socket;
      raw?.pause();
    }
    for (let at = 0; at < 20_000; at++) {
      for (const { socket } of deaf) if (socket?.socket.readyState === 1) socket.socket.send(chunks[at % chunks.length] ?? '');
      if (at % 1_000 !== 0) continue;
      await bystander();
      measure();
    }
    await bystander();
    measure();
    for (const { socket } of deaf) socket?.socket.terminate();

    await converged([ann, ben]);
    expect([...ann.ends, ...ben.ends].filter((reason) => reason !== 'link-dead')).toEqual([]);
    expect(ann.content).toMatch(/^\.+Silent night\n$/);
    expect(tally.said).toBeGreaterThanOrEqual(10_000);
    expect((highest - before) / mib).toBeLessThan(64);
    expect(await server.stop()).toBe(0);
  },
);
