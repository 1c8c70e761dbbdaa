/** Preferences of this window's user that nobody else needs to know: kept in the browser's own storage. */
const prefix = 'chordme.';

export function readPreference(name: string): string | null {
  return globalThis.localStorage.getItem(prefix + name);
}

export function writePreference(name: string, value: string): void {
  globalThis.localStorage.setItem(prefix + name, value);
}

const singleKeysName = 'single-keys';

export function areSingleKeysOn(): boolean {
  return readPreference(singleKeysName) !== 'off';
}

export function switchSingleKeys(isOn: boolean): void {
  writePreference(singleKeysName, isOn ? 'on' : 'off');
}
