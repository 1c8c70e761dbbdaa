/** The first that fits: others name themselves like those below them too. */
const programs = [
  [/Electron\//u, 'ChordMe'],
  [/Edg\//u, 'Edge'],
  [/OPR\//u, 'Opera'],
  [/Firefox\//u, 'Firefox'],
  [/Chrome\/|Chromium\//u, 'Chrome'],
  [/Safari\//u, 'Safari'],
] as const;
const systems = [
  [/Windows/u, 'Windows'],
  [/Android/u, 'Android'],
  [/iPhone|iPad/u, 'iOS'],
  [/Mac OS X|Macintosh/u, 'macOS'],
  [/CrOS/u, 'ChromeOS'],
  [/Linux/u, 'Linux'],
] as const;

/** What a device is called in its person's list: they rename nothing, they recognise. */
export function deviceName(userAgent: string): string {
  const program = programs.find(([sign]) => sign.test(userAgent))?.[1] ?? 'ChordMe';
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  return system === undefined ? program : `${program} on ${system}`;
}
