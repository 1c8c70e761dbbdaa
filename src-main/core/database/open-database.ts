import { chmodSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { foldForSearch, wordsOfSong } from '../library/search-text.ts';
import { tagsOfText } from '../library/song-tags.ts';
import { StartProblem } from '../start-problem.ts';
import { startMessageOf, storageProblemOf } from './storage-problem.ts';

/** The file is no database any more, or a part of it cannot be read. */
export class DamagedFile extends StartProblem {}

export function newerFileProblem(file: string): StartProblem {
  return new StartProblem(
    `The data in ${file} was written by a newer version of ChordMe. Install that version, or choose another data directory with --data-dir. Nothing was changed in it.`,
  );
}

export interface OpenOptions {
  /** Reads the whole file before anything is written to it: after a crash, or when a damage was met. */
  isChecking?: boolean;
}

/**
 * Opens core's database and brings it to the newest version; before a migration the file is copied beside itself as
 * `NAME.before-N`. Throws DamagedFile for a damaged one, StartProblem for one of a newer program and for a disk that is full or
 * read-only.
 * @param migrations every version's SQL, in order; an argument so that each earlier version can be tried
 */
export async function openDatabase(
  file: string,
  migrations: readonly string[],
  { isChecking = false }: OpenOptions = {},
): Promise<Database.Database> {
  let db: Database.Database | null = null;
  try {
    if (isChecking && existsSync(file)) refuseDamaged(file);
    db = new Database(file, { timeout: 5_000 });
    // Reads what every statement needs: a damage there shows now, and not at the first call.
    db.prepare('SELECT sql FROM sqlite_schema').all();
    if (versionOf(db) > migrations.length) throw newerFileProblem(file);
    chmodSync(file, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    await migrate(db, file, migrations);
    return db;
  } catch (error) {
    db?.close();
    if (storageProblemOf(error) === 'data-damaged') throw damaged(file, (error as Error).message);
    const message = startMessageOf(error, dirname(file));
    throw message === null ? error : new StartProblem(message);
  }
}

function damaged(file: string, reason: string): DamagedFile {
  return new DamagedFile(`The file ${file} is damaged and cannot be opened (${reason}). Nothing was changed in it.`);
}

/** On a connection that only reads: another would play the log into the file when it is closed. */
function refuseDamaged(file: string): void {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw damaged(file, String(found));
  } finally {
    db.close();
  }
}

function versionOf(db: Database.Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

async function migrate(db: Database.Database, file: string, migrations: readonly string[]): Promise<void> {
  const version = versionOf(db);
  if (version > 0 && version < migrations.length) {
    const copy = `${file}.before-${version + 1}`;
    await db.backup(copy);
    chmodSync(copy, 0o600);
  }
  runMigrations(db, migrations, version);
}

/** Runs those after version `from`, each in a transaction of its own. */
export function runMigrations(db: Database.Database, migrations: readonly string[], from: number): void {
  if (from === migrations.length) return;
  db.function('fold_for_search', { deterministic: true }, (text) => foldForSearch(String(text)));
  db.function('words_of_song', { deterministic: true }, (text) => wordsOfSong(String(text)));
  db.function('tags_of_song', { deterministic: true }, (text) => JSON.stringify(tagsOfText(String(text))));
  for (const [at, sql] of migrations.entries()) {
    if (at < from) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${at + 1}`);
    })();
  }
}
