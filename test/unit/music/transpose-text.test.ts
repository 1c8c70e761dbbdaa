import { expect, test } from 'vitest';
import { keyName, parseKey, transposeKey } from '../../../shared/music/key.ts';
import { transposeText, type SpellingChoice } from '../../../shared/music/transpose-text.ts';
import { realSongs } from './real-songs.ts';
import { decodeSong } from '../../../shared/music/song-bytes.ts';

const by = (text: string, semitones: number, choice?: SpellingChoice): string | null => transposeText(text, { semitones }, choice);
const to = (text: string, name: string): string | null => {
  const key = parseKey(name);
  if (key === null) throw new Error(`${name} is no key`);
  return transposeText(text, { to: key });
};

test('chords and keys move; words, tabs, remarks, titles and odd bytes stay', () => {
  const song =
    '\ufeff{title: A in C}\r\n{key: G}\n{meta: key Em}\t\n# [G]\n[G]A [D/F#]wo[*G]rd [Coda] [C\n{sot}\nG|-[G]-\n{eot}\n{c: Go to G}\n';
  expect(by(song, 2)).toBe(
    '\ufeff{title: A in C}\r\n{key: A}\n{meta: key F#m}\t\n# [G]\n[A]A [E/G#]wo[*G]rd [Coda] [C\n{sot}\nG|-[G]-\n{eot}\n{c: Go to G}\n',
  );
});

test('chords in brackets move in comments too, as ChordPro has them', () => {
  expect(by('{c: Intro [G] [D7]}', 2)).toBe('{c: Intro [A] [E7]}');
});

test('grids: cells move, margins stay', () => {
  expect(by('{sog}\nA || G . Bb/D | % |. A\n{eog}', 2)).toBe('{sog}\nA || A . C/E | % |. A\n{eog}');
});

test('grids in the names of the song; voltas are no degrees', () => {
  expect(by('[H]\n{sog}\n| H . | B |2 Fis :|\n{eog}', 1)).toBe('[C]\n{sog}\n| C . | H |2 G :|\n{eog}');
  expect(by('[Re][Sol]\n{sog}\n| Do . | Sol |\n{eog}', 2)).toBe('[Mi][La]\n{sog}\n| Re . | La |\n{eog}');
});

// Found by the fuzz: an end that does not fit ended the grid here and not in the chart.
test('a grid goes on after the end of something else', () => {
  expect(by('{sog}\n{eot}\n[G] | G |', 2)).toBe('{sog}\n{eot}\n[G] | A |');
});

test('definitions move with their shape, and back', () => {
  const song =
    '{define: Am base-fret 1 frets x 0 2 2 1 0}\n{define: F base-fret 1 frets 1 3 3 2 1 1 fingers 1 3 4 2 1 1}\n{chord: [G]}\n{chord: Bm}';
  const up =
    '{define: Bm base-fret 1 frets x 2 4 4 3 2}\n{define: G base-fret 3 frets 1 3 3 2 1 1 fingers 1 3 4 2 1 1}\n{chord: [A]}\n{chord: C#m}';
  expect(by(song, 2)).toBe(up);
  expect(by(up, -2)).toBe(song.replace('{chord: Bm}', '{chord: Bm}'));
});

test('what a definition shows moves with its name', () => {
  expect(by('{define: C display "D/F#" frets x 3 2 0 1 0}\n{define: [C] frets x 3 2 0 1 0 display D}', 2)).toBe(
    '{define: D display "E/G#" frets x 5 4 2 3 2}\n{define: [D] frets x 3 2 0 1 0 display E}',
  );
  expect(by('{define: C frets x 3 2 0 1 0 display D}\n{define: Riff frets 1 1 1 1 1 1 display D}', 2)).toBe(
    '{define: D frets x 5 4 2 3 2 display E}\n{define: Riff frets 1 1 1 1 1 1 display D}',
  );
});

