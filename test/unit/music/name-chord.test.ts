import { expect, test } from 'vitest';
import { parseKey } from '../../../shared/music/key.ts';
import { nameChord } from '../../../shared/music/name-chord.ts';
import type { ChordSystem } from '../../../shared/music/parse-chord.ts';

const name = (chord: string, to: ChordSystem, key = 'G', from: ChordSystem = 'common'): string =>
  nameChord(chord, { from, to, key: parseKey(key) });

test.each([
  ['Bm7/F#', 'german', 'Hm7/Fis'],
  ['Bb', 'german', 'B'],
  ['Eb7', 'german', 'Es7'],
  ['F♯', 'german', 'F♯'],
  ['Am7/G', 'latin', 'Lam7/Sol'],
  ['B7', 'solfege', 'Ti7'],
  ['D/F#', 'nashville', '5/7'],
  ['Em7', 'nashville', '6m7'],
  ['F', 'nashville', 'b7'],
  ['C#dim', 'nashville', '#4dim'],
  ['Em7', 'roman', 'vi7'],
  ['F#m7b5', 'roman', 'vii7b5'],
  ['F#dim7', 'roman', 'vii°7'],
  ['Daug', 'roman', 'V+'],
  ['(Em)', 'roman', '(vi)'],
  ['NC', 'roman', 'NC'],
  ['Coda', 'german', 'Coda'],
] as const)('%s in %s is %s in G', (chord, system, expected) => {
  expect(name(chord, system)).toBe(expected);
});

test('degrees become notes of the key, German minor in lower case gets its m', () => {
  expect(['1', '4', '5/7', '6-7', 'b7'].map((chord) => name(chord, 'common', 'Bb', 'nashville'))).toEqual(['Bb', 'Eb', 'F/A', 'G-7', 'Ab']);
  expect(['ii7', 'V', 'vii°'].map((chord) => name(chord, 'common', 'D', 'roman'))).toEqual(['Em7', 'A', 'C#°']);
  expect(name('fis7', 'common', 'G', 'german')).toBe('F#m7');
});

test('without a key degrees stay degrees and notes notes', () => {
  expect(nameChord('C', { from: 'common', to: 'roman', key: null })).toBe('C');
  expect(nameChord('IV', { from: 'roman', to: 'nashville', key: null })).toBe('4');
});
