import { expect, test } from 'vitest';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import { acceptStored, loadLedger } from '../../../shared/ledger/load.ts';
import { makeCheckpoint } from '../../../shared/ledger/make-checkpoint.ts';
import { encodeHead } from '../../../shared/ledger/record.ts';
import { rootOfSong } from '../../../shared/ledger/update.ts';
import { Band, sessionId, settled, songId } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

test('[R-AUT-5] a store that got the beginning of a stream after its end opens whole', async () => {
  const band = await Band.open();
  const ann = await band.join('Ann', 'editor');
  new Pipe(ann, band);
  for (const [at, letter] of ['a', 'b', 'c'].entries()) {
    ann.type(at, letter);
    await settled(() => band.ledger.n === at + 1, band);
  }
  const { ledger } = band;
  if (ledger.head === null || ledger.statement === null) throw new Error('nothing has a number');
  const again = new Ledger(sessionId, ledger.authorityDevice);
  again.setStatement(ledger.statement);
  loadLedger(again, {
    entries: ann.entriesMade.toReversed().map(({ bytes }) => bytes),
    records: ledger.records.map(({ bytes }) => bytes),
    heads: [encodeHead(ledger.head)],
  });
  expect(again.n).toBe(3);
  expect(again.fold.doc.getText(rootOfSong(songId)).toJSON()).toBe('abc');
});

test('[R-AUT-5] [R-LOC-6] own words that stand on ones that a new generation does not have are told, to be kept', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('Ann', 'editor'), await band.join('Bob', 'editor')];
  for (const member of [ann, bob]) new Pipe(member, band);
  ann.type(0, 'ab');
  await settled(() => band.ledger.n === 1 && bob.ledger.n === 1, band);
  // The backup that the authority is restored from is of now.
  const raised = await makeCheckpoint(band.ledger, band.keys.signer, 2);
  bob.type(1, 'xy');
  await settled(() => band.ledger.n === 2 && ann.ledger.n === 2, band);
  ann.type(2, '!');
  await settled(() => band.ledger.n === 3 && ann.ledger.n === 3, band);
  const newest = await makeCheckpoint(band.ledger, band.keys.signer);
  if (raised === null || newest === null || band.ledger.statement === null) throw new Error('no checkpoint');

  const again = new Ledger(sessionId, band.ledger.authorityDevice);
  again.setStatement(band.ledger.statement);
  again.beginAt(newest.base);
  again.settle();
  const left: string[] = [];
  again.folding.afterLeaving = (entries, { doc }) => {
    expect(doc.getText(rootOfSong(songId)).toJSON()).toBe('ax!yb');
    left.push(...entries.map(({ hash }) => hash));
  };
  again.beginAt(raised.base);
  // What Bob wrote was deleted meanwhile, and has no words any more.
  const last = ann.entriesMade.at(-1);
  acceptStored(again, last === undefined ? [] : [last.bytes], ann.device);
  expect(left).toEqual([last?.hash]);
});