test('without a key the direction spells; with one the key does; both can be overruled', () => {
  expect(by('[C]', 1)).toBe('[C#]');
  expect(by('[D]', -1)).toBe('[Db]');
  expect(by('{key: C}\n[C][F][G]', 1)).toBe('{key: Db}\n[Db][Gb][Ab]');
  expect(by('{key: F}\n[Bb]', 4)).toBe('{key: A}\n[D]');
  expect(by('{key: C}\n[C][F]', 1, 'sharps')).toBe('{key: C#}\n[C#][F#]');
  expect(by('{key: D}\n[D][F#m]', 0, 'flats')).toBe('{key: D}\n[D][Gbm]');
  expect(by('{key: C}\n[Bb][Eb][F#dim]', 2)).toBe('{key: D}\n[C][F][G#dim]');
  expect(by('{key: Em}\n[B/D#]', -2)).toBe('{key: Dm}\n[A/C#]');
});

test('to a key: the nearest way, the mode of the song, each song by its own', () => {
  expect(to('{key: A}\n[A][D]', 'Bb')).toBe('{key: Bb}\n[Bb][Eb]');
  expect(to('{key: Am}\n[Am]', 'C')).toBe('{key: Cm}\n[Cm]');
  expect(to('{key: C}\n[C]\n{ns}\n{key: D}\n[D]', 'E')).toBe('{key: E}\n[E]\n{ns}\n{key: E}\n[E]');
  expect(to('{key: C}\n[C][F]', 'C#')).toBe('{key: C#}\n[C#][F#]');
  expect(to('[C]', 'E')).toBeNull();
  expect(to('', 'E')).toBeNull();
});

test('a key in the middle of a song is followed', () => {
  expect(by('{key: C}\n[F]\n{key: D}\n[F#m]', 1)).toBe('{key: Db}\n[Gb]\n{key: Eb}\n[Gm]');
});

test('other systems keep their names, degrees stay', () => {
  expect(by('{key: h}\n[hm][A][Fis]', 1)).toBe('{key: c}\n[cm][B][G]');
  expect(by('[Do][Sib/Re]', 2)).toBe('[Re][Do/Mi]');
  expect(by('[1][4][5/7]', 3)).toBe('[1][4][5/7]');
  expect(by('{key: Am}\n[Am/g][D/f#]', 2)).toBe('{key: Bm}\n[Bm/a][E/g#]');
  expect(by('{key: h-moll}\n[hm][A]', 1)).toBe('{key: c-moll}\n[cm][B]');
  expect(by('[F♯][C]', 7)).toBe('[C♯][G]');
});

const majors = ['C', 'G', 'D', 'A', 'E', 'B', 'F#', 'F', 'Bb', 'Eb', 'Ab', 'Db'];
const minors = ['Am', 'Em', 'Bm', 'F#m', 'C#m', 'G#m', 'Ebm', 'Bbm', 'Fm', 'Cm', 'Gm', 'Dm'];
const sharps = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
const flats = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

test('a German song stays one when its H is gone, and the diminished #4 of C comes back', () => {
  const german = '{key: C}\n[C][Es][B7][H][G/H][As]\n';
  const down = by(german, -2) ?? '';
  expect(down).toBe('{key: B}\n[B][Des][As7][A][F/A][Ges]\n');
  expect(by(down, 2)).toBe(german);
  const song = '{key: C}\n[F#dim7][G]\n';
  for (let semitones = -11; semitones <= 11; semitones += 1) expect(by(by(song, semitones) ?? '', -semitones)).toBe(song);
  // The Dutch write Bes.
  expect(by('[Bes][Es][B]', 2)).toBe('[C][F][Cis]');
});

