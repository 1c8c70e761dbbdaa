import { fromHex } from '../base/ids.ts';
import type { Entry } from './entry.ts';
import { noHash } from './entry.ts';
import { toHex } from '../base/ids.ts';
import type { LedgerStore, SequencedEntry, StoredCheckpoint, StoredHead } from './ledger-store.ts';
import { parseRecord, verdicts } from './record.ts';

/** The part of better-sqlite3 that the store uses; the caller opens the file and owns its end. */
export interface SqlDatabase {
  prepare(sql: string): SqlStatement;
  transaction<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void;
}
export interface SqlStatement {
  run(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
  iterate(...values: unknown[]): Iterable<unknown>;
}

/** Tables of the ledger: part of the first migration of every database that holds one. */
export const ledgerTablesSql = `
CREATE TABLE ledger_entries (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL,
  stream BLOB NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_entries_by_stream ON ledger_entries (session_id, stream, seq, hash);
CREATE INDEX ledger_entries_by_position ON ledger_entries (session_id, position);
CREATE TABLE ledger_records (
  session_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_heads (
  session_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_statements (
  session_id TEXT PRIMARY KEY,
  jws TEXT NOT NULL
) STRICT;
`;

/** What checkpoints need besides; the step after `ledgerTablesSql`. */
export const ledgerCheckpointsSql = `
-- The record's number, of song text and setlist changes only: what a checkpoint stands for. Null: always read.
ALTER TABLE ledger_entries ADD COLUMN n INTEGER;
CREATE INDEX ledger_entries_by_number ON ledger_entries (session_id, n);
-- 1: the record says void. Its author's draft needs what was there before.
ALTER TABLE ledger_entries ADD COLUMN is_void INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ledger_entries_void ON ledger_entries (session_id, n) WHERE is_void = 1;
CREATE TABLE ledger_checkpoints (
  session_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  head BLOB NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT;
`;

/** The second byte of an entry says its kind: song text (1) and setlist changes (2) are what a checkpoint stands for. */
const isFoldedSql = `substr(bytes, 2, 1) IN (x'01', x'02')`;

/** Between two kept heads lie at least this many records: enough to send a long ledger in verified parts, few enough to be small. */
const headSpacing = 256;

/** Besides the first: an author's draft begins before the newest. */
const keptCheckpoints = 3;

/** A ledger store over SQLite. The tables of `ledgerTablesSql` and `ledgerCheckpointsSql` must be there; `synchronous=FULL` makes "on disk" true. */
export function createSqlLedgerStore(db: SqlDatabase): LedgerStore {
  const insertEntry = db.prepare('INSERT OR IGNORE INTO ledger_entries (session_id, stream, seq, hash, bytes) VALUES (?, ?, ?, ?, ?)');
  const reformEntry = db.prepare('UPDATE ledger_entries SET bytes = ? WHERE session_id = ? AND stream = ? AND seq = ? AND hash = ?');
  const hasEntry = db.prepare('SELECT 1 FROM ledger_entries WHERE session_id = ? AND stream = ? AND seq = ? AND hash = ?');
  const lastOfStream = db.prepare('SELECT seq, hash FROM ledger_entries WHERE session_id = ? AND stream = ? ORDER BY seq DESC LIMIT 1');
  const numberEntry = db.prepare(
    `UPDATE ledger_entries SET n = CASE WHEN ${isFoldedSql} THEN ? END, is_void = ? WHERE session_id = ? AND stream = ? AND seq = ? AND hash = ?`,
  );
  const selectEntries = db.prepare('SELECT position, bytes FROM ledger_entries WHERE session_id = ? AND position > ? ORDER BY position');
  const selectTail = db.prepare(
    'SELECT position, bytes FROM ledger_entries WHERE session_id = ? AND position > ? AND (n IS NULL OR n > ?) ORDER BY position',
  );
  const insertCheckpoint = db.prepare('INSERT OR REPLACE INTO ledger_checkpoints (session_id, n, head, body) VALUES (?, ?, ?, ?)');
  const newestCheckpoint = db.prepare(
    'SELECT n, head, body FROM ledger_checkpoints WHERE session_id = ? AND n <= ? ORDER BY n DESC LIMIT 1',
  );
  const voidsOf = db.prepare(
    `SELECT count(*) AS entries, coalesce(sum(length(bytes)), 0) AS bytes FROM ledger_entries
     WHERE session_id = ? AND is_void = 1 AND substr(stream, 1, 16) = ?`,
  );
  const firstVoid = db.prepare('SELECT min(n) AS n FROM ledger_entries WHERE session_id = ? AND is_void = 1 AND substr(stream, 1, 16) = ?');
  const newestCheckpointN = db.prepare('SELECT max(n) AS n FROM ledger_checkpoints WHERE session_id = ?');
  const thinCheckpoints = db.prepare(
    `DELETE FROM ledger_checkpoints WHERE session_id = ? AND n > (SELECT min(n) FROM ledger_checkpoints WHERE session_id = ?)
     AND n NOT IN (SELECT n FROM ledger_checkpoints WHERE session_id = ? ORDER BY n DESC LIMIT ${keptCheckpoints})`,
  );
  const insertRecord = db.prepare('INSERT INTO ledger_records (session_id, n, bytes) VALUES (?, ?, ?)');
  const lastRecord = db.prepare('SELECT n FROM ledger_records WHERE session_id = ? ORDER BY n DESC LIMIT 1');
  const selectRecords = db.prepare('SELECT n, bytes FROM ledger_records WHERE session_id = ? AND n > ? ORDER BY n LIMIT ?');
  const insertHead = db.prepare('INSERT INTO ledger_heads (session_id, n, bytes) VALUES (?, ?, ?)');
  const newestHeads = db.prepare('SELECT n FROM ledger_heads WHERE session_id = ? ORDER BY n DESC LIMIT 2');
  const dropHead = db.prepare('DELETE FROM ledger_heads WHERE session_id = ? AND n = ?');
  const selectHeads = db.prepare('SELECT bytes FROM ledger_heads WHERE session_id = ? AND n > ? AND n <= ? ORDER BY n');
  const selectStatement = db.prepare('SELECT jws FROM ledger_statements WHERE session_id = ?');
  const upsertStatement = db.prepare(
    'INSERT INTO ledger_statements (session_id, jws) VALUES (?, ?) ON CONFLICT (session_id) DO UPDATE SET jws = excluded.jws',
  );
  const selectSessions = db.prepare('SELECT session_id FROM ledger_statements');
  const dropNumbers = ['ledger_records', 'ledger_heads', 'ledger_checkpoints'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE session_id = ?`),
  );
  const unnumberEntries = db.prepare('UPDATE ledger_entries SET n = NULL WHERE session_id = ?');
  const coverEntries = db.prepare(
    `UPDATE ledger_entries SET n = CASE WHEN ${isFoldedSql} THEN ? END, is_void = 0 WHERE session_id = ? AND stream = ? AND seq <= ?`,
  );
  const drops = ['ledger_entries', 'ledger_records', 'ledger_heads', 'ledger_checkpoints', 'ledger_statements'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE session_id = ?`),
  );

