import { toHex } from '../base/ids.ts';
import type { Entry } from './entry.ts';
import { noHash } from './entry.ts';
import type { LedgerStore, StoredHead } from './ledger-store.ts';

interface Shelf {
  statement: string | null;
  entries: Entry[];
  hashes: Set<string>;
  tips: Map<string, { seq: number; hash: string }>;
  records: Uint8Array[];
  heads: StoredHead[];
}

/** A ledger store that forgets everything with the process: for tests and throw-away sessions. */
export function createMemoryLedgerStore(): LedgerStore {
  const shelves = new Map<string, Shelf>();
  const shelf = (sessionId: string): Shelf => {
    let found = shelves.get(sessionId);
    if (found === undefined)
      shelves.set(sessionId, (found = { statement: null, entries: [], hashes: new Set(), tips: new Map(), records: [], heads: [] }));
    return found;
  };
  const checkOwn = (kept: Shelf, entries: readonly Entry[]): void => {
    const tips = new Map(kept.tips);
    for (const entry of entries) {
      if (kept.hashes.has(entry.hash)) continue;
      const tip = tips.get(entry.stream) ?? { seq: 0, hash: toHex(noHash) };
      if (entry.seq !== tip.seq + 1 || entry.prev !== tip.hash) throw new RangeError('an own entry does not continue its stream');
      tips.set(entry.stream, entry);
    }
  };
  const keep = (kept: Shelf, entries: readonly Entry[]): void => {
    for (const entry of entries) {
      if (kept.hashes.has(entry.hash)) continue;
      kept.hashes.add(entry.hash);
      kept.entries.push(entry);
      if (entry.seq > (kept.tips.get(entry.stream)?.seq ?? 0)) kept.tips.set(entry.stream, { seq: entry.seq, hash: entry.hash });
    }
  };
  const keepRecords = (kept: Shelf, firstN: number, records: readonly Uint8Array[], head: StoredHead): void => {
    if (firstN !== kept.records.length + 1 || head.n !== kept.records.length + records.length || records.length === 0)
      throw new RangeError('records do not continue the ledger');
    kept.records.push(...records);
    kept.heads.push(head);
  };
  return {
    readStatement: (sessionId) => shelf(sessionId).statement,
    putStatement: (sessionId, jws) => void (shelf(sessionId).statement = jws),
    appendEntries: (sessionId, entries, isOwn) => {
      if (isOwn) checkOwn(shelf(sessionId), entries);
      keep(shelf(sessionId), entries);
    },
    appendRecords: (sessionId, firstN, records, head) => keepRecords(shelf(sessionId), firstN, records, head),
    appendSequenced: (sessionId, firstN, batch, head) => {
      const records = batch.map(({ record }) => record);
      keepRecords(shelf(sessionId), firstN, records, head);
      keep(
        shelf(sessionId),
        batch.flatMap(({ entry }) => (entry === null ? [] : [entry])),
      );
    },
    readEntries: (sessionId, after, maxBytes) => {
      const { entries } = shelf(sessionId);
      let size = 0;
      let end = after;
      while (end < entries.length && size < maxBytes) size += entries[end++]?.bytes.length ?? 0;
      return { entries: entries.slice(after, end).map(({ bytes }) => bytes), next: end < entries.length ? end : null };
    },
    readRecords: (sessionId, after, maxRecords) => {
      const { records, heads } = shelf(sessionId);
      const found = records.slice(after, after + maxRecords);
      const end = after + found.length;
      return {
        records: found,
        heads: heads.filter(({ n }) => n > after && n <= end).map(({ bytes }) => bytes),
        next: end < records.length ? end : null,
      };
    },
    sessions: () => [...shelves.keys()],
    dropSession: (sessionId) => void shelves.delete(sessionId),
  };
}
