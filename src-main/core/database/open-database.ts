import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StartProblem } from '../start-problem.ts';

/**
 * Opens core's database and brings it to the newest version; before a migration the file is copied beside itself as
 * `NAME.before-N`. Throws StartProblem for a file of a newer program or a damaged one.
 * @param migrations every version's SQL, in order; an argument so that each earlier version can be tried
 */
export async function openDatabase(file: string, migrations: readonly string[]): Promise<Database.Database> {
  const db = new Database(file, { timeout: 5_000 });
  try {
    chmodSync(file, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    await migrate(db, file, migrations);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw new StartProblem(`The file ${file} is damaged and cannot be opened (${error.message}). Nothing was changed in it.`);
    }
    throw error;
  }
}

async function migrate(db: Database.Database, file: string, migrations: readonly string[]): Promise<void> {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > migrations.length) {
    throw new StartProblem(
      `The data in ${file} was written by a newer version of ChordMe. Install that version, or choose another data directory.`,
    );
  }
  if (version > 0 && version < migrations.length) {
    const copy = `${file}.before-${version + 1}`;
    await db.backup(copy);
    chmodSync(copy, 0o600);
  }
  for (const [at, sql] of migrations.entries()) {
    if (at < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${at + 1}`);
    })();
  }
}
