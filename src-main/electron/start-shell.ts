import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core, type CoreParts } from '../core/create-core.ts';
import { createSecretFiles } from '../core/secret-files.ts';
import { StartProblem } from '../core/start-problem.ts';
import type { ElectronApi } from './electron-api.ts';
import { createSealedSecrets } from './sealed-secrets.ts';
import { setupCrashes } from './setup-crashes.ts';
import { setupIpc } from './setup-ipc.ts';
import { setupOpening } from './setup-opening.ts';
import { setupPermissions } from './setup-permissions.ts';
import { setupProtocol, setupScheme } from './setup-protocol.ts';
import { confineContents } from './setup-window.ts';
import { openShellWindows } from './shell-windows.ts';

export interface ShellParts extends Omit<CoreParts, 'dataDir' | 'version' | 'platform' | 'secrets'> {
  electron: ElectronApi;
  platform: 'linux' | 'darwin' | 'win32';
  /** Null: the platform's place. */
  dataDir: string | null;
  /** What the system opens with the app at its start. */
  opened: { files: string[]; links: string[] };
  rendererRoot: string;
  preload: string;
  trayImage: string;
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
    const core = await openCore(parts);
    setupProtocol(electron, parts.rendererRoot, parts.random);
    setupPermissions(electron);
    closeBeforeQuit(app, core);
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

function openCore({ electron, platform, dataDir, logger, ...rest }: ShellParts): Promise<Core> {
  const directory = shellDataDirectory(electron, dataDir);
  // The key store's files lie in the directory that core locks and makes private.
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { store, refusal } = createSealedSecrets(electron, createSecretFiles(directory), platform);
  if (refusal !== null) logger.warn({}, refusal);
  return createCore({ ...rest, logger, dataDir: directory, platform, version: electron.app.getVersion(), secrets: store });
}

/** The first quit waits until everything is closed; then the app ends. */
function closeBeforeQuit(app: ElectronApi['app'], core: Core): void {
  let isClosing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    void core.close().finally(() => app.exit(0));
  });
}
