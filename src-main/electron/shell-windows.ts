import type { Core } from '../core/create-core.ts';
import type { EventName, EventOf } from '../../shared/ipc/contract.ts';
import { eventChannel } from './channels.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';
import { followRecent } from './follow-recent.ts';
import { setupContextMenu } from './setup-context-menu.ts';
import { setupMenu } from './setup-menu.ts';
import type { Opening } from './setup-opening.ts';
import { setupPower } from './setup-power.ts';
import { setupSpelling } from './setup-spelling.ts';
import { setupTray } from './setup-tray.ts';
import { openWindow, showWindow } from './setup-window.ts';
import { keepWindowPlace, readWindowPlace } from './window-place.ts';

export interface ShellWindowsParts {
  electron: ElectronApi;
  platform: NodeJS.Platform;
  core: Core;
  preload: string;
  trayImage: string;
  opening: Pick<Opening, 'choose'>;
  /** Null: the program was not installed, and is not updated. */
  updaterApi: object | null;
  /** Look after each window as well. */
  watch: readonly { watch(window: ShellWindow): void }[];
}

/** The windows of the app, and all around them that belongs to the desktop: menu, tray, power, spelling. */
export function openShellWindows(parts: ShellWindowsParts): {
  windows: () => readonly ShellWindow[];
  open: () => ShellWindow;
  /** Brings one in front; the first when there is none. */
  show: () => void;
} {
  const { electron, platform, core } = parts;
  const { app } = electron;
  const open: ShellWindow[] = [];
  const windows = (): readonly ShellWindow[] => open;
  const power = setupPower(electron, windows);

  const openOne = (): ShellWindow => {
    const window = openWindow(electron, parts.preload, readWindowPlace(core.settings, electron));
    open.unshift(window);
    window.on('closed', () => void open.splice(open.indexOf(window), 1));
    // The one in front stands first.
    window.on('focus', () => open.unshift(...open.splice(open.indexOf(window), 1)));
    keepWindowPlace(core.settings, window);
    setupContextMenu(electron, window);
    for (const each of [power, ...parts.watch]) each.watch(window);
    return window;
  };
  const show = (): void => showWindow(open[0] ?? openOne());
  const tell = <N extends EventName>(name: N, event: EventOf<N>): void => open[0]?.webContents.send(eventChannel, name, event);

  const lookForUpdate = (): void => {
    void core.handle('updates.look', {});
    core.arrive({ kind: 'place', path: '/settings' });
    show();
  };

  setupSpelling(electron, core);
  const tray = setupTray({ electron, core, image: parts.trayImage, show });
  const menu = setupMenu(electron, platform, {
    run: (command) => {
      // On macOS the menu is there without a window: what was chosen is done when one has opened.
      if (open.length > 0) return tell('app.command', { command });
      core.arrive({ kind: 'command', command });
      openOne();
    },
    openFiles: () => void parts.opening.choose(),
    openSong: (id) => {
      core.arrive({ kind: 'place', path: `/song/${id}` });
      show();
    },
    openWindow: openOne,
    lookForUpdate: parts.updaterApi === null ? null : lookForUpdate,
  });
  followRecent(core, (songs) => menu.showRecent(songs));
  app.on('activate', () => {
    if (open.length === 0) openOne();
  });
  app.on('window-all-closed', () => {
    if (platform !== 'darwin' && !tray.isThere()) app.quit();
  });
  return { windows, open: openOne, show };
}
