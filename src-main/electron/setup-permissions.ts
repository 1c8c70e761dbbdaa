import type * as Electron from 'electron';
import { isOurs } from './app-origin.ts';
import type { ElectronApi } from './electron-api.ts';

/**
 * What the interface itself needs: to copy a join code, to fill the screen on stage, to reach a band's server in the same
 * house, to tell of messages once somebody switched that on; the microphone to tune and MIDI to turn pages, when somebody
 * presses for it. Everything else is denied without asking.
 */
const needed: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'fullscreen',
  'local-network',
  'local-network-access',
  'loopback-network',
  'media',
  'midi',
  'notifications',
]);

/** Of what `media` stands for, sound alone: nobody needs a camera here. */
function wantsMore(permission: string, mediaTypes: readonly (string | undefined)[]): boolean {
  return permission === 'media' && (mediaTypes.length === 0 || mediaTypes.some((type) => type !== 'audio'));
}

/** Only a file that our own page made is saved, by the system's dialog; nothing is fetched from elsewhere. */
function isOwnFile(url: string): boolean {
  return url.startsWith('blob:') && isOurs(url.slice('blob:'.length));
}

export function setupPermissions({ session }: Pick<ElectronApi, 'session'>): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { mediaTypes = [] } = details as Electron.MediaAccessPermissionRequest;
    answer(needed.has(permission) && !wantsMore(permission, mediaTypes) && details.isMainFrame && isOurs(details.requestingUrl));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) => {
    return needed.has(permission) && !wantsMore(permission, [mediaType]) && isOurs(`${origin}/`.replace(/\/+$/, '/'));
  });
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) event.preventDefault();
  });
}
