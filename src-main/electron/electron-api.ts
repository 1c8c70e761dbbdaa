import type * as Electron from 'electron';

/** The parts of a window's contents that the shell touches. */
export type ShellContents = Pick<Electron.WebContents, 'on' | 'setWindowOpenHandler' | 'send' | 'id' | 'isDestroyed'>;
/** The parts of a window. */
export type ShellWindow = Pick<Electron.BrowserWindow, 'loadURL' | 'once' | 'on' | 'show' | 'focus' | 'isMinimized' | 'restore'> & {
  readonly webContents: ShellContents;
};

/**
 * The part of Electron that the shell uses, passed in by index.ts: so that its code runs whole in tests against a double
 * that the compiler holds to the same types.
 */
export interface ElectronApi {
  app: Pick<
    Electron.App,
    'whenReady' | 'on' | 'quit' | 'exit' | 'getPath' | 'getVersion' | 'requestSingleInstanceLock' | 'enableSandbox' | 'name'
  >;
  BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow;
  Menu: {
    buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.Menu;
    setApplicationMenu(menu: Electron.Menu | null): void;
  };
  dialog: Pick<Electron.Dialog, 'showErrorBox'>;
  ipcMain: Pick<Electron.IpcMain, 'handle'>;
  protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  safeStorage: Pick<Electron.SafeStorage, 'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'>;
  session: {
    defaultSession: Pick<
      Electron.Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
    >;
  };
}
