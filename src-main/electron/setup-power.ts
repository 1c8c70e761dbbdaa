import { eventChannel } from './channels.ts';
import { appUrl } from './app-origin.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

/** Where a rehearsal is open, by the address of the window. */
function isSession(url: string): boolean {
  return url.startsWith(`${appUrl}session/`);
}

/** While a window shows a session neither the computer nor its display goes to sleep; a computer that slept is told to the windows. */
export function setupPower(
  { powerMonitor, powerSaveBlocker }: Pick<ElectronApi, 'powerMonitor' | 'powerSaveBlocker'>,
  windows: () => readonly ShellWindow[],
): {
  watch(window: ShellWindow): void;
} {
  const inSession = new Set<ShellWindow>();
  let blocker: number | null = null;
  const follow = (): void => {
    if (inSession.size > 0) blocker ??= powerSaveBlocker.start('prevent-display-sleep');
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
        if (isSession(url)) inSession.add(window);
        else inSession.delete(window);
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
