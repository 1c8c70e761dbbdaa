import { joinCheckpoint, type Checkpoint } from './checkpoint.ts';
import { parseEntry, type Entry } from './entry.ts';
import { openBase, type LedgerBase } from './ledger-base.ts';
import type { LedgerStore, StoredCheckpoint } from './ledger-store.ts';
import type { Ledger } from './ledger.ts';
import type { NumberedRecord } from './record-log.ts';
import { parseHead, parseRecord, type Head, type LedgerRecord } from './record.ts';
import { standsUnder } from './reduced-entry.ts';

/** What one's own store holds of a session; signatures were checked before it was stored. */
export interface StoredLedger {
  /** Where it begins; entries and records that it stands for are not among the others. */
  start?: LedgerStart | null;
  entries: Iterable<Uint8Array>;
  records: Iterable<Uint8Array>;
  heads: Iterable<Uint8Array>;
}

/** A checkpoint that was found whole. */
export interface LedgerStart {
  checkpoint: Checkpoint;
  base: LedgerBase;
}

/** The stored checkpoint, or null when it is damaged: then all is read from the beginning. */
export function openStart(stored: Omit<StoredCheckpoint, 'n'> | null): LedgerStart | null {
  const checkpoint = stored === null ? null : joinCheckpoint(stored.head, stored.body);
  const base = checkpoint === null ? null : openBase(checkpoint);
  return checkpoint === null || base === null ? null : { checkpoint, base };
}

/** All that a store in this process holds, from the newest checkpoint on. */
export function readStoredLedger(store: LedgerStore, sessionId: string, pageBytes: number): StoredLedger {
  const start = openStart(store.readCheckpoint(sessionId));
  const from = start?.base.head.n ?? 0;
  const entries: Uint8Array[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: { entries: Uint8Array[]; next: number | null } = store.readEntries(sessionId, after, pageBytes, from);
    entries.push(...page.entries);
    after = page.next;
  }
  const { records, heads } = store.readRecords(sessionId, from, Number.MAX_SAFE_INTEGER);
  return { start, entries, records, heads };
}

/**
 * The same entries, those of a stream by their place in it. Whoever began at a checkpoint got what it stands for later, when
 * a new generation asked for it: in the store it lies behind what follows it. R-AUT-5.
 */
function inStreamOrder(entries: readonly Entry[]): Entry[] {
  const streams = new Map<string, Entry[]>();
  for (const entry of entries) {
    const stream = streams.get(entry.stream);
    if (stream === undefined) streams.set(entry.stream, [entry]);
    else stream.push(entry);
  }
  const next = new Map<string, Iterator<Entry>>();
  for (const [name, stream] of streams) next.set(name, stream.sort((a, b) => a.seq - b.seq).values());
  return entries.map((entry) => (next.get(entry.stream)?.next().value as Entry | undefined) ?? entry);
}

function parseEntries(blocks: Iterable<Uint8Array>): Entry[] {
  return inStreamOrder([...blocks].flatMap((bytes) => parseEntry(bytes) ?? []));
}

/**
 * Fills an empty ledger, its statement already set, from one's own store. Records whose chain or entries are damaged are
 * left out from there on: others have them.
 * @param ownDevice hex: what it wrote is kept whatever the statement says, for its drafts
 * @returns messages, comments and marks of that device that are stored and that the checkpoint has as refused: the ledger begins behind them
 */
export function loadLedger(ledger: Ledger, stored: StoredLedger, ownDevice: string | null = null): Entry[] {
  const { start } = stored;
  if (start !== null && start !== undefined) {
    ledger.beginAt(start.base);
    ledger.checkpoint = start.checkpoint;
  }
  const records: NumberedRecord[] = [];
  for (const bytes of stored.records) {
    const record = parseRecord(bytes);
    if (record === null) break;
    records.push({ record, bytes: new Uint8Array(bytes) });
  }
  // Their authors may be barred since: what has its record is not judged again.
  const named = new Set(records.map(({ record }) => record.hash));
  const listed: Entry[] = [];
  // What comes without its payload is taken with its record, and what follows it in its stream behind it. R-ENT-6.
  const reduced = new Map<string, Entry>();
  const streams = new Set<string>();
  const offer = (entry: Entry): void => {
    const outcome = ledger.accept(entry, entry.device === ownDevice, false, false, named.has(entry.hash));
    if (outcome !== 'reduced' && (outcome !== 'gap' || !streams.has(entry.stream))) return;
    reduced.set(entry.hash, entry);
    streams.add(entry.stream);
  };
  const refused = new Set(start?.base.body.refused);
  const inVain: Entry[] = [];
  for (const entry of parseEntries(stored.entries)) {
    if (entry.device === ownDevice && refused.has(entry.hash)) inVain.push(entry);
    if (start?.base.counted.has(entry.hash) === true) listed.push(entry);
    else offer(entry);
  }
  ledger.recall(listed);
  const reducedOf = (record: LedgerRecord): Entry | undefined => {
    const entry = reduced.get(record.hash);
    return entry !== undefined && standsUnder(entry, record) ? entry : undefined;
  };
  const from = ledger.n;
  for (const bytes of stored.heads) {
    const head: Head | null = parseHead(bytes);
    if (head === null || head.n > from + records.length) break;
    if (!ledger.acceptRecords(records.slice(ledger.n - from, head.n - from), head, reducedOf)) break;
  }
  for (const entry of reduced.values()) if (ledger.entry(entry.hash) === undefined) ledger.accept(entry);
  ledger.settle();
  return inVain;
}

/** The generation that the records of a store are of; null for one without any. */
export function generationOf({ start, heads }: StoredLedger): number | null {
  if (start !== null && start !== undefined) return start.base.head.generation;
  for (const bytes of heads) return parseHead(bytes)?.generation ?? null;
  return null;
}

/**
 * Entries from one's own store that had left the memory with their records, and are pending again in a new generation. R-AUT-5.
 * @param ownDevice hex: its entries are kept whatever the statement says
 */
export function acceptStored(ledger: Ledger, blocks: readonly Uint8Array[], ownDevice: string): void {
  const entries = parseEntries(blocks);
  for (const entry of entries) ledger.accept(entry, entry.device === ownDevice, false, false);
  ledger.settle();
  // What stands on words that went for good is taken, and may wait for ever. R-LOC-6.
  const isLost = ({ device, stream, seq, hash }: Entry): boolean =>
    device === ownDevice && ledger.modeOf(hash) !== 'whole' && seq > (ledger.stream(stream)?.sequencedSeq ?? 0);
  ledger.folding.loseFromPast(entries.filter(isLost));
}
