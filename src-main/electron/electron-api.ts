import type * as Electron from 'electron';

/** The parts of a window's contents that the shell touches. */
export type ShellContents = Pick<
  Electron.WebContents,
  'on' | 'setWindowOpenHandler' | 'send' | 'id' | 'isDestroyed' | 'reload' | 'replaceMisspelling'
>;
/** The parts of a window. */
export type ShellWindow = Pick<
  Electron.BrowserWindow,
  'loadURL' | 'once' | 'on' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'maximize' | 'isMaximized' | 'getNormalBounds'
> & {
  readonly webContents: ShellContents;
};
export type ShellTray = Pick<Electron.Tray, 'on' | 'setToolTip' | 'setContextMenu' | 'destroy'>;

/**
 * The part of Electron that the shell uses, passed in by index.ts: so that its code runs whole in tests against a double
 * that the compiler holds to the same types. `shell.openExternal` is not in it.
 */
export interface ElectronApi {
  app: Pick<
    Electron.App,
    | 'whenReady'
    | 'on'
    | 'quit'
    | 'exit'
    | 'getPath'
    | 'getVersion'
    | 'requestSingleInstanceLock'
    | 'releaseSingleInstanceLock'
    | 'enableSandbox'
    | 'name'
    | 'isPackaged'
    | 'setAsDefaultProtocolClient'
    | 'addRecentDocument'
  >;
  BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow;
  Menu: {
    buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.Menu;
    setApplicationMenu(menu: Electron.Menu | null): void;
  };
  Tray: new (image: string) => ShellTray;
  dialog: Pick<Electron.Dialog, 'showErrorBox'> & {
    showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue>;
  };
  crashReporter: Pick<Electron.CrashReporter, 'start'>;
  ipcMain: Pick<Electron.IpcMain, 'handle'>;
  powerMonitor: Pick<Electron.PowerMonitor, 'on'>;
  powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop'>;
  protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  safeStorage: Pick<Electron.SafeStorage, 'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'>;
  screen: Pick<Electron.Screen, 'getAllDisplays'>;
  session: {
    defaultSession: Pick<
      Electron.Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on' | 'setSpellCheckerEnabled'
    >;
  };
}
