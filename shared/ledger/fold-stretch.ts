import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import type { Entry } from './entry.ts';
import { foldOrigin, type Fold } from './fold.ts';
import { verdicts, type LedgerRecord } from './record.ts';

/** An entry with the record that the authority gave it; null for the record that closes a stream. */
export interface RecordedEntry {
  entry: Entry | null;
  record: LedgerRecord;
}

/**
 * Takes numbered entries into a fold, in the order of their numbers, which must go on where the fold stands: so any moment of
 * the past is built again. R-DOC-1.
 */
export function foldStretch(fold: Fold, stretch: readonly RecordedEntry[]): void {
  for (let from = 0; from < stretch.length; from += limits.foldBatch) {
    const batch = stretch.slice(from, from + limits.foldBatch);
    const take = (): void => {
      for (const { entry, record } of batch) {
        if (entry !== null && record.verdict !== verdicts.close)
          fold.apply(entry, record.verdict === verdicts.ok ? 'whole' : 'skeleton', true);
      }
    };
    Y.transact(fold.doc, take, foldOrigin, false);
  }
}
