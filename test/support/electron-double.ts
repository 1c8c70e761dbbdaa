import type * as Electron from 'electron';
import type { ElectronApi } from '../../src-main/electron/electron-api.ts';
import { Emitter, windowClass, type Listener, type WindowDouble } from './electron-window-double.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
export type PermissionAsked = Parameters<Parameters<Electron.Session['setPermissionRequestHandler']>[0] & object>[1];
type MenuItem = Electron.MenuItemConstructorOptions;

/** Electron without its runtime: held to the types of the part that the shell uses, and remembering what was done. */
export interface ElectronDouble {
  api: ElectronApi;
  windows: WindowDouble[];
  app: Emitter & {
    exitCode: number | null;
    hasQuit: boolean;
    hasLock: boolean;
    isSandboxed: boolean;
    protocols: string[];
    recent: string[];
  };
  power: Emitter;
  /** What sleep is held off by now. */
  blockers: Set<string>;
  schemes: Electron.CustomScheme[];
  errors: [title: string, content: string][];
  /** The menu of the app as it is now. */
  menu: () => readonly MenuItem[];
  /** The item of this id or label, wherever it is. */
  item(name: string): MenuItem;
  /** As a press on it does. */
  choose(name: string): void;
  /** Menus that were opened at the pointer. */
  popups: (readonly MenuItem[])[];
  trays: (Emitter & { image: string; isThere: boolean; menu: readonly MenuItem[] })[];
  crashReports: Electron.CrashReporterStartOptions[];
  spellChecks: boolean[];
  /** What the next dialog for files answers. */
  chosenFiles: string[];
  displays: Electron.Rectangle[];
  fetchPage: (url: string, method?: string) => Promise<Response>;
  /** A call as the page's preload sends it; `from` changes what the main process sees of the sender. */
  invoke: (
    channel: string,
    args: unknown[],
    from?: Partial<{ url: string; isTop: boolean; contentsId: number; isGone: boolean }>,
  ) => Promise<unknown>;
  /** Every channel that the main process answers. */
  channels(): string[];
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
  isPackaged?: boolean;
  isFirstInstance?: boolean;
  displays?: Electron.Rectangle[];
}

function submenuOf({ submenu }: MenuItem): readonly MenuItem[] {
  return Array.isArray(submenu) ? submenu : [];
}

function findItem(items: readonly MenuItem[], name: string): MenuItem | undefined {
  for (const each of items) {
    if (each.id === name || each.label === name) return each;
    const below = findItem(submenuOf(each), name);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Items are pressed as Electron does it; the arguments of a click are of no use to the shell. */
function click(item: MenuItem): void {
  (item.click as (() => void) | undefined)?.();
}

export function createElectronDouble({
  userData,
  backend = 'gnome_libsecret',
  isEncryptionAvailable = true,
  isPackaged = false,
  isFirstInstance = true,
  displays = [{ x: 0, y: 0, width: 1920, height: 1080 }],
}: DoubleOptions): ElectronDouble {
  const windows: WindowDouble[] = [];
  const app: ElectronDouble['app'] = Object.assign(new Emitter(), {
    exitCode: null as number | null,
    hasQuit: false,
    hasLock: isFirstInstance,
    isSandboxed: false,
    protocols: [] as string[],
    recent: [] as string[],
  });
  const power = new Emitter();
  const downloads = new Emitter();
  const blockers = new Set<string>();
  const handlers = new Map<string, Handler>();
  const protocols = new Map<string, (request: Request) => Response | Promise<Response>>();
  const schemes: Electron.CustomScheme[] = [];
  const errors: [string, string][] = [];
  const trays: ElectronDouble['trays'] = [];
  const popups: (readonly MenuItem[])[] = [];
  const crashReports: Electron.CrashReporterStartOptions[] = [];
  const spellChecks: boolean[] = [];
  const chosenFiles: string[] = [];
  const templates = new Map<unknown, readonly MenuItem[]>();
  let menu: readonly MenuItem[] = [];
  let askHandler: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  let checkHandler: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  let deviceHandler: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;

  class Tray extends Emitter {
    readonly image: string;
    isThere = true;
    menu: readonly MenuItem[] = [];
    constructor(image: string) {
      super();
      this.image = image;
      trays.push(this);
    }
    setToolTip(): void {}
    setContextMenu(built: Electron.Menu | null): void {
      this.menu = templates.get(built) ?? [];
    }
    destroy(): void {
      this.isThere = false;
    }
  }

  const api: ElectronApi = {
    app: {
      name: 'ChordMe',
      isPackaged,
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
      requestSingleInstanceLock: () => isFirstInstance,
      releaseSingleInstanceLock: () => {
        app.hasLock = false;
      },
      enableSandbox: () => {
        app.isSandboxed = true;
      },
      setAsDefaultProtocolClient: (scheme) => app.protocols.push(scheme) > 0,
      addRecentDocument: (path) => void app.recent.push(path),
    },
    BrowserWindow: windowClass(windows, (window) => app.emit('web-contents-created', window.webContents)),
    Menu: {
      buildFromTemplate: (template) => {
        const built = { popup: () => void popups.push(template) } as unknown as Electron.Menu;
        templates.set(built, template);
        return built;
      },
      setApplicationMenu: (built) => {
        menu = templates.get(built) ?? [];
      },
    },
    Tray: Tray as unknown as ElectronApi['Tray'],
    dialog: {
      showErrorBox: (title, content) => void errors.push([title, content]),
      showOpenDialog: () => Promise.resolve({ canceled: chosenFiles.length === 0, filePaths: chosenFiles.splice(0) }),
    },
    crashReporter: { start: (options) => void crashReports.push(options) },
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    powerMonitor: { on: ((name: string, listener: Listener) => power.on(name, listener)) as unknown as Electron.PowerMonitor['on'] },
    powerSaveBlocker: {
      start: (type) => {
        blockers.add(type);
        return 7;
      },
      stop: (id) => {
        if (id === 7) blockers.clear();
        return id === 7;
      },
    },
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
    screen: { getAllDisplays: () => displays.map((workArea) => ({ workArea }) as Electron.Display) },
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
        setSpellCheckerEnabled: (isOn) => void spellChecks.push(isOn),
      },
    },
  };

  const item = (name: string): MenuItem => {
    const found = findItem([...menu, ...trays.flatMap((tray) => tray.menu), ...popups.flat()], name);
    if (found === undefined) throw new Error(`no menu has ${name}`);
    return found;
  };
  return {
    api,
    windows,
    app,
    power,
    blockers,
    schemes,
    errors,
    trays,
    popups,
    crashReports,
    spellChecks,
    chosenFiles,
    displays,
    menu: () => menu,
    item,
    choose: (name) => click(item(name)),
    fetchPage: async (url, method = 'GET') => {
      const handler = protocols.get(url.slice(0, url.indexOf(':')));
      if (handler === undefined) throw new Error('no such scheme');
      // The platform's Request refuses nothing of this, but has no place for schemes of one's own in `new Request`.
      return handler({ url, method } as Request);
    },
    channels: () => [...handlers.keys()],
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
    download: (url) => !downloads.emit('will-download', { getURL: () => url }).isPrevented,
    device: () => deviceHandler?.({} as Electron.DevicePermissionHandlerHandlerDetails) ?? true,
  };
}