  const keepEntry = (sessionId: string, entry: Entry, isOwn: boolean): void => {
    const stream = fromHex(entry.stream);
    const hash = fromHex(entry.hash);
    if (isOwn && hasEntry.get(sessionId, stream, entry.seq, hash) === undefined) {
      const last = lastOfStream.get(sessionId, stream) as { seq: number; hash: Uint8Array } | undefined;
      const continues = entry.seq === (last?.seq ?? 0) + 1 && entry.prev === toHex(last?.hash ?? noHash);
      if (!continues) throw new RangeError('an own entry does not continue its stream');
    }
    insertEntry.run(sessionId, stream, entry.seq, hash, entry.bytes);
  };

  const keepRecords = (sessionId: string, firstN: number, records: readonly Uint8Array[], head: StoredHead): void => {
    const last = Math.max(
      (lastRecord.get(sessionId) as { n: number } | undefined)?.n ?? 0,
      (newestCheckpointN.get(sessionId) as { n: number | null }).n ?? 0,
    );
    if (firstN !== last + 1 || head.n !== last + records.length || records.length === 0)
      throw new RangeError('records do not continue the ledger');
    for (const [at, bytes] of records.entries()) {
      insertRecord.run(sessionId, firstN + at, bytes);
      const record = parseRecord(bytes);
      if (record !== null && record.verdict !== verdicts.close)
        numberEntry.run(
          record.n,
          record.verdict === verdicts.void ? 1 : 0,
          sessionId,
          fromHex(record.stream),
          record.seq,
          fromHex(record.hash),
        );
    }
    // Thinning: the newest head stays, the one before it only where it is far enough from its predecessor.
    const [newest, before] = newestHeads.all(sessionId) as { n: number }[];
    if (newest !== undefined && newest.n - (before?.n ?? 0) < headSpacing) dropHead.run(sessionId, newest.n);
    insertHead.run(sessionId, head.n, head.bytes);
  };

