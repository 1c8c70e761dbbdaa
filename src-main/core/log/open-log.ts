import { join } from 'node:path';
import pino from 'pino';
import { openLogFile, type LogFile } from './log-file.ts';

/** The log of a program that starts a core: warnings and worse, on standard error and in a file of the data directory. */
export function openLog(dataDir: string): { logger: pino.Logger; file: LogFile } {
  const file = openLogFile(join(dataDir, 'logs'));
  const streams = pino.multistream([{ stream: pino.destination({ fd: 2, sync: true }) }, { stream: file }]);
  // The name of the computer helps nobody.
  return { logger: pino({ level: 'warn', base: null, timestamp: pino.stdTimeFunctions.isoTime }, streams), file };
}
