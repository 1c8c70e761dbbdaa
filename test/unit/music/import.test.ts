import { expect, test } from 'vitest';
import { importSong, type ImportFormat } from '../../../shared/music/import/import-song.ts';

const read = (format: ImportFormat, text: string): string | undefined => importSong(text, format)?.chordpro;

test('chords over lyrics: the place of each chord, headings, tabs, chords alone', () => {
  const text = [
    'Amazing Grace',
    'John Newton',
    'Capo: 2nd fret',
    '',
    'Verse 1:',
    '       G       C      G',
    'Amazing grace, how sweet the sound',
    'A line without chords',
    '',
    '[Chorus]',
    'G/B  |  D7  x2',
    '',
    'Am       F#m7b5',
    'hi',
    '',
    'e|--0--2--|',
    'B|--1-----|',
    '',
    '\tG',
    '12345678next',
  ].join('\r\n');
  expect(read('over-lyrics', text)).toBe(
    [
      '{title: Amazing Grace}',
      '{artist: John Newton}',
      '{capo: 2}',
      '',
      '{start_of_verse: Verse 1}',
      'Amazing[G] grace, [C]how swe[G]et the sound',
      'A line without chords',
      '{end_of_verse}',
      '',
      '{start_of_chorus: Chorus}',
      '[G/B] | [D7] x2',
      '{end_of_chorus}',
      '',
      '[Am]hi       [F#m7b5]',
      '',
      '{start_of_tab}',
      'e|--0--2--|',
      'B|--1-----|',
      '{end_of_tab}',
      '',
      '12345678[G]next',
      '',
    ].join('\n'),
  );
});

test('words that look like chords stay words where the line has others', () => {
  expect(read('over-lyrics', 'G  C\nA man\nAm I\nBad day\nA\nword\n')).toBe('[G]A m[C]an\nAm I\nBad day\n[A]word\n');
});

test('bars that touch chords, a heading with its chords, a key in words', () => {
  expect(read('over-lyrics', 'Key of G\n\nIntro: G D/F# Em\n\n|Em7 |G   |\n\nG  -  C\nHello you\n')).toBe(
    '{key: G}\n\n{start_of_intro: Intro}\n[G] [D/F#] [Em]\n{end_of_intro}\n\n| [Em7] | [G] |\n\n[G]Hello [C]you\n',
  );
});

test('German and Latin chord lines; what is only sung stays sung', () => {
  expect(read('over-lyrics', 'Hm   Fis\nein Wort\nB\nnoch')).toBe('[Hm]ein W[Fis]ort\n[B]noch\n');
  expect(read('over-lyrics', 'Do   Sol7  Lam\nuna parola sola')).toBe('[Do]una p[Sol7]arola [Lam]sola\n');
  expect(read('over-lyrics', 'La La La\nGo Go\nas a\nla la')).toBe('La La La\nGo Go\nas a\nla la\n');
});

test('minor chords in small letters are chords in German songs only, and never words', () => {
  const song = 'H7      e   a\nAm Brunnen vor dem Tore\na     d\nda steht\ne\nein\na b\nein Baum\n';
  expect(read('over-lyrics', song)).toBe('[H7]Am Brunn[e]en v[a]or dem Tore\n[a]da ste[d]ht\ne\nein\na b\nein Baum\n');
  expect(read('over-lyrics', 'G      C\nHere is a\na\nD7\nb\n')).toBe('[G]Here is[C] a\na\n[D7]b\n');
});

test('a remark behind the chords, and marks that players put to a chord, leave it a chord line', () => {
  expect(read('over-lyrics', 'Em   C   (let ring)\nsome words\nG*  D/F#*\nmore here\n')).toBe(
    '[Em]some [C]word[*(let ring)]s\n[G*]more[D/F#*] here\n',
  );
  expect(read('over-lyrics', 'G\nla\n\nA (quiet)\nA man  (alone)\n')).toBe('[G]la\n\nA (quiet)\nA man  (alone)\n');
});

test('double bars and repeats stay what they are', () => {
  expect(read('over-lyrics', 'G | C ||\n\n|: Am7 | D :|\n\n|:G   C:|\nla  la\n')).toBe(
    '[G] | [C] ||\n\n|: [Am7] | [D] :|\n\n[*|:]la[G]  la[C] [*:|]\n',
  );
});