test('a German song in F or D minor, whose only B is the flat one, is still German', () => {
  const song = '{key: C}\n[C][F/C][Am][E7/H][G/H]\n';
  expect(by(song, 5)).toBe('{key: F}\n[F][B/F][Dm][A7/E][C/E]\n');
  for (let semitones = -11; semitones <= 11; semitones += 1) expect(by(by(song, semitones) ?? '', -semitones)).toBe(song);
  expect(by('{key: d}\n[Dm][Gm][B][A7]', 2)).toBe('{key: e}\n[Em][Am][C][H7]');
  // What others write in those keys, or in theirs.
  expect(by('{key: F}\n[F][Bdim7][C]', 2)).toBe('{key: G}\n[G][C#dim7][D]');
  expect(by('{key: F}\n[F][Bb][C/B]', 2)).toBe('{key: G}\n[G][C][D/C#]');
  expect(by('{key: Cm}\n[Cm][G/B]', 2)).toBe('{key: Dm}\n[Dm][A/C#]');
  expect(by('{key: Ebm}\n[Ebm][B][F]', 2)).toBe('{key: Fm}\n[Fm][Db][G]');
  expect(by('{key: F}\n[B7]', 2)).toBe('{key: G}\n[C#7]');
  const odd = '{key: C}\n[C][G][F#][Dm]\n{ns}\n{key: C}\n[C][F#][F]';
  expect(by(odd, 5)).toBe('{key: F}\n[F][C][Cb][Gm]\n{ns}\n{key: F}\n[F][B][Bb]');
  expect(by(by(odd, 5) ?? '', -5)).toBe(odd.replace('F#][Dm', 'Gb][Dm'));
  expect(by('{key: F}\n[F][C]\n{key: E}\n[B7]', 2)).toBe('{key: G}\n[G][D]\n{key: F#}\n[C#7]');
});

const grid = (row: string): string => `{sog}\n# | H |\n| ${row} |\n{eog}\n[*x]`;

test('a grid without lyrics tells its names', () => {
  expect(by(grid('Es . | B . | Fm . | Hdim .'), 2)).toBe(grid('F . | C . | Gm . | Cisdim .'));
  expect(by(grid('Lam . | Rem . | Mi7 .'), 2)).toBe(grid('Sim . | Mim . | Fa#7 .'));
  expect(by(grid('1 . | 4 . | 5/7 .'), 2)).toBe(grid('1 . | 4 . | 5/7 .'));
});

test('solfège is told from Latin names by its So and Ti', () => {
  expect(by('{key: Do}\n[Do][Fa][So/Ti][Lam]', 2)).toBe('{key: Re}\n[Re][So][La/Di][Tim]');
  expect(by('[Do][Fi°][Ti]', -1)).toBe('[Ti][Fa°][Te]');
  expect(by('[Do][So][Si]', 1)).toBe('[Do#][Sol#][Do]');
  expect(by('[Re\u0301m][Do\u0301#7]', 2)).toBe('[Mim][Re#7]');
});

test('a bass goes with its chord and comes back, also from keys in which its name is no plain one', () => {
  expect(by('{key: G}\n[D/F#][B7/D#]', -1)).toBe('{key: F#}\n[C#/E#][A#7/D]');
  expect(by('{key: F#}\n[C#/E#][A#7/D]', 1)).toBe('{key: G}\n[D/F#][B7/D#]');
  expect(by(by('{key: F#}\n[C#/F]', 1) ?? '', -1)).toBe('{key: F#}\n[C#/F]');
  const degrees = [
    ['', 0, 2],
    ['', 4, 2],
    ['', 3, 2],
    ['m', 5, 2],
    ['7', 4, 6],
    ['', 0, 4],
    ['', 0, 6],
    ['m', 1, 2],
  ] as const;
  for (const name of [...majors, ...minors]) {
    // Those have an E# or Cb of their own.
    if (name === 'F#' || name === 'Ebm') continue;
    const scale = scaleOf(name);
    const song = `{key: ${name}}\n${degrees.map(([sign, root, up]) => `[${scale[root]}${sign}/${scale[(root + up) % 7]}]`).join('')}`;
    for (let semitones = -11; semitones <= 11; semitones += 1) {
      expect([name, semitones, by(by(song, semitones) ?? '', -semitones)]).toEqual([name, semitones, song]);
    }
  }
});

