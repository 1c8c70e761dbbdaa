import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createGroups } from '../../../../src-renderer/features/chart/view/stable-groups.ts';

const isSame = (one: string, other: string): boolean => one === other;

test('an item that is put in makes another group of its own one; all others are the same objects', () => {
  const group = createGroups(isSame, 4);
  const before = group('abcdefghijklmnop'.split(''));
  expect(before.map((items) => items.join(''))).toEqual(['abc', 'def', 'ghi', 'jkl', 'mno', 'p']);
  const after = group('abcdeXfghijklmnop'.split(''));
  expect(after.map((items) => items.join(''))).toEqual(['abc', 'deXf', 'ghi', 'jkl', 'mno', 'p']);
  expect(after.map((items, at) => items === before[at])).toEqual([true, false, true, true, true, true]);
  expect(group('abcdeXYfghijklmnop'.split('')).map((items) => items.join(''))).toEqual(['abc', 'deX', 'Yf', 'ghi', 'jkl', 'mno', 'p']);
  expect(group('abcdXYfghijklmnop'.split('')).map((items) => items.join(''))).toEqual(['abc', 'dX', 'Yf', 'ghi', 'jkl', 'mno', 'p']);
  expect(group([])).toEqual([]);
});

test('whatever is edited, all items are there in their order, in groups that are neither empty nor too large', () => {
  const list = array(constantFrom('a', 'b', 'c'), { maxLength: 20 });
  assert(
    property(array(list, { maxLength: 8 }), (lists) => {
      const group = createGroups(isSame, 3);
      for (const items of lists) {
        const groups = group(items);
        expect(groups.flat()).toEqual(items);
        expect(groups.every(({ length }) => length > 0 && length <= 3)).toBe(true);
      }
    }),
  );
});

test('typing and taking back in one place does not crumble a list into ever smaller groups', () => {
  const group = createGroups(isSame, 8);
  const items = Array.from({ length: 800 }, (_, at) => String(at));
  group(items);
  for (let turn = 0; turn < 2_000; turn++) {
    const at = (turn * 37) % items.length;
    if (turn % 2 === 0) items.splice(at, 0, `new ${String(turn)}`);
    else items.splice(at, 1);
    group(items);
  }
  expect(group(items).length).toBeLessThan((items.length / 8) * 2.5);
});
