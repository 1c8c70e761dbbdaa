import type { Clock } from '../../shared/base/clock.ts';
import { parseEntry, type Entry } from '../../shared/ledger/entry.ts';
import type { RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import type { LedgerBase } from '../../shared/ledger/ledger-base.ts';
import type { StoredLedger } from '../../shared/ledger/load.ts';
import { parseRecord } from '../../shared/ledger/record.ts';

/** Lets the window draw and answer between two pieces of work. */
export async function breathe(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

/** A frame's time, with room for the frame. */
const workMs = 10;

/** To be awaited often: lets the window draw and answer whenever it was busy for long enough. */
export function breatheInTime(clock: Clock): () => Promise<void> {
  let since = clock.now();
  return async () => {
    if (clock.now() - since < workMs) return;
    await breathe();
    since = clock.now();
  };
}

/** What is kept here of a session, parsed: where it begins, and what has a number since. */
export interface StoredStretch {
  base: LedgerBase | null;
  /** Of what the base lists one by one, as much as is here, by number. */
  earlier: Entry[];
  recorded: RecordedEntry[];
}

/** Signatures were checked before it was stored. */
export async function readStoredStretch(stored: StoredLedger): Promise<StoredStretch> {
  const entries = new Map<string, Entry>();
  for (const bytes of stored.entries) {
    const entry = parseEntry(bytes);
    if (entry !== null) entries.set(entry.hash, entry);
    if (entries.size % 1_000 === 999) await breathe();
  }
  const base = stored.start?.base ?? null;
  return {
    base,
    earlier: (base?.body.counted ?? []).flatMap(({ hash }) => entries.get(hash) ?? []),
    recorded: [...stored.records].flatMap((bytes): RecordedEntry[] => {
      const record = parseRecord(bytes);
      return record === null ? [] : [{ record, entry: entries.get(record.hash) ?? null }];
    }),
  };
}
