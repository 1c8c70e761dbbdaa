import { expect, test } from 'vitest';
import { readTags, tidyTag, withTags } from '../../../shared/music/song-tags.ts';

test('tags are what {tag} and {meta: tag} say to everybody, each once', () => {
  const song =
    '{title: A}\n{tag: Slow}{tag: for  Ann}\n{meta: tag Carol; Evening}\n{tag: slow}\n{tag-guitar: no}\n{tag:}\n[G]tag: no\n{TAG: Loud}';
  expect(readTags(song)).toEqual(['Slow', 'for Ann', 'Carol', 'Evening', 'Loud']);
  expect(readTags('')).toEqual([]);
});

test.each([
  ['{title: A}\nla', '{title: A}\n{tag: x}\n{tag: y}\nla'],
  ['{title: A}\r\nla', '{title: A}\r\n{tag: x}\r\n{tag: y}\r\nla'],
  ['{title: A}', '{title: A}\n{tag: x}\n{tag: y}\n'],
  ['la\nla', '{tag: x}\n{tag: y}\nla\nla'],
  ['', '{tag: x}\n{tag: y}\n'],
  ['{tag: Y}\nla', '{tag: Y}\n{tag: x}\nla'],
  ['{tag: X}{tag: Y}\nla', '{tag: X}{tag: Y}\nla'],
])('tags that %j does not name are put into it, and read again', (before, after) => {
  expect(withTags(before, ['x', 'y'])).toBe(after);
  expect(
    readTags(after)
      .map((tag) => tag.toLowerCase())
      .sort(),
  ).toEqual(['x', 'y']);
});

test('a tag fits a directive', () => {
  expect(tidyTag(' a\n{b}\t c;\u0000 ')).toBe('a b c');
});
