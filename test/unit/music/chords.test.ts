import { describe, expect, test } from 'vitest';
import { chordJson } from '../../../shared/music/export-chords.ts';
import { parseChord, type ChordQuality, type ChordSystem } from '../../../shared/music/parse-chord.ts';
import { transposeText } from '../../../shared/music/transpose-text.ts';

type Row = [input: string, root: number | null, quality: ChordQuality | null, extension: string, bass?: number];

const rows: Readonly<Record<ChordSystem, readonly Row[]>> = {
  common: [
    ['C', 0, 'major', ''],
    ['Cm', 0, 'minor', ''],
    ['C-', 0, 'minor', ''],
    ['C−7', 0, 'minor', '7'],
    ['Cmaj', 0, 'major', ''],
    ['CM7', 0, 'major', 'M7'],
    ['Cma7', 0, 'major', 'ma7'],
    ['C△7', 0, 'major', '△7'],
    ['CmMaj7', 0, 'minor', 'Maj7'],
    ['C-Δ7', 0, 'minor', 'Δ7'],
    ['Cm(maj7)', 0, 'minor', '(maj7)'],
    ['Cm7b5', 0, 'minor', '7b5'],
    ['Cmadd9', 0, 'minor', 'add9'],
    ['Cdim7', 0, 'diminished', '7'],
    ['C°7', 0, 'diminished', '7'],
    ['Co7', 0, 'diminished', '7'],
    ['Cø7', 0, 'diminished', 'ø7'],
    ['C+7', 0, 'augmented', '7'],
    ['Caug', 0, 'augmented', ''],
    ['C7#5', 0, 'major', '7#5'],
    ['C7-5', 0, 'major', '7-5'],
    ['C-5', 0, 'major', '-5'],
    ['Csus2sus4', 0, 'major', 'sus2sus4'],
    ['C7sus4', 0, 'major', '7sus4'],
    ['C5', 0, 'major', '5'],
    ['C6', 0, 'major', '6'],
    ['Cdominant7', 0, 'major', 'dominant7'],
    ['C6/9', 0, 'major', '6/9'],
    ['C6/9/E', 0, 'major', '6/9', 4],
    ['C(no3)', 0, 'major', '(no3)'],
    ['C7(b9,#11)', 0, 'major', '7(b9,#11)'],
    ['Calt', 0, 'major', 'alt'],
    ['Cmj7', 0, 'major', 'mj7'],
    ['CMI(MA7)', 0, 'minor', '(MA7)'],
    ['C(m)', 0, 'minor', ''],
    ['C(mi7)/E', 0, 'minor', '7', 4],
    ['C(dim7)', 0, 'diminished', '7'],
    ['C(aug)', 0, 'augmented', ''],
    ['C(maj7)', 0, 'major', '(maj7)'],
    ['C(omit 3)', 0, 'major', '(omit 3)'],
    ['C (add9)', 0, 'major', '(add9)'],
    ['Am (maj7)/E', 9, 'minor', '(maj7)', 4],
    ['C∅7', 0, 'diminished', '∅7'],
    ['E7(9b)', 4, 'major', '7(9b)'],
    ['Bm5-/7', 11, 'minor', '5-/7'],
    ['C7/5+/9-', 0, 'major', '7/5+/9-'],
    ['C5#9', 0, 'major', '5#9'],
    ['F♯m7/C♯', 6, 'minor', '7', 1],
    ['B♭', 10, 'major', ''],
    ['F𝄪', 7, 'major', ''],
    ['E𝄫', 2, 'major', ''],
    ['Ebb', 2, 'major', ''],
    ['Cb', 11, 'major', ''],
    ['Esus4', 4, 'major', 'sus4'],
    ['Bes', 10, 'major', ''],
    ['Am7/g', 9, 'minor', '7', 7],
    ['D/f#', 2, 'major', '', 6],
    ['C7/b9', 0, 'major', '7/b9'],
    ['(Am)', 9, 'minor', ''],
    ['(Am', 9, 'minor', ''],
    [' G ', 7, 'major', ''],
    ['NC', null, null, ''],
    ['N.C.', null, null, ''],
    ['N/C', null, null, ''],
    ['No Chord', null, null, ''],
  ],
  german: [
    ['H', 11, 'major', ''],
    ['B', 10, 'major', ''],
    ['Hm7/Fis', 11, 'minor', '7', 6],
    ['Es', 3, 'major', ''],
    ['As7', 8, 'major', '7'],
    ['Asus4', 9, 'major', 'sus4'],
    ['Ases', 7, 'major', ''],
    ['Bb', 10, 'major', ''],
    ['Disdim', 3, 'diminished', ''],
    ['fis', 6, 'minor', ''],
    ['e7', 4, 'minor', '7'],
  ],
  latin: [
    ['Do', 0, 'major', ''],
    ['Dom', 0, 'minor', ''],
    ['Solsus4', 7, 'major', 'sus4'],
    ['Sib/Re', 10, 'major', '', 2],
    ['Fa#m7', 6, 'minor', '7'],
    ['Réb', 1, 'major', ''],
    ['LAm', 9, 'minor', ''],
    ['Re\u0301m', 2, 'minor', ''],
  ],
  solfege: [
    ['So7', 7, 'major', '7'],
    ['Tidim', 11, 'diminished', ''],
    ['Dosus4', 0, 'major', 'sus4'],
    ['Si7', 8, 'major', '7'],
  ],
  nashville: [
    ['1', 0, 'major', ''],
    ['6-', 9, 'minor', ''],
    ['b7', 10, 'major', ''],
    ['57', 7, 'major', '7'],
    ['5/7', 7, 'major', '', 11],
    ['16/9', 0, 'major', '6/9'],
    ['1/iii', 0, 'major', '', 4],
    ['1/9', 0, 'major', '/9'],
    ['#4dim', 6, 'diminished', ''],
  ],
  roman: [
    ['IV', 5, 'major', ''],
    ['vi', 9, 'minor', ''],
    ['bVII', 10, 'major', ''],
    ['vii°7', 11, 'diminished', '7'],
    ['iim7', 2, 'minor', '7'],
    ['V7/V', 7, 'major', '7', 7],
    ['III+', 4, 'augmented', ''],
    ['I/3', 0, 'major', '', 4],
    ['V7/7', 7, 'major', '7', 11],
    ['IV/b6', 5, 'major', '', 8],
    ['I6/9', 0, 'major', '6/9'],
    ['I6/9/5', 0, 'major', '6/9', 7],
  ],
};

