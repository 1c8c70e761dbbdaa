import type { MenuItemConstructorOptions } from 'electron';
import { commands, type Command } from '../../shared/ipc/commands.ts';
import type { LibrarySongHead } from '../../shared/ipc/library.ts';
import type { ElectronApi } from './electron-api.ts';

export interface MenuDeeds {
  /** To the interface of the window in front. */
  run(command: Command): void;
  openFiles: () => void;
  openSong(id: string): void;
  openWindow: () => void;
  /** Null: this program is not updated from anywhere. */
  lookForUpdate: (() => void) | null;
}

/** These keys the page hears itself, with what is under the caret in mind; the menu only shows them. */
const keysOfPage: ReadonlySet<Command> = new Set(['find', 'print', 'transpose-up', 'transpose-down']);

/** The menu of each platform. What the interface does is told to it; the other items are the system's own. */
export function setupMenu(
  { Menu, app }: Pick<ElectronApi, 'Menu' | 'app'>,
  platform: NodeJS.Platform,
  deeds: MenuDeeds,
): { showRecent(songs: readonly LibrarySongHead[]): void } {
  const isMac = platform === 'darwin';
  const item = (command: Command): MenuItemConstructorOptions => {
    const { title, accelerator } = commands[command];
    const keys = accelerator === null ? {} : { accelerator, registerAccelerator: !keysOfPage.has(command) };
    return { id: command, label: title, ...keys, click: () => deeds.run(command) };
  };
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const update: MenuItemConstructorOptions[] =
    deeds.lookForUpdate === null ? [] : [{ id: 'update', label: 'Look for an update…', click: deeds.lookForUpdate }];
  const settings = { ...item('settings'), label: 'Settings…' };
  const appMenu: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about' },
      ...update,
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  };
  const recentItem = ({ id, title, artist }: LibrarySongHead): MenuItemConstructorOptions => ({
    // An ampersand would underline the letter behind it.
    label: [title === '' ? 'Untitled' : title, artist]
      .filter((part) => part !== '')
      .join(' · ')
      .replaceAll('&', '&&'),
    click: () => deeds.openSong(id),
  });
  const template = (recent: readonly LibrarySongHead[]): MenuItemConstructorOptions[] => [
    ...(isMac ? [appMenu] : []),
    {
      label: 'File',
      submenu: [
        item('new-song'),
        item('new-session'),
        item('join'),
        line,
        { id: 'open', label: 'Open…', accelerator: 'CmdOrCtrl+O', click: deeds.openFiles },
        { id: 'recent', label: 'Open recent', enabled: recent.length > 0, submenu: recent.map(recentItem) },
        { id: 'new-window', label: 'New window', accelerator: 'CmdOrCtrl+Alt+N', click: deeds.openWindow },
        line,
        item('print'),
        ...(isMac ? [] : [line, settings]),
        line,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Song',
      submenu: [item('write-read'), item('stage'), line, item('transpose-up'), item('transpose-down')],
    },
    {
      label: 'Go',
      submenu: [item('find'), line, item('library'), item('sessions'), item('invitations'), item('templates'), item('waiting')],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        line,
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('show-keys'), item('copy-report'), ...(isMac ? [] : update)] },
  ];
  const showRecent = (songs: readonly LibrarySongHead[]): void => Menu.setApplicationMenu(Menu.buildFromTemplate(template(songs)));
  showRecent([]);
  return { showRecent };
}
