import { expect, test } from 'vitest';
import { limits } from '../../../../shared/base/limits.ts';
import { type Bridge, calls as contractCalls } from '../../../../shared/ipc/contract.ts';
import { CoreLedger } from '../../../../src-renderer/session/core-ledger.ts';
import { makeEntries } from '../../../support/entries.ts';
import { FakeTime } from '../../../support/fake-time.ts';

const sessionId = '0190f2f4-9f5a-7c3e-8a5e-3b1c2d4e5f60';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** A core that notes how many entries each call brings, and answers when it is told to. */
function scene(): { time: FakeTime; calls: number[]; answer: () => Promise<void>; ledger: CoreLedger } {
  const time = new FakeTime();
  const calls: number[] = [];
  const waiting: (() => void)[] = [];
  const bridge = {
    invoke: async (_name: string, args: { entries: Uint8Array[] }) => {
      calls.push(args.entries.length);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { ok: true };
    },
  };
  const answer = async (): Promise<void> => {
    await settled();
    waiting.shift()?.();
    await settled();
  };
  const ledger = new CoreLedger(bridge as unknown as Bridge, sessionId, time, () => undefined);
  return { time, calls, answer, ledger };
}

test('[R-LOC-1] keystrokes within one gathering are one call, and one pause of the disk', async () => {
  const [first, second, third] = (await makeEntries(sessionId, 3)) as [never, never, never];
  const { time, calls, answer, ledger } = scene();
  ledger.appendEntries([first], true);
  time.advance(60);
  ledger.appendEntries([second], true);
  time.advance(50);
  await answer();
  expect(calls).toEqual([2]);
  ledger.appendEntries([third], true);
  time.advance(100);
  await answer();
  expect(calls).toEqual([2, 1]);
});

test('[R-LOC-1] what is on its way stays as it was sent: what comes meanwhile goes after it', async () => {
  const [first, second, third] = (await makeEntries(sessionId, 3)) as [never, never, never];
  const { time, calls, answer, ledger } = scene();
  ledger.appendEntries([first], true);
  time.advance(100);
  await Promise.resolve();
  await Promise.resolve();
  expect(calls).toEqual([1]);
  ledger.appendEntries([second], true);
  ledger.appendEntries([third], true);
  await answer();
  await answer();
  expect(calls).toEqual([1, 2]);
});

test('[R-LOC-1] what comes from a band that wrote for hours without its server fits into the calls that core takes', async () => {
  const entries = await makeEntries(sessionId, 3);
  const { time, calls, answer, ledger } = scene();
  // Small ones: ten thousand and more are far below the bytes of one call.
  const many = Array.from({ length: 2 * limits.entriesPerCall + 1 }, (_, at) => entries[at % entries.length] as never);
  ledger.appendEntries(many, false);
  time.advance(300);
  for (let call = 0; call < 3; call++) await answer();
  expect(calls).toEqual([limits.entriesPerCall, limits.entriesPerCall, 1]);
  for (const entryCount of calls)
    expect(
      contractCalls['ledger.append_entries'].args.safeParse({
        session_id: sessionId,
        is_own: false,
        entries: Array.from({ length: entryCount }, () => new Uint8Array(1)),
      }).success,
    ).toBe(true);
});

test.each(Array.from({ length: 12 }, (_, turn) => turn))(
  '[R-LOC-1] what comes %i turns after the last one was stored is stored too',
  async (turns) => {
    const [first, second] = (await makeEntries(sessionId, 2)) as [never, never];
    const time = new FakeTime();
    const asked: (() => void)[] = [];
    const bridge = { invoke: () => new Promise((resolve) => asked.push(() => resolve({ ok: true }))) };
    const ledger = new CoreLedger(bridge as unknown as Bridge, sessionId, time, () => undefined);
    ledger.appendEntries([first], true);
    time.advance(100);
    await settled();
    asked[0]?.();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    ledger.appendEntries([second], true);
    await settled();
    time.advance(100);
    await settled();
    expect(asked).toHaveLength(2);
  },
);
