import { expect, test } from 'vitest';
import { keyCommand, type KeyPress } from '../../../../src-renderer/app/key-commands.ts';

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false };
  return { key, ...plain, isInText: false, isInDialog: false, ...changes };
}

test('Ctrl K and Cmd K find, in text fields and dialogs too, whatever is switched off', () => {
  expect(keyCommand(press('k', { ctrlKey: true }), true)).toBe('find');
  expect(keyCommand(press('K', { metaKey: true, isInText: true, isInDialog: true }), false)).toBe('find');
  expect(keyCommand(press('k', { ctrlKey: true, altKey: true }), true)).toBeNull();
});

test('Ctrl P prints the song and not the page, in text fields too', () => {
  expect(keyCommand(press('p', { ctrlKey: true, isInText: true }), false)).toBe('print');
  expect(keyCommand(press('p', { metaKey: true }), true)).toBe('print');
  expect(keyCommand(press('p', { ctrlKey: true, shiftKey: true }), true)).toBeNull();
});

test('single keys are commands outside text fields and dialogs only, and can be switched off', () => {
  const commands = { n: 'new', e: 'write-read', f: 'stage', m: 'mark', '?': 'show-keys' } as const;
  for (const [key, command] of Object.entries(commands)) {
    expect(keyCommand(press(key), true)).toBe(command);
    expect(keyCommand(press(key), false)).toBeNull();
    expect(keyCommand(press(key, { isInText: true }), true)).toBeNull();
    expect(keyCommand(press(key, { isInDialog: true }), true)).toBeNull();
    expect(keyCommand(press(key, { defaultPrevented: true }), true)).toBeNull();
    expect(keyCommand(press(key, { ctrlKey: true }), true)).toBeNull();
  }
});

test('Ctrl or Cmd with Shift and an arrow transposes, but neither in text nor in a dialog, nor where the editor did it', () => {
  for (const how of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(keyCommand(press('ArrowUp', { ...how, shiftKey: true }), false)).toBe('transpose-up');
    expect(keyCommand(press('ArrowDown', { ...how, shiftKey: true }), true)).toBe('transpose-down');
    expect(keyCommand(press('ArrowUp', how), true)).toBeNull();
    for (const where of [{ isInText: true }, { isInDialog: true }, { defaultPrevented: true }, { altKey: true }])
      expect(keyCommand(press('ArrowUp', { ...how, shiftKey: true, ...where }), true)).toBeNull();
  }
});

test('other keys are left alone', () => {
  for (const key of ['a', 'Enter', 'Escape', 'constructor']) expect(keyCommand(press(key), true)).toBeNull();
});
