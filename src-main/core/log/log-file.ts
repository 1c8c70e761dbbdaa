import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '../../../shared/base/limits.ts';

/** A log that is there after a crash: each line is in the file when `write` returns. */
export interface LogFile {
  write(line: string): void;
  /** Its end, of the file before it too; empty when nothing was written or it cannot be read. */
  tail(): string;
}

/** One file and the one before it, each of at most `limits.logBytes`. A disk that takes nothing costs the log, never the app. */
export function openLogFile(directory: string): LogFile {
  const file = join(directory, 'chordme.log');
  const older = `${file}.1`;
  let size = sizeOf(file);
  return {
    write: (line) => {
      const bytes = Buffer.byteLength(line);
      try {
        if (size === null) mkdirSync(directory, { recursive: true, mode: 0o700 });
        if ((size ?? 0) + bytes > limits.logBytes) {
          renameSync(file, older);
          size = 0;
        }
        appendFileSync(file, line, { mode: 0o600 });
        size = (size ?? 0) + bytes;
      } catch {
        // Standard error has the line as well.
      }
    },
    tail: () => (read(older) + read(file)).slice(-limits.reportLogCharacters),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    return null;
  }
}
