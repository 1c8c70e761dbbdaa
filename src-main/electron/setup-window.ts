import { appUrl, isOurs } from './app-origin.ts';
import type { ElectronApi, ShellContents, ShellWindow } from './electron-api.ts';
import type { KnownPlace } from './window-place.ts';

/**
 * The interface moves by its own router, which is no navigation; the page may load itself again. Whatever else navigates, opens or
 * embeds is not ours.
 */
export function confineContents(contents: ShellContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** @param preload absolute path of the built preload script */
export function openWindow({ BrowserWindow }: Pick<ElectronApi, 'BrowserWindow'>, preload: string, place: KnownPlace): ShellWindow {
  const window = new BrowserWindow({
    width: place?.width ?? 1280,
    height: place?.height ?? 800,
    ...place?.at,
    minWidth: 480,
    minHeight: 480,
    show: false,
    title: 'ChordMe',
    backgroundColor: '#1c1917',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // A rehearsal goes on while the window is behind another one.
      backgroundThrottling: false,
    },
  });
  if (place?.is_maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  void window.loadURL(appUrl);
  return window;
}

/** Brings a window in front of people, wherever it was. */
export function showWindow(window: ShellWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
