import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where the platform keeps the data of programs, for this one. */
export function appDataDirectory(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string {
  const home = homedir();
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'ChordMe');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'ChordMe');
  const configured = environment['XDG_DATA_HOME'];
  // The XDG specification has relative values ignored.
  return join(configured !== undefined && isAbsolute(configured) ? configured : join(home, '.local', 'share'), 'chordme');
}
