import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Clock } from '../../../shared/base/clock.ts';
import { StartProblem } from '../start-problem.ts';
import { DamagedFile, openDatabase } from './open-database.ts';
import { writeRecovery } from './recovery.ts';
import { salvage } from './salvage.ts';
import { startMessageOf } from './storage-problem.ts';

/** Set beside the file when a page of it could not be read while the app ran: it is read through at the next start. */
export function damageMark(file: string): string {
  return `${file}.damaged`;
}

/**
 * Opens core's database whatever happened to it: a damaged file is kept beside its successor, which has all that could be
 * read. Throws StartProblem when nothing can be written.
 */
export async function openKeptDatabase(file: string, migrations: readonly string[], clock: Clock): Promise<Database.Database> {
  // The log is there at a start only when the app did not come to its end.
  const isChecking = existsSync(`${file}-wal`) || existsSync(damageMark(file));
  try {
    finishReplacing(file);
    const db = await openDatabase(file, migrations, { isChecking });
    rmSync(damageMark(file), { force: true });
    return db;
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw readable(error, file);
  }
  try {
    replaceDamaged(file, migrations, clock.now());
    return await openDatabase(file, migrations);
  } catch (error) {
    throw readable(error, file);
  }
}

function readable(error: unknown, file: string): unknown {
  const message = error instanceof StartProblem ? null : startMessageOf(error, dirname(file));
  return message === null ? error : new StartProblem(message);
}

function ready(file: string): string {
  return `${file}.salvaged`;
}

function replaceDamaged(file: string, migrations: readonly string[], now: number): void {
  const target = `${file}.salvaging`;
  const salvaged = salvage(file, target, migrations);
  const kept = `${file}.damaged-${new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15)}`;
  keepBeside(file, kept);
  if (existsSync(`${file}-wal`)) keepBeside(`${file}-wal`, `${kept}-wal`);
  const db = new Database(target);
  writeRecovery(db, { at: now, kept_file: kept, ...salvaged });
  db.close();
  const handle = openSync(target, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(target, ready(file));
  finishReplacing(file);
}

/** A second name where the file system knows that; else a copy. */
function keepBeside(file: string, kept: string): void {
  rmSync(kept, { force: true });
  try {
    linkSync(file, kept);
  } catch {
    copyFileSync(file, kept);
  }
}

/** The last step, taken again when a crash came between: a log of the damaged file must never be played into its successor. */
function finishReplacing(file: string): void {
  if (!existsSync(ready(file))) return;
  for (const rest of [`${file}-wal`, `${file}-shm`, damageMark(file)]) rmSync(rest, { force: true });
  renameSync(ready(file), file);
}
