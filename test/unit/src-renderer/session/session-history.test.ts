import { expect, test } from 'vitest';
import type { StoredLedger } from '../../../../shared/ledger/load.ts';
import { openSongHistory } from '../../../../src-renderer/session/session-history.ts';
import { Band, settled, songId } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

test('what gets its record while the disk is read is in the history all the same', async () => {
  const band = await Band.open();
  const ann = await band.join('Ann', 'editor');
  ann.type(0, 'Silent night');
  await settled(() => ann.ledger.foldedPending(1).length === 1, band);
  // The disk as it was before the record came.
  const stored: StoredLedger = { start: null, entries: [], records: [], heads: [] };
  const readWhole = async (): Promise<StoredLedger> => {
    new Pipe(ann, band);
    await settled(() => ann.ledger.n === 1, band);
    return stored;
  };
  const { versions } = await openSongHistory({ ledger: ann.ledger, core: { readWhole }, device: ann.device }, songId);
  expect(versions.map(({ text, n }) => [text, n])).toEqual([['Silent night', null]]);
});
