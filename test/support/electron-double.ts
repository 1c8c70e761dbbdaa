import type * as Electron from 'electron';
import type { ElectronApi, ShellContents, ShellWindow } from '../../src-main/electron/electron-api.ts';

type Listener = (...args: never[]) => unknown;
type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
export type PermissionAsked = Parameters<Parameters<Electron.Session['setPermissionRequestHandler']>[0] & object>[1];

/** What one emitted event did: whether its default was prevented. */
export interface Emitted {
  isPrevented: boolean;
}

class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }
  once(name: string, listener: Listener): this {
    return this.on(name, listener);
  }
  emit(name: string, ...args: unknown[]): Emitted {
    return this.emitWith(name, {}, ...args);
  }
  /** @param details what the event itself says */
  emitWith(name: string, details: object, ...args: unknown[]): Emitted {
    const emitted = { isPrevented: false };
    const event = { ...details, preventDefault: () => void (emitted.isPrevented = true) };
    for (const listener of this.#listeners.get(name) ?? []) (listener as (...all: unknown[]) => void)(event, ...args);
    return emitted;
  }
}

/** One window of the double: what was asked of it, and its contents' events. */
export class WindowDouble extends Emitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly contents: Emitter & { opened: (url: string) => 'deny' | 'allow' };
  readonly webContents: ShellContents;
  readonly sent: [channel: string, ...args: unknown[]][] = [];
  readonly loaded: string[] = [];
  isShown = false;
  /** Set by whoever plays the page. */
  received: (channel: string, ...args: unknown[]) => void = () => {};

  constructor(options: Electron.BrowserWindowConstructorOptions, id: number) {
    super();
    this.options = options;
    let openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
    const emitter = new Emitter();
    this.contents = Object.assign(emitter, {
      opened: (url: string) => openHandler?.({ url } as Electron.HandlerDetails).action ?? 'allow',
    });
    this.webContents = {
      id,
      on: ((name: string, listener: Listener) => emitter.on(name, listener)) as unknown as Electron.WebContents['on'],
      setWindowOpenHandler: (handler) => {
        openHandler = handler;
      },
      send: (channel, ...args: unknown[]) => {
        this.sent.push([channel, ...args]);
        this.received(channel, ...structuredClone(args));
      },
      isDestroyed: () => false,
    };
  }
}

/** Electron without its runtime: held to the types of the part that the shell uses, and remembering what was done. */
export interface ElectronDouble {
  api: ElectronApi;
  windows: WindowDouble[];
  app: Emitter & { exitCode: number | null; hasQuit: boolean; isSandboxed: boolean };
  schemes: Electron.CustomScheme[];
  errors: [title: string, content: string][];
  menu: Electron.MenuItemConstructorOptions[];
  fetchPage: (url: string, method?: string) => Promise<Response>;
  /** A call as the page's preload sends it; `from` changes what the main process sees of the sender. */
  invoke: (
    channel: string,
    args: unknown[],
    from?: Partial<{ url: string; isTop: boolean; contentsId: number; isGone: boolean }>,
  ) => Promise<unknown>;
  askPermission: (permission: PermissionAsked, url: string, details?: Partial<Electron.MediaAccessPermissionRequest>) => boolean;
  checkPermission: (
    permission: PermissionAsked,
    origin: string,
    details?: Partial<Electron.PermissionCheckHandlerHandlerDetails>,
  ) => boolean;
  device: () => boolean;
  /** Whether a download of this address is let through. */
  download: (url: string) => boolean;
}

export interface DoubleOptions {
  userData: string;
  backend?: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;
  isEncryptionAvailable?: boolean;
}

