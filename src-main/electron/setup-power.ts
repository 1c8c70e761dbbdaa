import { eventChannel } from './channels.ts';
import { appUrl } from './app-origin.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

/** Whether music is made in front of the window, by its address: a session is open, or a song or setlist of the library is on stage. */
function isPlayedFrom(url: string): boolean {
  if (url.startsWith(`${appUrl}session/`)) return true;
  const isOfLibrary = ['song/', 'setlist/'].some((place) => url.startsWith(`${appUrl}${place}`));
  return isOfLibrary && new URL(url).searchParams.has('stage');
}

/** While a window shows a session or a stage neither the computer nor its display goes to sleep; a computer that slept is told to the windows. */
export function setupPower(
  { powerMonitor, powerSaveBlocker }: Pick<ElectronApi, 'powerMonitor' | 'powerSaveBlocker'>,
  windows: () => readonly ShellWindow[],
): {
  watch(window: ShellWindow): void;
} {
  const played = new Set<ShellWindow>();
  let blocker: number | null = null;
  const follow = (): void => {
    if (played.size > 0) blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
  powerMonitor.on('resume', () => {
    for (const { webContents } of windows()) if (!webContents.isDestroyed()) webContents.send(eventChannel, 'app.woke', {});
  });
  return {
    watch: (window) => {
      const note = (url: string): void => {
        if (isPlayedFrom(url)) played.add(window);
        else played.delete(window);
        follow();
      };
      window.webContents.on('did-navigate', (_event, url) => note(url));
      window.webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
        if (isMainFrame) note(url);
      });
      window.on('closed', () => note(''));
    },
  };
}
