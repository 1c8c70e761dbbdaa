import { expect, test } from 'vitest';
import { chordJson } from '../../../shared/music/export-chords.ts';
import type { ChordSystem } from '../../../shared/music/parse-chord.ts';

/** The roots that ChordPro's own tables of names have, and the semitones they stand for. */
const roots: Readonly<Record<ChordSystem, string>> = {
  common: 'C C#,Cis,C♯,Db,Des,D♭ D D#,Dis,Eb,Es,Ees E F F#,Fis,Gb,Ges G G#,Gis,Ab,As,Aes A A#,Ais,Bb,Bes B',
  german: 'C Cis,Des D Dis,Es E F Fis,Ges G Gis,As A Ais,B H',
  latin: 'Do Do#,Reb,Re♭ Re Re#,Mib Mi Fa Fa#,Solb Sol Sol#,Lab La La#,Sib Si',
  solfege: 'Do Di,Ra Re Ri,Me,Ma Mi Fa Fi,Se So Si,Le,Lo La Li,Te,Ta Ti',
  nashville: '1 #1,b2 2 #2,b3 3 4 #4,b5 5 #5,b6 6 #6,b7 7',
  roman: 'I #I,bII II #II,bIII III IV #IV,bV V #V,bVI VI #VI,bVII VII',
};

const majors =
  ' 11 13 13#11 13#9 13b9 2 3 4 5 6 69 6add9 7 7add11 7#11 7#5 7#9 7#9#11 7#9#5 7#9b5 7alt 7b13 7b13sus 7b5 7b9 7b9#11 7b9#9 7b9b13 7b9sus 7-13 7-5 7+5 7-9 7-9-13 7-9sus 7sus 7susadd3 7+ 9 9+ 9#11 9b5 9-5 9sus 9add6 maj13 maj7 maj7#11 maj7#5 maj7sus2 maj9 maj9#11 ^ ^7 ^9#11 alt add2 add4 add9 add11 sus sus2 sus4 sus9 6sus4 7sus2 7sus4 13sus4';
const minors = ' #5 11 13 6 69 7b5 7-5 7 maj7 ^7 9 maj9 9maj7 add9 b6 #7 sus sus4 sus9 7sus 7sus4';
const kinds = [
  ['', 'major', majors],
  ['m', 'minor', minors],
  ['mi', 'minor', minors],
  ['min', 'minor', minors],
  ['-', 'minor', minors],
  ['+', 'augmented', ' 7'],
  ['aug', 'augmented', ' 7'],
  ['dim', 'diminished', ' 7'],
  ['o', 'diminished', ' 7'],
  ['0', 'diminished', ' 7'],
] as const;

test.each(Object.entries(roots))('%s: every root with every quality, extension and some basses', (system, list) => {
  const named = list.split(' ').flatMap((names, ord) => names.split(',').map((name) => ({ name, ord })));
  const wrong: string[] = [];
  let count = 0;
  for (const [at, root] of named.entries()) {
    for (const [sign, quality, extensions] of kinds) {
      for (const extension of extensions.split(' ')) {
        for (const bass of [null, named[(at + 3) % named.length], named[(at + 8) % named.length]]) {
          const name = root.name + sign + extension + (bass === null || bass === undefined ? '' : `/${bass.name}`);
          const read = chordJson(name, system as ChordSystem);
          const found = [read.valid, read.root_ord, read.quality, read.extension, read.bass_ord].join(' ');
          if (found !== [true, root.ord, quality, extension, bass?.ord ?? ''].join(' ')) wrong.push(`${name}: ${found}`);
          count += 1;
        }
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(count).toBeGreaterThan(5_000);
});

test('a bass alone, half-diminished chords, and what is only a word', () => {
  expect(chordJson('/E', 'common')).toMatchObject({ valid: true, root: null, root_ord: null, quality: null, bass: 'E', bass_ord: 4 });
  for (const name of ['Ch7', 'Cø7']) expect(chordJson(name, 'common')).toMatchObject({ quality: 'diminished', root_ord: 0 });
  expect(chordJson('Sib', 'solfege').valid).toBe(false);
  expect(chordJson('Domaj', 'latin')).toMatchObject({ quality: 'major', extension: '' });
  for (const word of ['Hallo', 'Doremi', 'Solo', 'Refrain', 'Fine', 'D.C.', 'x2', 'Verse 1', 'Amen', 'Bridge', 'Ending']) {
    expect([word, chordJson(word, 'common').valid]).toEqual([word, false]);
  }
});
