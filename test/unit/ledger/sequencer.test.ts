import { expect, test } from 'vitest';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import type { LedgerStore } from '../../../shared/ledger/ledger-store.ts';
import type { Signer } from '../../../shared/ledger/keys.ts';
import { Sequencer } from '../../../shared/ledger/sequencer.ts';
import { FakeTime } from '../../support/fake-time.ts';

const sessionId = '0190f2f4-9f5a-7c3e-8a5e-3b1c2d4e5f60';

/** Looks, and finds nothing that may be numbered; how often is counted. */
function scene(): { sequencer: Sequencer; looks: () => number } {
  let looks = 0;
  const sequencer = new Sequencer(new Ledger(sessionId, 'ab'.repeat(16)), {
    store: {} as LedgerStore,
    signer: {} as Signer,
    clock: new FakeTime(),
    mayNumber: () => {
      looks += 1;
      return false;
    },
    onRecords: () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  return { sequencer, looks: () => looks };
}

test.each(Array.from({ length: 12 }, (_, turn) => turn))('[R-AUT-1] what comes %i turns after a run began is looked at', async (turns) => {
  const { sequencer, looks } = scene();
  const first = sequencer.run();
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  const before = looks();
  await sequencer.run();
  expect(looks()).toBeGreaterThan(before);
  await first;
});
