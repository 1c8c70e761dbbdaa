/** Scheme and host of the interface in the Electron shell; the device key lives under this origin and must keep it. */
export const appScheme = 'app';
export const appHost = 'chordme';
export const appUrl = `${appScheme}://${appHost}/`;

/** Whether an address is the interface's own. */
export function isOurs(url: string): boolean {
  return url.startsWith(appUrl);
}
