import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createKeys } from '../../../../src-renderer/features/chart/view/stable-keys.ts';

const named = (keyed: ReturnType<typeof createKeys<string>>) => (text: string) =>
  keyed(text.split(''))
    .map(({ key, item }) => `${item}${key}`)
    .join(' ');

test('what stands around an edit keeps its key, and what is new has one that nothing had', () => {
  const read = named(createKeys((one, other) => one === other));
  expect(read('abcd')).toBe('a1 b2 c3 d4');
  expect(read('abXcd')).toBe('a1 b2 X5 c3 d4');
  expect(read('aXcd')).toBe('a1 X5 c3 d4');
  expect(read('aYZcd')).toBe('a1 Y5 Z6 c3 d4');
  expect(read('acd')).toBe('a1 c3 d4');
  expect(read('')).toBe('');
  expect(read('a')).toBe('a7');
});

test('no two items ever share a key, whatever was edited', () => {
  const list = array(constantFrom('a', 'b', 'c'), { maxLength: 8 });
  assert(
    property(array(list, { maxLength: 8 }), (lists) => {
      const keyed = createKeys<string>((one, other) => one === other);
      for (const items of lists) {
        const named = keyed(items);
        expect(named.map(({ item }) => item)).toEqual(items);
        expect(new Set(named.map(({ key }) => key)).size).toBe(items.length);
      }
    }),
  );
});