describe.each(Object.entries(rows))('%s', (system, list) => {
  test.each(list.map((row) => [row[0], row] as const))('%s', (input, [, root, quality, extension, bass]) => {
    expect(chordJson(input, system as ChordSystem)).toMatchObject({
      input,
      valid: true,
      root_ord: root,
      quality,
      extension,
      bass_ord: bass ?? null,
    });
  });
});

test.each([
  ...[
    'Coda',
    'H',
    'foo',
    '',
    'Add9',
    'Bass',
    'Dim',
    'Fade',
    'C/',
    'C/X',
    'Am7x',
    'C--',
    'Cm-',
    'C(x2)',
    'Am (let ring)',
    '(',
    ')',
    '()',
    'C(',
    'C((((7))))',
    'x'.repeat(100),
  ].map((input) => ['common', input] as const),
  ['nashville', '8'],
  ['nashville', '0'],
  ['roman', 'VIII'],
  ['roman', 'vI'],
  ['latin', 'C'],
] as const)('%s: %s is no chord', (system, input) => {
  expect(chordJson(input, system)).toEqual({
    input,
    valid: false,
    root: null,
    root_ord: null,
    quality: null,
    extension: null,
    bass: null,
    bass_ord: null,
  });
});

test('every root goes with every quality, extension and bass', () => {
  const roots = ['C', 'C#', 'Db', 'D', 'D♯', 'Eb', 'E', 'F', 'F#', 'G♭', 'G', 'Ab', 'A', 'A#', 'Bb', 'B', 'E#', 'Cb'];
  const qualities = {
    '': 'major',
    m: 'minor',
    min: 'minor',
    dim: 'diminished',
    '°': 'diminished',
    aug: 'augmented',
    '+': 'augmented',
  } as const;
  const extensions = ['', '7', '9', '11', '13', '7b9', '7#9', '7sus4', 'add9', '(add11)', '7(b9,#11)', '6', '69', 'maj7'];
  for (const root of roots) {
    const alone = parseChord(root, 'common')?.root?.ord;
    for (const [sign, quality] of Object.entries(qualities)) {
      for (const extension of extensions) {
        for (const bass of [null, ...roots]) {
          const name = root + sign + extension + (bass === null ? '' : `/${bass}`);
          const chord = parseChord(name, 'common');
          expect([name, chord?.root?.ord, chord?.quality, chord?.extension, chord?.bass?.ord]).toEqual([
            name,
            alone,
            quality,
            extension,
            bass === null ? undefined : parseChord(bass, 'common')?.root?.ord,
          ]);
        }
      }
    }
  }
});

test('marks that players add may stand behind the bass too, and move with the chord', () => {
  expect(parseChord('D/F#*', 'common')).toMatchObject({ extension: '*', bass: { ord: 6 } });
  expect(parseChord("Am7/G'", 'common')).toMatchObject({ quality: 'minor', extension: "7'", bass: { ord: 7 } });
  expect(transposeText('[D/F#*]', { semitones: 1 })).toBe('[D#/G*]');
  expect(parseChord('D/F#****', 'common')).toBeNull();
});