test('chords stand over the letters that a monospaced font puts below them', () => {
  expect(read('over-lyrics', 'C     G   Am\n日本語の歌詞です\n')).toBe('[C]日本語[G]の歌[Am]詞です\n');
  // Marks take no room.
  expect(read('over-lyrics', 'C G\ne\u0301e\u0301e\n')).toBe('[C]e\u0301e\u0301[G]e\n');
});

test('OnSong', () => {
  const text =
    'My Song\nThe Band\nKey: [G]\nTempo: 96 bpm\nCCLI: 123\n\nVerse 1:\n[G]Hello [C]there\n\nagain\n\nChorus:\n G    D\nLa la la\n';
  expect(read('onsong', text)).toBe(
    '{title: My Song}\n{artist: The Band}\n{key: G}\n{tempo: 96}\n{meta: ccli 123}\n\n{start_of_verse: Verse 1}\n[G]Hello [C]there\n\nagain\n{end_of_verse}\n\n{start_of_chorus: Chorus}\nL[G]a la [D]la\n{end_of_chorus}\n',
  );
});

test('a copied Ultimate Guitar page', () => {
  const text =
    'Wild Rover Chords by Trad\n1,234 views\nDifficulty: novice\nTuning: E A D G B E\nKey: G\nCapo: 3rd fret\nAuthor someone [a] 99\nChords\nG  320003\nBm  x24432\n\n[Intro]\n[ch]G[/ch] [ch]C[/ch]\n\n[Verse 1]\n[tab][ch]G[/ch]           [ch]C[/ch]\nI have been a rover[/tab]\n\n[Solo]\ne|---3---|\nX\n';
  expect(read('ultimate-guitar', text)).toBe(
    '{title: Wild Rover}\n{artist: Trad}\n{meta: difficulty novice}\n{meta: tuning E A D G B E}\n{key: G}\n{capo: 3}\n{define: G base-fret 1 frets 3 2 0 0 0 3}\n{define: Bm base-fret 1 frets x 2 4 4 3 2}\n\n{start_of_intro: Intro}\n[G] [C]\n{end_of_intro}\n\n{start_of_verse: Verse 1}\n[G]I have been [C]a rover\n{end_of_verse}\n\n{start_of_tab: Solo}\ne|---3---|\n{end_of_tab}\n',
  );
});

