import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type BetterSqlite3 from 'better-sqlite3';

/** A part is about this long before it is compressed: what is in memory at once stays small. */
const partBytes = 4 * 1024 * 1024;

type Value = string | number | Uint8Array | null;
type Row = Record<string, Value>;

/** Numbers that SQLite gives by itself, anew when a row is put back. */
const givenBySqlite = new Set(['position']);

/** All tables that the ledger's store keeps per session, whatever columns later versions gave them. */
const tables = [
  { name: 'ledger_entries', order: 'position' },
  { name: 'ledger_records', order: 'n' },
  { name: 'ledger_heads', order: 'n' },
  { name: 'ledger_checkpoints', order: 'n' },
] as const;

function encodeRows(rows: readonly { table: string; row: Row }[]): Buffer {
  const out = encoding.createEncoder();
  for (const { table, row } of rows) {
    encoding.writeVarString(out, table);
    encoding.writeAny(out, row);
  }
  return zstdCompressSync(encoding.toUint8Array(out));
}

function decodeRows(bytes: Uint8Array): { table: string; row: Row }[] {
  const input = decoding.createDecoder(new Uint8Array(zstdDecompressSync(bytes)));
  const rows: { table: string; row: Row }[] = [];
  while (decoding.hasContent(input)) {
    const table = decoding.readVarString(input);
    rows.push({ table, row: decoding.readAny(input) as Row });
  }
  return rows;
}

export type ArchiveOfLedgers = ReturnType<typeof createLedgerArchive>;

/** Ledgers of archived sessions, compressed. What is put back is what was put away, byte for byte. */
export function createLedgerArchive(db: BetterSqlite3.Database) {
  const selects = tables.map(({ name, order }) => ({
    name,
    order,
    // In pages: the connection takes no write while it iterates.
    rows: db.prepare<[string, number], Row>(`SELECT * FROM ${name} WHERE session_id = ? AND ${order} > ? ORDER BY ${order} LIMIT 1000`),
    remove: db.prepare<[string]>(`DELETE FROM ${name} WHERE session_id = ?`),
  }));
  const insertPart = db.prepare<[string, number, Uint8Array]>('INSERT INTO ledger_archives (session_id, part, bytes) VALUES (?, ?, ?)');
  const selectParts = db.prepare<[string], { bytes: Uint8Array }>('SELECT bytes FROM ledger_archives WHERE session_id = ? ORDER BY part');
  const removeParts = db.prepare<[string]>('DELETE FROM ledger_archives WHERE session_id = ?');
  const selectUnpacked = db
    .prepare<[number], string>(
      `SELECT id FROM sessions WHERE status = 'archived'
       AND EXISTS (SELECT 1 FROM ledger_records WHERE ledger_records.session_id = sessions.id) LIMIT ?`,
    )
    .pluck();
  const inserts = new Map<string, BetterSqlite3.Statement>();

  function insertRow(table: string, row: Row): void {
    const columns = Object.keys(row).filter((column) => !givenBySqlite.has(column));
    const key = `${table} ${columns.join()}`;
    const insert =
      inserts.get(key) ?? db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
    inserts.set(key, insert);
    insert.run(...columns.map((column) => row[column]));
  }

  return {
    unpacked: (most: number): string[] => selectUnpacked.all(most),

    /** False: there is nothing to put away. */
    pack(sessionId: string): boolean {
      return db
        .transaction(() => {
          let part = 0;
          let size = 0;
          let waiting: { table: string; row: Row }[] = [];
          const flush = (): void => {
            if (waiting.length > 0) insertPart.run(sessionId, part++, encodeRows(waiting));
            waiting = [];
            size = 0;
          };
          for (const { name, order, rows } of selects) {
            for (let page = rows.all(sessionId, -1); page.length > 0; page = rows.all(sessionId, Number(page.at(-1)?.[order]))) {
              for (const row of page) {
                waiting.push({ table: name, row });
                for (const value of Object.values(row)) size += value instanceof Uint8Array ? value.length : 16;
                if (size >= partBytes) flush();
              }
            }
          }
          flush();
          for (const { remove } of selects) remove.run(sessionId);
          return part > 0;
        })
        .immediate();
    },

    /** Puts the rows back where they were; false: nothing was put away. */
    unpack(sessionId: string): boolean {
      return db
        .transaction(() => {
          const parts = selectParts.all(sessionId);
          for (const { bytes } of parts) for (const { table, row } of decodeRows(bytes)) insertRow(table, row);
          removeParts.run(sessionId);
          return parts.length > 0;
        })
        .immediate();
    },

    drop: (sessionId: string): void => void removeParts.run(sessionId),
  };
}
