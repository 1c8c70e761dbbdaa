import type { Core } from '../core/create-core.ts';
import type { ElectronApi, ShellTray } from './electron-api.ts';

export interface TrayParts {
  electron: Pick<ElectronApi, 'Tray' | 'Menu' | 'app'>;
  core: Pick<Core, 'on' | 'settings'>;
  /** Of the icon. */
  image: string;
  show: () => void;
}

/** While people want the app to go on without a window there is an icon that brings it back, and one way to quit. */
export function setupTray({ electron, core, image, show }: TrayParts): { isThere(): boolean } {
  let tray: ShellTray | null = null;
  const follow = (): void => {
    const isWanted = core.settings.get('keeps_in_tray') !== null;
    if (!isWanted) {
      tray?.destroy();
      tray = null;
    } else if (tray === null) {
      tray = new electron.Tray(image);
      tray.setToolTip('ChordMe');
      tray.setContextMenu(
        electron.Menu.buildFromTemplate([
          { label: 'Open ChordMe', click: show },
          { type: 'separator' },
          { label: 'Quit', click: () => electron.app.quit() },
        ]),
      );
      tray.on('click', show);
    }
  };
  core.on((name) => {
    if (name === 'app.options_changed') follow();
  });
  follow();
  return { isThere: () => tray !== null };
}