test('OpenSong: fields, sections, chord lines, verses that share them', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<song><title>Grace &amp; more</title><author>J. N.</author><capo print="false">2</capo><key>G</key>
<lyrics>[V]
.G       C
1Amazing grace
2Twas   grace_
[C]
 A chorus
;softly
</lyrics></song>`;
  expect(read('opensong', xml)).toBe(
    '{title: Grace & more}\n{artist: J. N.}\n{key: G}\n{capo: 2}\n\n{start_of_verse: Verse 1}\n[G]Amazing [C]grace\n{end_of_verse}\n\n{start_of_verse: Verse 2}\n[G]Twas   g[C]race\n{end_of_verse}\n\n{start_of_chorus: Chorus}\nA chorus\n{comment: softly}\n{end_of_chorus}\n',
  );
});

test.each([
  ['no XML', 'hello'],
  ['another document', '<html/>'],
  ['a DOCTYPE, whose entities could grow', '<!DOCTYPE song [<!ENTITY a "aaaa">]><song><title>&a;</title></song>'],
  ['an entity of its own', '<song><title>&a;</title></song>'],
  ['tags that do not match', '<song><title>a</song></title>'],
  ['no end', '<song><lyrics>a'],
  ['two roots', '<song/><song/>'],
  ['too deep', `${'<song>'.repeat(50)}${'</song>'.repeat(50)}`],
])('OpenSong refuses %s', (_, xml) => {
  expect(importSong(xml, 'opensong')).toBeNull();
});

test.each(['over-lyrics', 'onsong'] as const)('%s: braces in names do not make directives', (format) => {
  expect(read(format, 'A } {new_song} B\n\n[Verse]\nwords')).not.toContain('{new_song}');
});

test('fields that nobody knows, rhythms and chords within the words', () => {
  const onsong = importSong('Song\nBand\nKey: [D]\nMIDI-Index: 3\n\nChorus:\n| D / / / | G / / / |\n(Repeat 2x)\n  D\nSing it\n', 'onsong');
  expect(onsong?.chordpro).toBe(
    '{title: Song}\n{artist: Band}\n{key: D}\n{meta: midi-index 3}\n\n{start_of_chorus: Chorus}\n| [D] / / / | [G] / / / |\n(Repeat 2x)\nSi[D]ng it\n{end_of_chorus}\n',
  );
  const tagged = importSong(
    '[Verse 1]\n[tab][ch]Em7[/ch]    [ch]G[/ch]\nToday is[/tab]\nAnd [ch]C[/ch]after all [ch]D[/ch]\n',
    'ultimate-guitar',
  );
  expect(tagged?.chordpro).toBe('{start_of_verse: Verse 1}\n[Em7]Today i[G]s\nAnd [C]after all [D]\n{end_of_verse}\n');
});

test('OnSong: whatever ends with a colon names a section, in short too; a section of its own ends the one before', () => {
  expect(read('onsong', 'A\n\nV2:\n[G]a\n\nGuitar lead:\n[C]\n{soc}\nb\n{eoc}\nTab:\nc\n')).toBe(
    '{title: A}\n\n{start_of_verse: Verse 2}\n[G]a\n{end_of_verse}\n\n{start_of_guitar_lead: Guitar lead}\n[C]\n{end_of_guitar_lead}\n\n{soc}\nb\n{eoc}\n{start_of_part: Tab}\nc\n{end_of_part}\n',
  );
});

test('a heading over a tab names the tab; a chorus with nothing below it is sung again', () => {
  expect(read('over-lyrics', 'Guitar solo:\ne|--0--2--|\n\n(Instrumental)\nG  D\n')).toBe(
    '{start_of_tab: Guitar solo}\ne|--0--2--|\n{end_of_tab}\n\n{start_of_instrumental: Instrumental}\n[G] [D]\n{end_of_instrumental}\n',
  );
  expect(read('ultimate-guitar', '[Chorus]\nG\nla\n\n[Verse 2]\nb\n\n[Chorus x2]\n\n[Outro]\nG\n')).toContain(
    'b\n{end_of_verse}\n\n{chorus: Chorus x2}\n\n{start_of_outro: Outro}\n',
  );
});

test('Ultimate Guitar: the list of chords above the song and the votes below it are of the page', () => {
  const page = importSong('Song Chords by Band\nChords\nG\nD/F#\n[Verse]\nG\nla\n\nX\n+12\nLast update: today\n', 'ultimate-guitar');
  expect(page?.chordpro).toBe('{title: Song}\n{artist: Band}\n\n{start_of_verse: Verse}\n[G]la\n{end_of_verse}\n');
  expect(page?.notes).toHaveLength(3);
});

test('commas between chords only part them, a repeat may have a blank in it, and chords are no title', () => {
  expect(read('over-lyrics', 'Intro: G, D/F#, Em7\n\nG  D  x 3\nC7(b9,#11), F\nla la')).toBe(
    '{start_of_intro: Intro}\n[G] [D/F#] [Em7]\n{end_of_intro}\n\n[G] [D] x 3\n[C7(b9,#11)]la la       [F]\n',
  );
});

const page = (key: string): string => `Key: ${key}\nCapo: 2nd fret\n\n[Verse]\nEm7   G   D   A7sus4\nToday is the day\n`;

test('with a capo the key is that of the shapes, whichever the page names', () => {
  const sounding = importSong(page('F#m'), 'ultimate-guitar');
  expect(sounding?.chordpro).toContain('{key: Em}\n{capo: 2}\n');
  expect(sounding?.notes).toEqual(['F#m is the key that sounds with the capo: the key of the shapes, Em, is written.']);
  expect(importSong(page('Em'), 'ultimate-guitar')).toMatchObject({ chordpro: expect.stringContaining('{key: Em}'), notes: [] });
});
