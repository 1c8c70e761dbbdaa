import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { startMessageOf } from './database/storage-problem.ts';
import { StartProblem } from './start-problem.ts';

export interface DataDirectory {
  readonly path: string;
  /** A path inside it. */
  file(name: string): string;
  release(): void;
}

/** Another instance has the directory. */
export class DirectoryInUse extends StartProblem {}

/**
 * Makes the directory (readable by its owner only) and takes it for this process. The lock is SQLite's own on a file that
 * holds nothing: the system drops it with the process, so a killed app leaves nothing behind that must be cleaned up.
 * Throws DirectoryInUse when another instance has it, StartProblem when it can't be written.
 */
export function openDataDirectory(path: string): DataDirectory {
  try {
    makeDirectory(path);
    chmodSync(path, 0o700);
  } catch (error) {
    throw new StartProblem(startMessageOf(error, path) ?? `The data directory ${path} cannot be used: ${(error as Error).message}`);
  }
  const release = lockOf(path);
  if (release === null) {
    throw new DirectoryInUse(
      `ChordMe is already open with the data directory ${path}. Use that window, close it first, or choose another directory with --data-dir.`,
    );
  }
  return { path, file: (name) => join(path, name), release };
}

/** Readable by its owner only. Throws what the system says of the first directory that it does not make. */
function makeDirectory(path: string): void {
  // One after another: made at once, Node tells of a read-only disk that there is no such directory.
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(path) !== path) makeDirectory(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function lockOf(path: string): (() => void) | null {
  try {
    return holdExclusively(join(path, 'in-use.lock'), 0);
  } catch (error) {
    const message = startMessageOf(error, path);
    throw message === null ? error : new StartProblem(message);
  }
}

/**
 * Holds a lock file until the returned function is called or the process ends.
 * @param waitMs how long to wait (blocking) for another holder; null is answered when it still holds it then
 */
export function holdExclusively(file: string, waitMs: number): (() => void) | null {
  const lock = new Database(file, { timeout: waitMs });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return () => lock.close();
}
