import { parseEntry, type Entry } from '../../../shared/ledger/entry.ts';
import type { LedgerStore } from '../../../shared/ledger/ledger-store.ts';
import { parseRecord, type LedgerRecord } from '../../../shared/ledger/record.ts';
import { sessionId } from './fuzz-device.ts';

export const pageBytes = 64 * 1024 * 1024;

/** All that a disk holds of the session. */
export function readDisk(disk: LedgerStore): {
  entries: Map<string, Entry>;
  records: { record: LedgerRecord; bytes: Uint8Array }[];
  heads: Uint8Array[];
} {
  const entries = new Map<string, Entry>();
  for (let after: number | null = 0; after !== null;) {
    const page: { entries: Uint8Array[]; next: number | null } = disk.readEntries(sessionId, after, pageBytes);
    for (const bytes of page.entries) {
      const entry = parseEntry(bytes);
      if (entry !== null) entries.set(entry.hash, entry);
    }
    after = page.next;
  }
  const { records, heads } = disk.readRecords(sessionId, 0, 1_000_000);
  return {
    entries,
    records: records.flatMap((bytes) => {
      const record = parseRecord(bytes);
      return record === null ? [] : [{ record, bytes }];
    }),
    heads,
  };
}
