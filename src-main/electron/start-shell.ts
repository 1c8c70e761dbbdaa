import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core, type CoreParts } from '../core/create-core.ts';
import { createSecretFiles } from '../core/secret-files.ts';
import type { Updater } from '../core/updates/updates.ts';
import { StartProblem } from '../core/start-problem.ts';
import type { ElectronApi } from './electron-api.ts';
import { createSealedSecrets } from './sealed-secrets.ts';
import { createInstalledUpdater, type UpdaterApi } from './installed-updater.ts';
import { setupCrashes } from './setup-crashes.ts';
import { setupIpc } from './setup-ipc.ts';
import { setupOpening } from './setup-opening.ts';
import { setupPermissions } from './setup-permissions.ts';
import { setupProtocol, setupScheme } from './setup-protocol.ts';
import { confineContents } from './setup-window.ts';
import { openShellWindows } from './shell-windows.ts';

export interface ShellParts extends Omit<CoreParts, 'dataDir' | 'version' | 'platform' | 'secrets' | 'updater'> {
  electron: ElectronApi;
  platform: 'linux' | 'darwin' | 'win32';
  /** Null: the platform's place. */
  dataDir: string | null;
  /** What the system opens with the app at its start. */
  opened: { files: string[]; links: string[] };
  rendererRoot: string;
  preload: string;
  trayImage: string;
  /** What replaces an installed program; null: this one was not installed. */
  updaterApi: UpdaterApi | null;
  /** Told once, with the line that says so. */
  ready: (line: string) => void;
}

/** Where the app keeps everything. */
export function shellDataDirectory({ app }: Pick<ElectronApi, 'app'>, dataDir: string | null): string {
  return dataDir ?? join(app.getPath('userData'), 'data');
}

/** Starts the Electron shell around a core. Everything before the first `await` must happen before the app is ready. */
export async function startShell(parts: ShellParts): Promise<void> {
  const { electron } = parts;
  const { app } = electron;
  setupScheme(electron);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  if (parts.dataDir === null && !app.requestSingleInstanceLock()) return app.quit();
  const opening = setupOpening(electron, parts.opened);
  const crashes = setupCrashes(electron, parts.logger);

  await app.whenReady();
  try {
    const end = createEnd(app);
    const core = await openCore(parts, createInstalledUpdater(parts.updaterApi, parts.logger, end.quitFor));
    setupProtocol(electron, parts.rendererRoot, parts.random);
    setupPermissions(electron);
    end.closeFirst(core);
    const shell = openShellWindows({ ...parts, core, opening, watch: [crashes] });
    setupIpc(electron, core, shell.windows);
    opening.deliverTo(core, shell.show);
    shell.open();
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    electron.dialog.showErrorBox('ChordMe cannot start', error.message);
    return app.exit(1);
  }
  parts.ready('ready app://chordme/');
}

function openCore({ electron, platform, dataDir, logger, ...rest }: ShellParts, updater: Updater | undefined): Promise<Core> {
  const directory = shellDataDirectory(electron, dataDir);
  // The key store's files lie in the directory that core locks and makes private.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { store, refusal } = createSealedSecrets(electron, createSecretFiles(directory), platform);
  if (refusal !== null) logger.warn({}, refusal);
  const own = { dataDir: directory, platform, version: electron.app.getVersion(), secrets: store, ...(updater && { updater }) };
  return createCore({ ...rest, logger, ...own });
}

/** How the app ends. */
function createEnd(app: ElectronApi['app']): {
  /** The first quit waits until everything is closed; then the app ends. */
  closeFirst(core: Pick<Core, 'close'>): void;
  /** Quits, and does this in the place of the end. */
  quitFor: (last: () => void) => void;
} {
  let progress: 'open' | 'closing' | 'closed' = 'open';
  let last = (): void => app.exit(0);
  return {
    closeFirst: (core) => {
      app.on('will-quit', (event) => {
        // What comes last may quit by itself.
        if (progress === 'closed') return;
        event.preventDefault();
        if (progress === 'closing') return;
        progress = 'closing';
        void core.close().finally(() => {
          progress = 'closed';
          last();
        });
      });
    },
    quitFor: (deed) => {
      last = () => {
        // The new version may start before this one has ended.
        app.releaseSingleInstanceLock();
        deed();
      };
      app.quit();
    },
  };
}