export function createElectronDouble({
  userData,
  backend = 'gnome_libsecret',
  isEncryptionAvailable = true,
}: DoubleOptions): ElectronDouble {
  const windows: WindowDouble[] = [];
  const app = Object.assign(new Emitter(), { exitCode: null as number | null, hasQuit: false, isSandboxed: false });
  const handlers = new Map<string, Handler>();
  const protocols = new Map<string, (request: Request) => Response | Promise<Response>>();
  const schemes: Electron.CustomScheme[] = [];
  const errors: [string, string][] = [];
  const menu: Electron.MenuItemConstructorOptions[] = [];
  let askHandler: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  let checkHandler: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  const downloads = new Emitter();
  let deviceHandler: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;

  class BrowserWindow extends WindowDouble {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options, windows.length + 1);
      windows.push(this);
      app.emit('web-contents-created', this.webContents);
    }
    loadURL(url: string): Promise<void> {
      this.loaded.push(url);
      return Promise.resolve();
    }
    show(): void {
      this.isShown = true;
    }
    focus(): void {}
    isMinimized(): boolean {
      return false;
    }
    restore(): void {}
  }

  const api: ElectronApi = {
    app: {
      name: 'ChordMe',
      whenReady: () => Promise.resolve(),
      on: ((name: string, listener: Listener) => app.on(name, listener)) as unknown as Electron.App['on'],
      quit: () => {
        app.hasQuit = true;
      },
      exit: (code = 0) => {
        app.exitCode = code;
      },
      getPath: () => userData,
      getVersion: () => '0.0.0-test',
      requestSingleInstanceLock: () => true,
      enableSandbox: () => {
        app.isSandboxed = true;
      },
    },
    BrowserWindow: BrowserWindow as unknown as new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow,
    Menu: {
      buildFromTemplate: (template) => {
        menu.push(...template);
        return {} as Electron.Menu;
      },
      setApplicationMenu: () => {},
    },
    dialog: { showErrorBox: (title, content) => void errors.push([title, content]) },
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    protocol: {
      registerSchemesAsPrivileged: (added) => void schemes.push(...added),
      handle: (scheme, handler) => void protocols.set(scheme, handler),
    },
    safeStorage: {
      isEncryptionAvailable: () => isEncryptionAvailable,
      getSelectedStorageBackend: () => backend,
      encryptString: (text) => Buffer.from(`sealed:${Buffer.from(text).toString('hex')}`),
      decryptString: (sealed) => {
        const match = /^sealed:([0-9a-f]*)$/.exec(sealed.toString());
        if (match?.[1] === undefined) throw new Error('sealed by another key');
        return Buffer.from(match[1], 'hex').toString();
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler) => {
          askHandler = handler;
        },
        setPermissionCheckHandler: (handler) => {
          checkHandler = handler;
        },
        setDevicePermissionHandler: (handler) => {
          deviceHandler = handler;
        },
        on: ((name: string, listener: Listener) => downloads.on(name, listener)) as unknown as Electron.Session['on'],
      },
    },
  };

  return {
    api,
    windows,
    app,
    schemes,
    errors,
    menu,
    fetchPage: async (url, method = 'GET') => {
      const handler = protocols.get(url.slice(0, url.indexOf(':')));
      if (handler === undefined) throw new Error('no such scheme');
      // The platform's Request refuses nothing of this, but has no place for schemes of one's own in `new Request`.
      return handler({ url, method } as Request);
    },
    invoke: async (channel, args, from = {}) => {
      const { url = 'app://chordme/', isTop = true, contentsId = 1, isGone = false } = from;
      const frame = { url, parent: isTop ? null : {} };
      const event = { sender: { id: contentsId }, senderFrame: isGone ? null : frame } as unknown as Electron.IpcMainInvokeEvent;
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`nothing handles ${channel}`);
      return structuredClone(await handler(event, ...structuredClone(args)));
    },
    askPermission: (permission, url, details = {}) => {
      let answer = false;
      const all = { requestingUrl: url, isMainFrame: true, ...details } as Electron.PermissionRequest;
      askHandler?.({} as Electron.WebContents, permission, (granted) => void (answer = granted), all);
      return answer;
    },
    checkPermission: (permission, origin, details = {}) =>
      checkHandler?.(null, permission, origin, { isMainFrame: true, ...details }) ?? true,
    download: (url) => !downloads.emit('will-download', { getURL: () => url } as Electron.DownloadItem).isPrevented,
    device: () => deviceHandler?.({} as Electron.DevicePermissionHandlerHandlerDetails) ?? true,
  };
}
