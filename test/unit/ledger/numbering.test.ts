import { expect, test } from 'vitest';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { loadLedger } from '../../../shared/ledger/load.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

test('[R-AUT-1] what builds on another stream is numbered after it, so that a late joiner can fold by number', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  const lines = [new Pipe(ann, band), new Pipe(bob, band)];
  const mesh = new Pipe(ann, bob);
  await settled(() => band.members.every((member) => member.replica.views.length === 2), band);
  for (const line of lines) line.cut();
  // Without the authority each builds on the other's text, twenty times.
  for (let at = 0; at < 20; at++) {
    const [from, to] = at % 2 === 0 ? [ann, bob] : [bob, ann];
    from.type(at, String(at % 10));
    await settled(() => to.text.length === at + 1, band);
  }
  mesh.cut();
  new Pipe(ann, band);
  await settled(() => ann.ledger.n === 20, band);
  const late = await band.join('cleo', 'viewer');
  new Pipe(late, band);
  await settled(() => late.ledger.n === 20, band);
  expect(late.text.toJSON()).toBe(ann.text.toJSON());
  expect(band.failures).toEqual([]);
  // As the authority itself starts again, from its store.
  const again = new Ledger(sessionId, band.ledger.authorityDevice);
  if (band.ledger.statement !== null) again.setStatement(band.ledger.statement);
  const { records, heads } = band.store.readRecords(sessionId, 0, Number.MAX_SAFE_INTEGER);
  loadLedger(again, { entries: band.store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER).entries, records, heads });
  expect(again.fold.doc.getText(`s:${songId}`).toJSON()).toBe(ann.text.toJSON());
  const after = band.ledger.records.map(({ record }) => record);
  // Each entry's turn: 1 of Ann, 1 of Bob, 2 of Ann …
  expect(after.map(({ seq }) => seq)).toEqual(after.map((_record, at) => Math.floor(at / 2) + 1));
});
