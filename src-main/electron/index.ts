import { join } from 'node:path';
import * as electron from 'electron';
import pino from 'pino';
import { startEmbeddedWith } from '../core/embedded-authority.ts';
import { systemClock, systemRandom, systemTimers } from '../core/system.ts';
import { readCommandLine } from './read-command-line.ts';
import { startShell } from './start-shell.ts';

const { serverUrl, dataDir } = readCommandLine(process.argv.slice(1));
const logger = pino({ level: 'warn' }, pino.destination({ fd: 2, sync: true }));
const system = { clock: systemClock, timers: systemTimers, random: systemRandom, logger };

// Not awaited: Electron becomes ready only when this module has run to its end.
startShell({
  ...system,
  electron,
  platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
  dataDir,
  ...(serverUrl !== null && { serverUrl }),
  fetch: globalThis.fetch,
  embedded: startEmbeddedWith(system),
  rendererRoot: join(import.meta.dirname, '..', 'renderer'),
  preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
  ready: (line) => void process.stdout.write(`${line}\n`),
}).catch((error: unknown) => {
  logger.fatal({ err: error }, 'the shell did not start');
  electron.app.exit(1);
});
