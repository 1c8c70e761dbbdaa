import { expect, test } from 'vitest';
import { differencesBetween } from '../../../../src-renderer/session/text-difference.ts';

function applied(before: string, after: string): string {
  let text = before;
  for (const { from, to, insert } of differencesBetween(before, after).toReversed()) text = text.slice(0, from) + insert + text.slice(to);
  return text;
}

test('small changes far apart stay small, and what lies between is not touched', () => {
  const before = `[G]Silent night\n${'la '.repeat(200)}\nholy night`;
  const after = before.replace('Silent', 'Quiet').replace('holy night', 'holy [D]night');
  expect(differencesBetween(before, after).every(({ from, to }) => to - from <= 6 && (from < 20 || from > 600))).toBe(true);
  expect(applied(before, after)).toBe(after);
});

test.each([
  ['a😀b', 'a😁b'],
  ['😀', '😁😀'],
  ['x😀y😀z', 'x😁y😀😀z'],
  ['\ud83d\ude00', '\ud83d\ude00\ud83d\ude01'],
  ['', '😀'],
  ['😀', ''],
])('no half characters: %s to %s', (before, after) => {
  expect(applied(before, after)).toBe(after);
  for (const { from, to, insert } of differencesBetween(before, after)) {
    expect(insert.isWellFormed()).toBe(true);
    expect(before.slice(from, to).isWellFormed()).toBe(true);
  }
});

test('equal texts have none', () => {
  expect(differencesBetween('a\nb', 'a\nb')).toEqual([]);
});
