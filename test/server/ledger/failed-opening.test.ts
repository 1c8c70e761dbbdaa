import { expect, test } from 'vitest';
import { LedgerHub, type HubTools } from '../../../src-server/ledger/ledger-hub.ts';
import { countedTimers } from '../../support/counted-timers.ts';
import { FakeTime } from '../../support/fake-time.ts';

const sessionId = '0190f2f4-9f5a-7c3e-8a5e-3b1c2d4e5f60';

test('[R-AUT-6] a ledger that could not be opened leaves nothing behind that would fail a minute later, unheard', async () => {
  const { timers, left } = countedTimers(new FakeTime());
  const hub = new LedgerHub({
    timers,
    readStatementClaims: () => {
      throw new Error('disk I/O error');
    },
  } as unknown as HubTools);
  await expect(hub.room(sessionId)).rejects.toThrow('disk I/O error');
  expect(left()).toBe(0);
});