  const appendEntries = db.transaction((sessionId: string, entries: readonly Entry[], isOwn: boolean) => {
    for (const entry of entries) keepEntry(sessionId, entry, isOwn);
  });
  const reformEntries = db.transaction((sessionId: string, entries: readonly Entry[]) => {
    for (const { bytes, stream, seq, hash } of entries) reformEntry.run(bytes, sessionId, fromHex(stream), seq, fromHex(hash));
  });
  const appendRecords = db.transaction(keepRecords);
  const appendSequenced = db.transaction((sessionId: string, firstN: number, batch: readonly SequencedEntry[], head: StoredHead) => {
    for (const { entry } of batch) if (entry !== null) keepEntry(sessionId, entry, false);
    keepRecords(
      sessionId,
      firstN,
      batch.map(({ record }) => record),
      head,
    );
  });
  const putCheckpoint = db.transaction((sessionId: string, { n, head, body }: StoredCheckpoint) => {
    insertCheckpoint.run(sessionId, n, head, body);
    thinCheckpoints.run(sessionId, sessionId, sessionId);
  });
  const beginGeneration = db.transaction(
    (sessionId: string, { n, head, body }: StoredCheckpoint, covered: readonly { stream: string; seq: number }[]) => {
      for (const drop of dropNumbers) drop.run(sessionId);
      unnumberEntries.run(sessionId);
      for (const { stream, seq } of covered) coverEntries.run(n, sessionId, fromHex(stream), seq);
      insertCheckpoint.run(sessionId, n, head, body);
    },
  );
  const dropSession = db.transaction((sessionId: string) => {
    for (const drop of drops) drop.run(sessionId);
  });

  return {
    readStatement: (sessionId) => (selectStatement.get(sessionId) as { jws: string } | undefined)?.jws ?? null,
    putStatement: (sessionId, jws) => void upsertStatement.run(sessionId, jws),
    appendEntries,
    appendRecords,
    appendSequenced,
    reformEntries,
    readEntries: (sessionId, after, maxBytes, aboveN = 0) => {
      const entries: Uint8Array[] = [];
      let size = 0;
      let next: number | null = null;
      const rows = aboveN === 0 ? selectEntries.iterate(sessionId, after) : selectTail.iterate(sessionId, after, aboveN);
      for (const row of rows as Iterable<{ position: number; bytes: Uint8Array }>) {
        entries.push(new Uint8Array(row.bytes));
        size += row.bytes.length;
        if (size >= maxBytes) {
          next = row.position;
          break;
        }
      }
      return { entries, next };
    },
    readRecords: (sessionId, after, maxRecords) => {
      const rows = selectRecords.all(sessionId, after, maxRecords) as { n: number; bytes: Uint8Array }[];
      const end = rows.at(-1)?.n ?? after;
      const heads = selectHeads.all(sessionId, after, end) as { bytes: Uint8Array }[];
      return {
        records: rows.map((row) => new Uint8Array(row.bytes)),
        heads: heads.map((row) => new Uint8Array(row.bytes)),
        next: rows.length === maxRecords ? end : null,
      };
    },
    putCheckpoint,
    beginGeneration,
    readCheckpoint: (sessionId, atMost = Number.MAX_SAFE_INTEGER) => {
      const row = newestCheckpoint.get(sessionId, atMost) as StoredCheckpoint | undefined;
      return row === undefined ? null : { n: row.n, head: new Uint8Array(row.head), body: new Uint8Array(row.body) };
    },
    voidsOf: (sessionId, device) => voidsOf.get(sessionId, fromHex(device)) as { entries: number; bytes: number },
    firstVoid: (sessionId, device) => (firstVoid.get(sessionId, fromHex(device)) as { n: number | null }).n,
    sessions: () => (selectSessions.all() as { session_id: string }[]).map((row) => row.session_id),
    dropSession,
  };
}
