import { expect, test } from 'vitest';
import { keyCommand, type KeyPress } from '../../../../src-renderer/app/key-commands.ts';

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, defaultPrevented: false, isInText: false, isInDialog: false, ...changes };
}

test('Ctrl K and Cmd K find, in text fields and dialogs too, whatever is switched off', () => {
  expect(keyCommand(press('k', { ctrlKey: true }), true)).toBe('find');
  expect(keyCommand(press('K', { metaKey: true, isInText: true, isInDialog: true }), false)).toBe('find');
  expect(keyCommand(press('k', { ctrlKey: true, altKey: true }), true)).toBeNull();
});

test('single keys are commands outside text fields and dialogs only, and can be switched off', () => {
  const commands = { n: 'new', e: 'write-read', f: 'stage', '?': 'show-keys' } as const;
  for (const [key, command] of Object.entries(commands)) {
    expect(keyCommand(press(key), true)).toBe(command);
    expect(keyCommand(press(key), false)).toBeNull();
    expect(keyCommand(press(key, { isInText: true }), true)).toBeNull();
    expect(keyCommand(press(key, { isInDialog: true }), true)).toBeNull();
    expect(keyCommand(press(key, { defaultPrevented: true }), true)).toBeNull();
    expect(keyCommand(press(key, { ctrlKey: true }), true)).toBeNull();
  }
});

test('other keys are left alone', () => {
  for (const key of ['a', 'Enter', 'Escape', 'constructor']) expect(keyCommand(press(key), true)).toBeNull();
});
