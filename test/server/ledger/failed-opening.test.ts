import { expect, test } from 'vitest';
import type { Timers } from '../../../shared/base/clock.ts';
import { LedgerHub, type HubTools } from '../../../src-server/ledger/ledger-hub.ts';
import { FakeTime } from '../../support/fake-time.ts';

const sessionId = '0190f2f4-9f5a-7c3e-8a5e-3b1c2d4e5f60';

/** Timers of which one knows how many are still to come. */
function countedTimers(): { timers: Timers; left: () => number } {
  const time = new FakeTime();
  const left = new Set<symbol>();
  const start = (kind: 'after' | 'every', ms: number, run: () => void): (() => void) => {
    const timer = Symbol(kind);
    left.add(timer);
    const stop = time[kind](ms, run);
    return () => {
      left.delete(timer);
      stop();
    };
  };
  return {
    timers: { after: (ms, run) => start('after', ms, run), every: (ms, run) => start('every', ms, run) },
    left: () => left.size,
  };
}

test('[R-AUT-6] a ledger that could not be opened leaves nothing behind that would fail a minute later, unheard', async () => {
  const { timers, left } = countedTimers();
  const hub = new LedgerHub({
    timers,
    readStatementClaims: () => {
      throw new Error('disk I/O error');
    },
  } as unknown as HubTools);
  await expect(hub.room(sessionId)).rejects.toThrow('disk I/O error');
  expect(left()).toBe(0);
});
