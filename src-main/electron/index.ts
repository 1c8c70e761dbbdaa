import { join } from 'node:path';
import process from 'node:process';
import * as electron from 'electron';
import electronUpdater from 'electron-updater';
import { startEmbeddedWith } from '../core/embedded-authority.ts';
import { multicastOn } from '../core/nearby/multicast.ts';
import { openLog } from '../core/log/open-log.ts';
import { systemClock, systemName, systemNetworks, systemRandom, systemTimers } from '../core/system.ts';
import { readCommandLine } from './read-command-line.ts';
import { shellDataDirectory, startShell } from './start-shell.ts';

const { serverUrl, dataDir, ...opened } = readCommandLine(process.argv.slice(1), process.cwd());
const { logger, file: log } = openLog(shellDataDirectory(electron, dataDir));
const system = { clock: systemClock, timers: systemTimers, random: systemRandom, logger, computerName: systemName() };
const built = join(import.meta.dirname, '..');

/** Nobody sees the terminal of an app: why it ended is in the log, and said. */
function end(error: unknown): void {
  logger.fatal({ err: error }, 'the shell ended');
  electron.dialog.showErrorBox(
    'ChordMe has to close',
    'Something went wrong. What you wrote is on this computer; start ChordMe again to go on.',
  );
  electron.app.exit(1);
}
process.on('uncaughtException', end);
process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'something failed unheard'));

// Not awaited: Electron becomes ready only when this module has run to its end.
startShell({
  ...system,
  electron,
  platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
  dataDir,
  ...(serverUrl !== null && { serverUrl }),
  opened,
  log,
  fetch: globalThis.fetch,
  networks: systemNetworks,
  multicast: multicastOn(),
  embedded: startEmbeddedWith({ ...system, serverLogger: logger }),
  rendererRoot: join(built, 'renderer'),
  preload: join(built, 'preload', 'preload.cjs'),
  trayImage: join(built, '..', 'assets', 'icons', 'tray.png'),
  updaterApi: electron.app.isPackaged && electronUpdater.autoUpdater.isUpdaterActive() ? electronUpdater.autoUpdater : null,
  ready: (line) => void process.stdout.write(`${line}\n`),
}).catch(end);
