import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tonesOf } from '../../../../src-renderer/features/chart/diagrams/piano-diagram.tsx';
import { drawingOf } from '../../../../src-renderer/features/chart/diagrams/fret-diagram.tsx';
import {
  copiedChord,
  definedKeys,
  definedVoicing,
  diagramColour,
  findVoicing,
  isDrawn,
  suffixOf,
  voicingsSchema,
  voicingWords,
  type Voicing,
} from '../../../../src-renderer/features/chart/diagrams/voicings.ts';
import { parseChord, type ParsedChord } from '../../../../shared/music/parse-chord.ts';
import { parseSong } from '../../../../shared/music/parse-song.ts';

const read = (instrument: string) =>
  voicingsSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../../node_modules/@tombatossals/chords-db/lib/${instrument}.json`, import.meta.url), 'utf8')),
  );
const guitar = read('guitar');
const ukulele = read('ukulele');

function chord(name: string): ParsedChord {
  const parsed = parseChord(name, 'common');
  if (parsed === null) throw new Error(`${name} is no chord.`);
  return parsed;
}

describe('grips', () => {
  test.each([
    ['C', 'x 3 2 0 1 0'],
    ['Am', 'x 0 2 2 1 0'],
    ['F', '1 3 3 2 1 1'],
    ['E7', '0 2 0 1 0 0'],
    ['Db', 'x 4 3 1 2 1'],
    ['Bm', 'x 2 4 4 3 2'],
    ['Bm/A', 'x 0 4 4 3 2'],
    ['Dm/C', 'x 3 0 2 3 1'],
    ['D/F#', '2 x 0 2 3 2'],
    ['D/A', 'x 0 0 2 3 2'],
    ['G/B', 'x 2 0 0 0 3'],
    ['Am/G', '3 0 2 2 1 0'],
    ['F/C', 'x 3 3 2 1 1'],
  ])('%s on the guitar is %s', (name, words) => {
    const voicing = findVoicing(guitar, chord(name));
    expect(voicing === null ? null : voicingWords(voicing)).toBe(words);
  });

  test('names that mean the same have the same grip', () => {
    for (const [one, other] of [
      ['CΔ', 'Cmaj7'],
      ['C-7', 'Cm7'],
      ['C°7', 'Cdim7'],
      ['Cø', 'Cm7b5'],
      ['C+', 'Caug'],
      ['C6/9', 'C69'],
      ['C7(b9)', 'C7b9'],
      ['C#m', 'Dbm'],
    ] as const) {
      expect(findVoicing(guitar, chord(one)), one).not.toBeNull();
      expect(findVoicing(guitar, chord(one)), one).toEqual(findVoicing(guitar, chord(other)));
    }
  });

  test('a bass that the table knows is gripped; of what it does not know there is no wrong one', () => {
    expect(findVoicing(guitar, chord('D/F#'))).not.toEqual(findVoicing(guitar, chord('D')));
    expect(findVoicing(guitar, chord('C7#9b13sus2'))).toBeNull();
    expect(findVoicing(guitar, chord('NC'))).toBeNull();
    expect(findVoicing(ukulele, chord('C'))?.frets).toEqual([0, 0, 0, 3]);
  });

  test('what the song defines counts, the last one of a name', () => {
    const { definitions } = parseSong('{define: G frets 1 1 1 1 1 1}\n{define: G base-fret 3 frets 1 3 3 2 1 1}\n[G]x');
    const voicing = definedVoicing(definitions, 'G', 6);
    expect(voicing === null ? null : voicingWords(voicing)).toBe('3 5 5 4 3 3');
    expect(definedVoicing(definitions, 'G', 4)).toBeNull();
  });

  test('a definition may take over the grip of another chord, or want no diagram', () => {
    const { definitions } = parseSong('{define: G copy Gmaj7}\n{define: C copy D frets x 3 2 0 1 0}\n{define: Em diagram off}');
    expect(['G', 'C', 'D'].map((name) => copiedChord(definitions, name))).toEqual(['Gmaj7', null, null]);
    expect(['G', 'Em', 'D'].map((name) => isDrawn(definitions, name))).toEqual([true, false, true]);
  });

  test('a left-handed neck is the mirror image', () => {
    const am: Voicing = { frets: [null, 0, 2, 2, 1, 0], fingers: [0, 0, 2, 3, 1, 0], baseFret: 1, barres: [] };
    const right = drawingOf(am, false).fingers.map(([string, fret]) => [string, fret]);
    const left = drawingOf(am, true).fingers.map(([string, fret]) => [string, fret]);
    expect(right).toEqual([
      [6, 'x'],
      [5, 0],
      [4, 2],
      [3, 2],
      [2, 1],
      [1, 0],
    ]);
    expect(left).toEqual(right.map(([string, fret]) => [7 - Number(string), fret]));
    const f: Voicing = { frets: [1, 3, 3, 2, 1, 1], fingers: [1, 3, 4, 2, 1, 1], baseFret: 1, barres: [1] };
    expect(drawingOf(f, false).barres).toMatchObject([{ fromString: 6, toString: 1, fret: 1 }]);
    expect(drawingOf(f, true).barres).toMatchObject([{ fromString: 6, toString: 1, fret: 1 }]);
  });
});

describe('piano', () => {
  test.each([
    ['C', [0, 4, 7]],
    ['Cm', [0, 3, 7]],
    ['C7', [0, 4, 7, 10]],
    ['Cmaj7', [0, 4, 7, 11]],
    ['Cm7b5', [0, 3, 6, 10]],
    ['Cdim7', [0, 3, 6, 9]],
    ['Caug', [0, 4, 8]],
    ['Csus4', [0, 5, 7]],
    ['C7sus4', [0, 5, 7, 10]],
    ['C6', [0, 4, 7, 9]],
    ['C6/9', [0, 4, 7, 9, 14]],
    ['Cadd9', [0, 4, 7, 14]],
    ['C9', [0, 4, 7, 10, 14]],
    ['C7b9', [0, 4, 7, 10, 13]],
    ['C7#5', [0, 4, 8, 10]],
    ['C5', [0, 7]],
    ['Cmmaj7', [0, 3, 7, 11]],
  ] as const)('%s', (name, tones) => {
    expect(tonesOf(chord(name))).toEqual(tones);
  });

  test('a name we do not understand has no keys rather than wrong ones', () => {
    expect(tonesOf({ quality: 'major', extension: 'alt' })).toBeNull();
    expect(suffixOf({ quality: 'major', extension: '' })).toBe('major');
  });
});

test('a definition is found under the name that the chart shows; its keys and its colour are those of the song', () => {
  const song = '{define: Bstar frets x 2 4 4 4 2 display B/A diagram red}\n{define: D² keys 7 12 16}\n[Bstar]a [D²]b';
  const { definitions } = parseSong(song);
  expect(definedVoicing(definitions, 'B/A', 6)).toMatchObject({ frets: [null, 2, 4, 4, 4, 2] });
  expect([diagramColour(definitions, 'B/A'), diagramColour(definitions, 'D²'), diagramColour(definitions, 'G')]).toEqual([
    'red',
    null,
    null,
  ]);
  expect([definedKeys(definitions, 'D²'), definedKeys(definitions, 'B/A')]).toEqual([[7, 12, 16], null]);
});
