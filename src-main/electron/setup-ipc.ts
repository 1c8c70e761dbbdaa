import type { Core } from '../core/create-core.ts';
import { isOurs } from './app-origin.ts';
import { eventChannel, invokeChannel } from './channels.ts';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

/**
 * The contract over Electron's channels. A call counts only when it comes from the top frame of one of our own windows
 * that shows our own page.
 */
export function setupIpc(
  { ipcMain }: Pick<ElectronApi, 'ipcMain'>,
  core: Pick<Core, 'handle' | 'on'>,
  windows: () => readonly ShellWindow[],
): () => void {
  ipcMain.handle(invokeChannel, (event, name: unknown, args: unknown) => {
    const frame = event.senderFrame;
    const isOurWindow = windows().some(({ webContents }) => webContents.id === event.sender.id);
    if (!isOurWindow || frame === null || frame.parent !== null || !isOurs(frame.url)) return { ok: false, code: 'forbidden' };
    return core.handle(name, args);
  });
  return core.on((name, payload) => {
    for (const { webContents } of windows()) if (!webContents.isDestroyed()) webContents.send(eventChannel, name, payload);
  });
}