test('a chord with markup within it moves as the chart has it', () => {
  expect(by('[C<sup>7</sup>]a [<b>D</b>/F#]b [<i>A</i>m7]c [<b>E/G#</b>]d [B<small>b</small>/D]e', 2)).toBe(
    '[D<sup>7</sup>]a [<b>E</b>/G#]b [<i>B</i>m7]c [<b>F#/A#</b>]d [C<small></small>/E]e',
  );
});

test('an alteration right behind the root does not become its accidental', () => {
  expect(by('[C#b5][Eb#11]', 1)).toBe('[D(b5)][E(#11)]');
  expect(by('[D(b5)]', -1)).toBe('[Db(b5)]');
  expect(by('[C#b5]', -2)).toBe('[B(b5)]');
  expect(by('[F#b5]', 2)).toBe('[G#b5]');
});

test('a flat third, sixth or second is one in every key', () => {
  expect(by('{key: E}\n[E][G][A][C][D]', 3)).toBe('{key: G}\n[G][Bb][C][Eb][F]');
  expect(by('{key: F}\n[Ab][Db]', 2)).toBe('{key: G}\n[Bb][Eb]');
  expect(by('{key: B}\n[G][C]', 3)).toBe('{key: D}\n[Bb][Eb]');
  expect(by('{key: E}\n[F][A#7][C#7]', 5)).toBe('{key: A}\n[Bb][D#7][F#7]');
});

/** What is no sharp of the key: its flat third, sixth and second. */
const borrowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  G: { 'A#': 'Bb', 'D#': 'Eb', 'G#': 'Ab' },
  D: { 'A#': 'Bb', 'D#': 'Eb' },
  A: { 'A#': 'Bb' },
};

test('up and down again is the same text in every major key, for all twelve tones as they are written there', () => {
  for (const [index, name] of majors.entries()) {
    if (name === 'C') continue;
    const tones = (index < 7 ? sharps : flats).map((tone) => borrowed[name]?.[tone] ?? tone);
    const song = `{key: ${name}}\n${tones.map((tone) => `[${tone}7]`).join(' ')}\n`;
    for (let semitones = -12; semitones <= 12; semitones += 1) {
      const there = by(song, semitones) ?? '';
      expect([name, semitones, by(there, -semitones)]).toEqual([name, semitones, song]);
    }
  }
});

test('up and down again is the same text in every key for the chords of its scale', () => {
  for (const name of [...majors, ...minors]) {
    const key = parseKey(name);
    if (key === null) throw new Error(name);
    const steps = key.isMinor ? ['m', 'dim', '', 'm', 'm', '', ''] : ['', 'm', 'm', '', '', 'm', 'dim'];
    const scale = scaleOf(name);
    const song = `{key: ${name}}\n${scale.map((tone, step) => `[${tone}${steps[step]}]`).join('')}`;
    for (let semitones = -12; semitones <= 12; semitones += 1) {
      const there = by(song, semitones) ?? '';
      expect(there).toContain(`{key: ${keyName(transposeKey(key, semitones))}}`);
      expect([name, semitones, by(there, -semitones)]).toEqual([name, semitones, song]);
    }
  }
});

/** The natural scale as charts write it: without E#, B#, Cb, Fb. */
function scaleOf(name: string): string[] {
  const isMinor = name.endsWith('m');
  const tonic = isMinor ? name.slice(0, -1) : name;
  const isSharp = majors.slice(0, 7).includes(name) || minors.slice(0, 6).includes(name);
  const table = isSharp ? sharps : flats;
  const start = table.indexOf(tonic);
  return (isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11]).map((step) => table[(start + step) % 12] ?? '');
}

// Skipped where the songs of other musicians are not at hand.
test.skipIf(realSongs.length === 0)('real songs: up and down again is the same text', () => {
  for (const [name, bytes] of realSongs) {
    const { text } = decodeSong(bytes);
    for (let semitones = -11; semitones <= 11; semitones += 1) {
      expect([name, semitones, by(by(text, semitones) ?? '', -semitones)]).toEqual([name, semitones, text]);
    }
  }
});
