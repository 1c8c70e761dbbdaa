import type BetterSqlite3 from 'better-sqlite3';

/** A step forward; there is no way back. `id` is its file's name and never changes once released. */
export interface Migration {
  id: string;
  up(raw: BetterSqlite3.Database): void;
}

/** Which steps a database has behind it. */
export function appliedTo(raw: BetterSqlite3.Database): ReadonlySet<string> {
  const isThere = raw.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get() !== undefined;
  return new Set(isThere ? raw.prepare<[], string>('SELECT id FROM migrations').pluck().all() : []);
}

/**
 * Brings a database to the newest form, each step in a transaction of its own.
 * Throws when the database was written by a newer version, which would else be damaged quietly.
 */
export function migrate(raw: BetterSqlite3.Database, migrations: readonly Migration[], now: string): void {
  raw.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT');
  const applied = appliedTo(raw);
  const known = new Set(migrations.map((migration) => migration.id));
  for (const id of applied) {
    if (!known.has(id)) throw new Error(`The database has the step "${id}", which this version does not know: use the newer version.`);
  }
  for (const migration of migrations) {
    if (applied.has(migration.id)) continue;
    raw
      .transaction(() => {
        migration.up(raw);
        raw.prepare('INSERT INTO migrations (id, applied_at) VALUES (?, ?)').run(migration.id, now);
      })
      .immediate();
  }
}
