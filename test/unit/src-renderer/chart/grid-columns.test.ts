import { expect, test } from 'vitest';
import { parseSong } from '../../../../shared/music/parse-song.ts';
import { beatsOf, gridRows } from '../../../../src-renderer/features/chart/view/grid-columns.ts';

/** The rows as they stand on the screen. */
function shown(grid: string, show: (chord: string) => string = (chord) => chord): string[] {
  const [section] = parseSong(`${grid}\n{end_of_grid}`).sections;
  if (section === undefined) return [];
  return gridRows(section.lines, show, section.attributes['shape']).map((row) =>
    row
      .map(({ pieces, padding }) => pieces.map(({ text }) => text).join('') + ' '.repeat(padding))
      .join('')
      .trimEnd(),
  );
}

test('with a shape cells stand under cells of their beat, and a short measure leaves the rest empty', () => {
  expect(shown('{start_of_grid shape="1+2x4+1"}\nA | G . . . | C . D7 . | x2\n| Em | C . |\n| Am7~D7 . . . | G |')).toEqual([
    'A | G      . . . | C . D7 . | x2',
    '  | Em           | C .      |',
    '  | Am7~D7 . . . | G        |',
  ]);
});

test('without a shape rows that are built alike stand under each other, whatever their chords have become', () => {
  expect(shown('{sog}\n| G . | C . |\n| G . | D7 . |\n| A |', (chord) => (chord === 'G' ? 'Abm7' : chord))).toEqual([
    '| Abm7 . | C  . |',
    '| Abm7 . | D7 . |',
    '| A |',
  ]);
});

test('strokes are arrows under the beats they belong to, and bars that touch a chord are bars', () => {
  expect(shown('{start_of_grid shape="1x4"}\n|G . . .|\n|s dn up dx+ x |\n|s ua ds . u |')).toEqual([
    '| G  .  .  . |',
    '| ↓  ↑  ⇓× × |',
    '| ↑~ ↓· .  ↑ |',
  ]);
});

test('a shape names measures and beats, or cells alone', () => {
  expect([beatsOf('1+4x4+1'), beatsOf('4x3'), beatsOf('1+8'), beatsOf('0x0'), beatsOf('four'), beatsOf(undefined)]).toEqual([
    4,
    3,
    1,
    null,
    null,
    null,
  ]);
});
