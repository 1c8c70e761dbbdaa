import type * as Electron from 'electron';
import type { ShellContents, ShellWindow } from '../../src-main/electron/electron-api.ts';

export type Listener = (...args: never[]) => unknown;

/** What one emitted event did: whether its default was prevented. */
interface Emitted {
  isPrevented: boolean;
}

export class Emitter {
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
  /** What was done with it, in order. */
  readonly done: string[] = [];
  bounds: Electron.Rectangle;
  isShown = false;
  isSmall = false;
  /** Set by whoever plays the page. */
  received: (channel: string, ...args: unknown[]) => void = () => {};

  constructor(options: Electron.BrowserWindowConstructorOptions, id: number) {
    super();
    this.options = options;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 0, height: options.height ?? 0 };
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
      reload: () => void this.done.push('reload'),
      replaceMisspelling: (word) => void this.done.push(`replace ${word}`),
    };
  }
}

/** @param opened told of each new window */
export function windowClass(
  windows: WindowDouble[],
  opened: (window: WindowDouble) => void,
): new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow {
  class BrowserWindow extends WindowDouble {
    constructor(options: Electron.BrowserWindowConstructorOptions) {
      super(options, windows.length + 1);
      windows.push(this);
      opened(this);
    }
    loadURL(url: string): Promise<void> {
      this.loaded.push(url);
      return Promise.resolve();
    }
    show(): void {
      this.isShown = true;
      this.done.push('show');
    }
    focus(): void {
      this.done.push('focus');
    }
    isMinimized(): boolean {
      return this.isSmall;
    }
    restore(): void {
      this.isSmall = false;
      this.done.push('restore');
    }
    maximize(): void {
      this.done.push('maximize');
    }
    isMaximized(): boolean {
      return this.done.includes('maximize');
    }
    getNormalBounds(): Electron.Rectangle {
      return this.bounds;
    }
  }
  return BrowserWindow as unknown as new (options: Electron.BrowserWindowConstructorOptions) => ShellWindow;
}
