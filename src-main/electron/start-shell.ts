import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCore, type Core, type CoreParts } from '../core/create-core.ts';
import { createSecretFiles } from '../core/secret-files.ts';
import { StartProblem } from '../core/start-problem.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';
import { createSealedSecrets } from './sealed-secrets.ts';
import { setupIpc } from './setup-ipc.ts';
import { setupMenu } from './setup-menu.ts';
import { setupPermissions } from './setup-permissions.ts';
import { setupProtocol, setupScheme } from './setup-protocol.ts';
import { confineContents, openWindow } from './setup-window.ts';

export interface ShellParts extends Omit<CoreParts, 'dataDir' | 'version' | 'platform' | 'secrets'> {
  electron: ElectronApi;
  platform: 'linux' | 'darwin' | 'win32';
  /** Null: the platform's place. */
  dataDir: string | null;
  rendererRoot: string;
  preload: string;
  /** Told once, with the line that says so. */
  ready: (line: string) => void;
}

/** Starts the Electron shell around a core. Everything before the first `await` must happen before the app is ready. */
export async function startShell(parts: ShellParts): Promise<void> {
  const { electron, platform, preload } = parts;
  const { app } = electron;
  setupScheme(electron);
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
  if (parts.dataDir === null && !app.requestSingleInstanceLock()) return app.quit();

  await app.whenReady();
  const windows: ShellWindow[] = [];
  const open = (): void => {
    const window = openWindow(electron, preload);
    windows.push(window);
    window.on('closed', () => void windows.splice(windows.indexOf(window), 1));
  };
  try {
    const core = await openCore(parts);
    setupProtocol(electron, parts.rendererRoot, parts.random);
    setupPermissions(electron);
    setupMenu(electron, platform);
    setupIpc(electron, core, () => windows);
    closeBeforeQuit(app, core);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    electron.dialog.showErrorBox('ChordMe cannot start', error.message);
    return app.exit(1);
  }
  app.on('second-instance', () => {
    const [window] = windows;
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (windows.length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  open();
  parts.ready('ready app://chordme/');
}

function openCore({ electron, platform, dataDir, logger, ...rest }: ShellParts): Promise<Core> {
  const directory = dataDir ?? join(electron.app.getPath('userData'), 'data');
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
