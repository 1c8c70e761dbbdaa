import { toHex } from '../base/ids.ts';
import type { Entry } from './entry.ts';
import { entryKinds, noHash } from './entry.ts';
import type { LedgerStore, StoredCheckpoint, StoredHead } from './ledger-store.ts';
import { parseRecord, verdicts } from './record.ts';
import { deviceOfStream } from './stream.ts';

interface Shelf {
  statement: string | null;
  entries: Entry[];
  hashes: Set<string>;
  tips: Map<string, { seq: number; hash: string }>;
  records: Uint8Array[];
  heads: StoredHead[];
  /** Numbers of song text and setlist changes: what a checkpoint stands for. */
  numbers: Map<string, number>;
  voids: { device: string; n: number; hash: string }[];
  checkpoints: StoredCheckpoint[];
  /** Number of the first record here. */
  firstN: number;
}

/** Besides the first, as in the other store. */
const keptCheckpoints = 3;

function emptyShelf(): Shelf {
  return {
    statement: null,
    entries: [],
    hashes: new Set(),
    tips: new Map(),
    records: [],
    heads: [],
    numbers: new Map(),
    voids: [],
    checkpoints: [],
    firstN: 1,
  };
}

/** A ledger store that forgets everything with the process: for tests and throw-away sessions. */
export function createMemoryLedgerStore(): LedgerStore {
  const shelves = new Map<string, Shelf>();
  const shelf = (sessionId: string): Shelf => {
    let found = shelves.get(sessionId);
    if (found === undefined) shelves.set(sessionId, (found = emptyShelf()));
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
    const last = kept.firstN - 1 + kept.records.length;
    const next = Math.max(last, kept.checkpoints.at(-1)?.n ?? 0) + 1;
    if (firstN !== next || head.n !== next + records.length - 1 || records.length === 0)
      throw new RangeError('records do not continue the ledger');
    if (next !== last + 1) [kept.records, kept.heads, kept.firstN] = [[], [], next];
    kept.records.push(...records);
    for (const bytes of records) {
      const record = parseRecord(bytes);
      if (record === null) continue;
      kept.numbers.set(record.hash, record.n);
      if (record.verdict === verdicts.void) kept.voids.push({ device: deviceOfStream(record.stream), n: record.n, hash: record.hash });
    }
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
    reformEntries: (sessionId, entries) => {
      const kept = shelf(sessionId);
      const forms = new Map(entries.map((entry) => [entry.hash, entry]));
      kept.entries = kept.entries.map((entry) => forms.get(entry.hash) ?? entry);
    },
    readEntries: (sessionId, after, maxBytes, aboveN = 0) => {
      const { entries, numbers } = shelf(sessionId);
      const isCovered = ({ kind, hash }: Entry): boolean =>
        (kind === entryKinds.songUpdate || kind === entryKinds.songSet) && (numbers.get(hash) ?? Infinity) <= aboveN;
      let size = 0;
      let end = after;
      while (end < entries.length && size < maxBytes) size += entries[end++]?.bytes.length ?? 0;
      const found = entries.slice(after, end).filter((entry) => !isCovered(entry));
      return { entries: found.map(({ bytes }) => bytes), next: end < entries.length ? end : null };
    },
    readRecords: (sessionId, after, maxRecords) => {
      const { records, heads, firstN } = shelf(sessionId);
      const from = Math.max(0, after - firstN + 1);
      const found = records.slice(from, from + maxRecords);
      const end = firstN - 1 + from + found.length;
      return {
        records: found,
        heads: heads.filter(({ n }) => n > after && n <= end).map(({ bytes }) => bytes),
        next: from + found.length < records.length ? end : null,
      };
    },
    putCheckpoint: (sessionId, checkpoint) => {
      const { checkpoints } = shelf(sessionId);
      const all = [...checkpoints.filter(({ n }) => n !== checkpoint.n), checkpoint].sort((a, b) => a.n - b.n);
      checkpoints.splice(0, Infinity, ...all.filter((_, at) => at === 0 || at >= all.length - keptCheckpoints));
    },
    beginGeneration: (sessionId, checkpoint, covered) => {
      const kept = shelf(sessionId);
      const seqs = new Map(covered.map(({ stream, seq }) => [stream, seq]));
      const isCovered = ({ stream, seq }: Entry): boolean => seq <= (seqs.get(stream) ?? 0);
      const numbers = new Map(kept.entries.filter(isCovered).map(({ hash }) => [hash, checkpoint.n]));
      Object.assign(kept, { records: [], heads: [], voids: [], numbers, checkpoints: [checkpoint], firstN: checkpoint.n + 1 });
    },
    readCheckpoint: (sessionId, atMost = Infinity) => shelf(sessionId).checkpoints.findLast(({ n }) => n <= atMost) ?? null,
    voidsOf: (sessionId, device) => {
      const { voids, entries } = shelf(sessionId);
      const hashes = new Set(voids.filter((found) => found.device === device).map(({ hash }) => hash));
      const found = entries.filter(({ hash }) => hashes.has(hash));
      return { entries: found.length, bytes: found.reduce((sum, { bytes }) => sum + bytes.length, 0) };
    },
    firstVoid: (sessionId, device) => {
      const { voids, entries } = shelf(sessionId);
      const isFolded = (hash: string): boolean =>
        entries.some((entry) => entry.hash === hash && (entry.kind === entryKinds.songUpdate || entry.kind === entryKinds.songSet));
      return voids.find((found) => found.device === device && isFolded(found.hash))?.n ?? null;
    },
    sessions: () => [...shelves.keys()],
    dropSession: (sessionId) => void shelves.delete(sessionId),
  };
}
