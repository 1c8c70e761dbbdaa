import Database from 'better-sqlite3';
import type { FaultCode } from '../../../shared/base/errors.ts';

/** Why the disk did not take or give something. */
export type StorageProblem = Extract<FaultCode, 'disk-full' | 'disk-failed' | 'data-damaged'>;

const systemCodes: Readonly<Record<string, StorageProblem>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'disk-failed',
  EACCES: 'disk-failed',
  EPERM: 'disk-failed',
  EIO: 'disk-failed',
};

/** What an error of SQLite or of the file system says about the disk; null when it is about something else. */
export function storageProblemOf(error: unknown): StorageProblem | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (!(error instanceof Database.SqliteError)) return systemCodes[String(error.code)] ?? null;
  if (error.code === 'SQLITE_FULL') return 'disk-full';
  if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code)) return 'data-damaged';
  return /^SQLITE_(?:READONLY|CANTOPEN|IOERR|PERM)/.test(error.code) ? 'disk-failed' : null;
}

/** The same for people who want to start the app; null when the disk is not to blame. */
export function startMessageOf(error: unknown, directory: string): string | null {
  switch (storageProblemOf(error)) {
    case 'disk-full':
      return `The disk that holds ${directory} is full, so ChordMe cannot keep what you write. Free some space, then start it again. Nothing of yours is lost.`;
    case 'disk-failed':
      return `ChordMe cannot write to ${directory}: the disk or the directory is read-only, or it failed (${(error as Error).message}). Make it writable, or choose another directory with --data-dir. Nothing of yours is lost.`;
    case 'data-damaged':
    case null:
      return null;
  }
}
