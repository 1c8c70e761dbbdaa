import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { directiveClass, knownDirectives, longName } from '../../../shared/music/directive-names.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/chordpro.md', import.meta.url)), 'utf8');

test('every directive that means something here is in the table of docs/chordpro.md', () => {
  // The fonts, sizes and colours are one row.
  const rows = knownDirectives.filter(({ name }) => !/(?:font|size|colour)$/.test(name) && !name.startsWith('end_of_'));
  expect(rows.filter(({ name }) => !page.includes(name)).map(({ name }) => name)).toEqual([]);
});

test('short forms lead to long ones, and every known name has a class', () => {
  for (const { name, short } of knownDirectives) {
    expect([name, directiveClass(name)]).not.toEqual([name, 'unknown']);
    for (const form of short) expect(longName(form)).toBe(name);
  }
  expect(['T', 'SOC', 'cb', 'colb', 'ns', 'Highlight'].map(longName)).toEqual([
    'title',
    'start_of_chorus',
    'comment_box',
    'column_break',
    'new_song',
    'highlight',
  ]);
  expect(directiveClass('constructor')).toBe('unknown');
  expect(longName('__proto__')).toBe('__proto__');
});
