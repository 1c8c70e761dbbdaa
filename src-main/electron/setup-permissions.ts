import { isOurs } from './app-origin.ts';
import type { ElectronApi } from './electron-api.ts';

/**
 * What the interface itself needs: to copy a join code, to fill the screen on stage, to reach a band's server in the same
 * house. Everything else, camera and microphone included, is denied without asking.
 */
const needed: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'fullscreen',
  'local-network',
  'local-network-access',
  'loopback-network',
]);

export function setupPermissions({ session }: Pick<ElectronApi, 'session'>): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(needed.has(permission) && isOurs(details.requestingUrl));
  });
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin) => needed.has(permission) && isOurs(`${origin}/`.replace(/\/+$/, '/')),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}
