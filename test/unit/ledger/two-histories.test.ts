import { expect, test } from 'vitest';
import { nextChain, encodeRecord, encodeHead, signHead, verdicts, type LedgerRecord } from '../../../shared/ledger/record.ts';
import type { Head } from '../../../shared/ledger/record.ts';
import { Band, settled } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

test('[R-AUT-5] of two heads of one generation with different chains one’s own stays, and the other is told and not taken', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'viewer')];
  for (const member of [ann, bob]) new Pipe(member, band);
  ann.type(0, 'Let it be');
  await settled(() => bob.ledger.n > 0 && bob.ledger.n === band.ledger.n && !band.ledger.hasUnnumbered, band);
  const { n, chain, log } = bob.ledger;
  const own = log.at(n);
  if (own === undefined) throw new Error('no record');

  // The same authority, restored from a backup: it numbered the same entry at another time.
  const other: LedgerRecord = { ...own, verdict: verdicts.ok, receivedAt: own.receivedAt + 1 };
  const before = log.chainAt(n - 1);
  if (before === null) throw new Error('no chain');
  const bytes = encodeRecord(other);
  const head = await signHead(bob.ledger.sessionBytes, { generation: 1, n, chain: nextChain(before, bytes) }, band.keys.signer);
  const view = band.replica.views.find(({ link }) => link.device === bob.device);
  view?.link.send({ type: 'records', firstN: n, records: [bytes], head: encodeHead(head) });
  await settled(() => bob.conflicts.length > 0, band);
  expect(bob.conflicts).toEqual([head] satisfies Head[]);
  expect(bob.ledger.n).toBe(n);
  expect(bob.ledger.chain).toEqual(chain);
  expect(bob.strikes).toBe(0);
});
