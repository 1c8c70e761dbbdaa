import type { Entry } from './entry.ts';

/** A signed head as stored: it covers all records up to its n. */
export interface StoredHead {
  n: number;
  bytes: Uint8Array;
}

/** An entry together with the record that the authority gave it. */
export interface SequencedEntry {
  /** Null for the record that closes a stream. */
  entry: Entry | null;
  record: Uint8Array;
}

/** A checkpoint as stored: the authority's own bytes. R-AUT-3. */
export interface StoredCheckpoint {
  n: number;
  head: Uint8Array;
  body: Uint8Array;
}

/**
 * Where the entries, records, heads and statements of sessions are kept. Every write is on disk when it returns, and is
 * whole or not at all. Synchronous: SQLite on both sides, one writer.
 */
export interface LedgerStore {
  readStatement(sessionId: string): string | null;
  putStatement(sessionId: string, jws: string): void;
  /**
   * Keeps entries; one that is already there is left alone.
   * @param isOwn written by this program: throws RangeError when seq or prev does not continue its stream, so that no stream contradicts itself
   */
  appendEntries(sessionId: string, entries: readonly Entry[], isOwn: boolean): void;
  /**
   * Keeps records from `firstN` on with the head that covers them. Throws RangeError when they continue neither the last
   * record nor the newest checkpoint.
   */
  appendRecords(sessionId: string, firstN: number, records: readonly Uint8Array[], head: StoredHead): void;
  /** Entries and their records in one transaction: what the authority gives a number. */
  appendSequenced(sessionId: string, firstN: number, batch: readonly SequencedEntry[], head: StoredHead): void;
  /** Entries that are there are kept in another form from now on: without words that were deleted, or whole again. R-ENT-6. */
  reformEntries(sessionId: string, entries: readonly Entry[]): void;
  /**
   * In the order they were stored, after position `after`, about `maxBytes` at most; `next` is null at the end.
   * @param aboveN song text and setlist changes with a record up to here are left out: a checkpoint stands for them
   */
  readEntries(sessionId: string, after: number, maxBytes: number, aboveN?: number): { entries: Uint8Array[]; next: number | null };
  /** Records n > `after` with the heads among them. */
  readRecords(sessionId: string, after: number, maxRecords: number): { records: Uint8Array[]; heads: Uint8Array[]; next: number | null };
  /** Keeps a checkpoint; of those before it the first, where the records may begin, and some newer ones stay. */
  putCheckpoint(sessionId: string, checkpoint: StoredCheckpoint): void;
  /**
   * A new generation begins at this checkpoint: records and checkpoints of the one before are dropped, and all entries are
   * kept, without numbers but for those that it stands for. R-AUT-5.
   * @param covered how far it numbers each stream (name and seq)
   */
  beginGeneration(sessionId: string, checkpoint: StoredCheckpoint, covered: readonly { stream: string; seq: number }[]): void;
  /** The newest, or the newest up to `atMost`. */
  readCheckpoint(sessionId: string, atMost?: number): StoredCheckpoint | null;
  /** Number of the first void song text or setlist change of a device (hex); null: none. */
  firstVoid(sessionId: string, device: string): number | null;
  /** What a device wrote in vain, of all kinds. R-AUT-2. */
  voidsOf(sessionId: string, device: string): { entries: number; bytes: number };
  /** Sessions that have anything here. */
  sessions(): string[];
  /** Drops everything of a session. */
  dropSession(sessionId: string): void;
}
