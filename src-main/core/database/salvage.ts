import { chmodSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fillSongWordsSql } from './migrations.ts';
import { mendLedger } from './mend-ledger.ts';
import { newerFileProblem, runMigrations } from './open-database.ts';
import { readKeysPastDamage, readRowsPastDamage, type Readable } from './read-past-damage.ts';
import { storageProblemOf } from './storage-problem.ts';

/** What of a damaged file is in the new one. */
export interface Salvaged {
  song_count: number;
  session_count: number;
  /** Tables of which something is missing. */
  incomplete: string[];
}

/** Made anew from the songs that could be read. */
const derivedTable = 'song_words';

const hasSearch = (db: Database.Database): boolean =>
  db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(derivedTable) !== undefined;

interface Table {
  name: string;
  has_row_id: boolean;
  columns: string[];
  keys: string[];
}

/** Tables that hold data; those that a full-text index keeps for itself are filled by its triggers. */
function tablesOf(db: Database.Database): Table[] {
  const rows = db
    .prepare<[], { name: string; wr: number }>(
      "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  return rows.map(({ name, wr }) => {
    const columns = db.prepare<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)').all(name);
    const keys = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    return { name, has_row_id: wr === 0, columns: columns.map((column) => column.name), keys: keys.map((key) => key.name) };
  });
}

function versionOf(db: Database.Database): number | null {
  try {
    return db.pragma('user_version', { simple: true }) as number;
  } catch {
    return null;
  }
}

/** Copies the rows that can be read; false when some cannot, or do not fit the table. */
function copyTable(from: Database.Database, to: Database.Database, table: Table, sessionIds: readonly string[]): boolean {
  const { name, columns, keys } = table;
  const insert = to.prepare(`INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const part = keys[0] === 'session_id' && sessionIds.length > 0 ? { column: 'session_id', values: sessionIds } : null;
  const found: Readable = table.has_row_id ? readRowsPastDamage(from, name, columns) : readKeysPastDamage(from, name, columns, keys, part);
  let isWhole = true;
  for (const row of found.rows) {
    try {
      insert.run(...columns.map((column) => row[column]));
    } catch (error) {
      if (storageProblemOf(error) !== null) throw error;
      // A row whose values were overwritten: STRICT tables refuse it.
      isWhole = false;
    }
  }
  return isWhole && !found.hasGaps();
}

function sessionIdsIn(db: Database.Database): string[] {
  const sql = ['ledger_statements', 'ledger_entries', 'known_sessions'].map((table) => `SELECT session_id FROM ${table}`).join(' UNION ');
  return db
    .prepare<[], { session_id: string }>(sql)
    .all()
    .map((row) => row.session_id);
}

/**
 * Reads what can be read of a damaged database into a new one at `target`, which then has the newest version. The damaged
 * file is only read. Throws StartProblem for a file of a newer program.
 */
export function salvage(file: string, target: string, migrations: readonly string[]): Salvaged {
  for (const old of [target, `${target}-wal`, `${target}-shm`, `${target}-journal`]) rmSync(old, { force: true });
  const from = new Database(file, { readonly: existsSync(file), timeout: 5_000 });
  const to = new Database(target);
  try {
    chmodSync(target, 0o600);
    to.pragma('synchronous = FULL');
    to.pragma('foreign_keys = OFF');
    const version = versionOf(from) ?? migrations.length;
    if (version > migrations.length) throw newerFileProblem(file);
    const steps = migrations.slice(0, version === 0 ? migrations.length : version);
    runMigrations(to, steps, 0);
    const tables = tablesOf(to);
    const incomplete: string[] = [];
    // First those whose rows name the sessions; the others are then read session by session.
    const ordered = [...tables].sort(
      (a, b) => Number(b.has_row_id) - Number(a.has_row_id) || Number(b.name === 'known_sessions') - Number(a.name === 'known_sessions'),
    );
    to.transaction(() => {
      for (const table of ordered)
        if (!copyTable(from, to, table, table.name === 'known_sessions' ? [] : sessionIdsIn(to))) incomplete.push(table.name);
      to.exec('DELETE FROM known_sessions WHERE server_id NOT IN (SELECT id FROM servers)');
    })();
    runMigrations(to, migrations, steps.length);
    to.transaction(() => mendLedger(to))();
    if (hasSearch(to)) to.exec(`DELETE FROM ${derivedTable}; ${fillSongWordsSql}`);
    const count = (sql: string): number => (to.prepare(sql).get() as { n: number }).n;
    return {
      song_count: count('SELECT count(*) AS n FROM songs WHERE removed_at IS NULL'),
      session_count: count('SELECT count(DISTINCT session_id) AS n FROM ledger_entries'),
      incomplete: incomplete.filter((name) => name !== derivedTable).sort(),
    };
  } finally {
    to.close();
    from.close();
  }
}
