import { parseEntry } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { NumberedRecord } from './replica.ts';
import { parseHead, parseRecord, type Head } from './record.ts';

/** What one's own store holds of a session; signatures were checked before it was stored. */
export interface StoredLedger {
  entries: Iterable<Uint8Array>;
  records: Iterable<Uint8Array>;
  heads: Iterable<Uint8Array>;
}

/**
 * Fills an empty ledger, its statement already set, from one's own store. Records whose chain or entries are damaged are
 * left out from there on: others have them.
 */
export function loadLedger(ledger: Ledger, stored: StoredLedger): void {
  for (const bytes of stored.entries) {
    const entry = parseEntry(bytes);
    if (entry !== null) ledger.accept(entry);
  }
  const records: NumberedRecord[] = [];
  for (const bytes of stored.records) {
    const record = parseRecord(bytes);
    if (record === null) break;
    records.push({ record, bytes: new Uint8Array(bytes) });
  }
  for (const bytes of stored.heads) {
    const head: Head | null = parseHead(bytes);
    if (head === null || head.n > records.length) break;
    if (!ledger.acceptRecords(records.slice(ledger.n, head.n), head)) break;
  }
  ledger.settle();
}
