import type { Command } from '../../shared/ipc/commands.ts';

/** `new` is whatever the page makes: a song, a session, a template; `mark` marks a take. */
export type KeyCommand = Command | 'new' | 'mark';

/** What a key event is read from: the parts of KeyboardEvent that decide. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
  /** The key is being typed into a text field. */
  isInText: boolean;
  /** A dialog is open: single keys belong to it. */
  isInDialog: boolean;
}

/** With Ctrl or Cmd and Shift. In text fields they select, in a dialog nobody would see what they did. */
const transposingKeys: ReadonlyMap<string, KeyCommand> = new Map([
  ['ArrowUp', 'transpose-up'],
  ['ArrowDown', 'transpose-down'],
]);

const singleKeys: ReadonlyMap<string, KeyCommand> = new Map([
  ['n', 'new'],
  ['e', 'write-read'],
  ['f', 'stage'],
  ['m', 'mark'],
  ['?', 'show-keys'],
]);

/** The command of a key, null when it has none here. Single keys can be switched off. */
export function keyCommand(press: KeyPress, areSingleKeysOn: boolean): KeyCommand | null {
  if (press.defaultPrevented) return null;
  if ((press.ctrlKey || press.metaKey) && !press.altKey) {
    if (press.key.toLowerCase() === 'k') return 'find';
    if (press.key.toLowerCase() === 'p' && !press.shiftKey) return 'print';
    return press.shiftKey && !press.isInText && !press.isInDialog ? (transposingKeys.get(press.key) ?? null) : null;
  }
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (!areSingleKeysOn || press.isInText || press.isInDialog) return null;
  return singleKeys.get(press.key.toLowerCase()) ?? null;
}

/** Whether what is typed there becomes text. */
export function isTextTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit', 'file'].includes(target.type);
}
