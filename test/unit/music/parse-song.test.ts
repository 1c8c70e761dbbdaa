import { expect, test } from 'vitest';
import { chartText } from '../../../shared/music/export-text.ts';
import { songsJson } from '../../../shared/music/export-json.ts';
import { chordNames } from '../../../shared/music/chord-names.ts';
import { createChartReader, parseSong, parseSongs } from '../../../shared/music/parse-song.ts';

const chordsOf = (text: string): (string | null)[] =>
  parseSong(text).sections.flatMap((section) =>
    section.lines.flatMap((line) => line.segments.flatMap(({ chord }) => (chord === null ? [] : [chord]))),
  );
const codesOf = (text: string): string[] => parseSong(text).diagnostics.map(({ code }) => code);

test('chords stand before the words they are sung on', () => {
  const [section] = parseSong('Away [D]in a [A7/C#]man[G]ger').sections;
  expect(section?.type).toBe('none');
  expect(section?.lines[0]?.segments.map(({ chord, lyrics }) => [chord, lyrics])).toEqual([
    [null, 'Away '],
    ['D', 'in a '],
    ['A7/C#', 'man'],
    ['G', 'ger'],
  ]);
});

test('metadata keeps repeated values in order, and what has no value makes none', () => {
  const { meta } = parseSong('{t:One}\n{subtitle:}\n{artist: A}\n{meta: artist B}\n{META: __proto__ x}\n{Title: Two}');
  expect(meta['title']).toEqual(['One', 'Two']);
  expect(meta['artist']).toEqual(['A', 'B']);
  expect(meta['subtitle']).toBeUndefined();
  expect(Object.getPrototypeOf(meta)).toBe(Object.prototype);
});

test('annotations, remarks, optional chords and what is no chord', () => {
  const chart = parseSong('[*Rit.]a [(Am)]b [foo]c []d [NC]e\n# nothing\n');
  expect(chart.sections[0]?.lines[0]?.segments.map(({ kind, chord, annotation }) => [kind, annotation ?? chord])).toEqual([
    ['annotation', 'Rit.'],
    ['chord', '(Am)'],
    ['unknown', 'foo'],
    ['text', null],
    ['chord', 'NC'],
  ]);
  expect(chart.diagnostics).toMatchObject([{ code: 'unknown-chord', line: 1, from: 17, to: 22 }]);
});

test('sections in long and short form, labels in both forms, any name', () => {
  const text =
    '{sov: Verse 1}\na\n{eov}\n\n{start_of_chorus label="All: \\"loud\\""}\nb\n{eoc}\n{start_of_Intro}\nc\n{end_of_intro}\n{sob}\nd';
  expect(parseSong(text).sections.map(({ type, label }) => [type, label])).toEqual([
    ['verse', 'Verse 1'],
    ['chorus', 'All: "loud"'],
    ['intro', null],
    ['bridge', null],
  ]);
  expect(codesOf(text)).toEqual(['section-not-closed']);
});

test('a chorus is recalled in the transposition of its place', () => {
  const chart = parseSong('{soc: Chorus}\n[G]la\n{eoc}\n{transpose: 2}\n{chorus}\n{chorus: Last time}\n');
  expect(chart.sections.map(({ label, is_recall, lines }) => [label, is_recall, lines[0]?.segments[0]?.chord])).toEqual([
    ['Chorus', false, 'G'],
    ['Chorus', true, 'A'],
    ['Last time', true, 'A'],
  ]);
  expect(codesOf('{chorus}')).toEqual(['no-chorus']);
});

test('in a tab everything is as typed, even directives and brackets, up to its end', () => {
  const [tab] = parseSong('{sot}\ne|--[3]--{c: x}\n{c: kept}\n{eot}\n').sections;
  expect(tab?.lines.map(({ type, segments }) => [type, segments[0]?.chord, segments[0]?.lyrics])).toEqual([
    ['tab', null, 'e|--[3]--{c: x}'],
    ['tab', null, '{c: kept}'],
  ]);
});

test('a grid has chords between its bars, and margins that are words', () => {
  const [grid] = parseSong('{start_of_grid: 4x4 Intro}\nA || Am . C/G . | %  | D7~E :| A 2x\n{eog}').sections;
  expect([grid?.label, grid?.attributes]).toEqual(['Intro', { shape: '4x4' }]);
  const segments = grid?.lines[0]?.segments ?? [];
  expect(segments.flatMap(({ chord }) => (chord === null ? [] : [chord]))).toEqual(['Am', 'C/G', 'D7', 'E']);
  expect(segments.map(({ chord, lyrics }) => (chord ?? '') + lyrics).join('')).toBe('A || Am . C/G . | %  | D7~E :| A 2x');
});

test('{transpose}: by its sign, with s, f and k, inside each other, cancelled', () => {
  const song = '{key: F}\n{transpose: 2}\n[E]\n{transpose: -10}\n[E]\n{transpose}\n[E]\n{transpose}\n[E]';
  expect(chordsOf(song)).toEqual(['F#', 'G#', 'F#', 'E']);
  // As ChordPro has it: inside another transposition the direction stays that of the outer one.
  expect(chordsOf('{transpose: -3}\n[C#]\n{transpose: 1}\n[C]')).toEqual(['Bb', 'Bb']);
  expect(chordsOf('[C][E]{x}\n{transpose: -10}\n[E]')).toEqual(['C', 'E', 'Gb']);
  expect(chordsOf('{transpose: 2f}\n[E]\n{transpose}\n{transpose:-10s}\n[E]')).toEqual(['Gb', 'F#']);
  expect(chordsOf('{key: C}\n{transpose: 1k}\n[C][F][Dm]')).toEqual(['Db', 'Gb', 'Ebm']);
  expect(codesOf('{transpose: loud}')).toEqual(['value-not-understood']);
});

test('the key is what is written; what it becomes is added', () => {
  expect(parseSong('{key: C}\n{capo: 2}').meta).toMatchObject({ key: ['C'], key_actual: ['C'], key_sound: ['D'] });
  expect(parseSong('{transpose: 3}\n{key: C}').meta).toMatchObject({ key: ['C'], key_actual: ['Eb'], key_from: ['C'] });
  expect(parseSong('{key: D#}').meta).toMatchObject({ key: ['D#'], key_actual: ['Eb'] });
  expect(parseSong('{key: C}\n{transpose: 3}').meta).toMatchObject({ key_actual: ['C'] });
});

test('a German song names its keys in German, and they are read so again', () => {
  const chart = parseSong('{key: H}\n{capo: 1}\n[H]a [Fis]');
  expect(chart.meta).toMatchObject({ key_actual: ['H'], key_sound: ['C'] });
  expect(chartText(chart)).toContain('Key: H');
  expect(chartText(chart, { capo: 0 })).toContain('Key: C\n\nC G\n');
  // After {transpose} nothing but B and C is left, and B is still the flat one.
  expect(chartText(parseSong('{key: H}\n{transpose: -11}\n[H]a [A]'), { capo: 0, notation: 'common' })).toContain('C Bb');
  expect(parseSong('{transpose: -1}\n{key: H}\n[H]').meta).toMatchObject({ key_actual: ['B'] });
});

test('selectors: for who reads, for all others, for what the song has, whole sections', () => {
  const song =
    '{c-guitar: g}\n{c-ukulele: u}\n{c-ukulele!: not u}\n{capo: 2}\n{c-capo: capo}\n{start_of_verse-piano}\n[C]p\n{end_of_verse-piano}\nend';
  const words = (selectors?: string[]) =>
    parseSong(song, selectors === undefined ? {} : { selectors }).sections.flatMap((section) =>
      section.lines.map((line) => line.segments.map(({ lyrics }) => lyrics).join('')),
    );
  expect(words()).toEqual(['g', 'not u', 'capo', 'end']);
  expect(words(['piano'])).toEqual(['not u', 'capo', 'p', 'end']);
});

test('%{…} is replaced by metadata, with alternatives', () => {
  const song =
    '{t: A}\n{artist: B}\n{artist: C}\n{c: %{title} by %{artist}, %{artist.2}, %{artist.-2}, %{capo|capo %{}|no capo}, %{title=A|yes|no}, %{album}}\n[G]%{title}';
  const lines = parseSong(song).sections[0]?.lines.map((line) => line.segments.map(({ lyrics }) => lyrics).join(''));
  expect(lines).toEqual(['A by B; C, C, B, no capo, yes, ', 'A']);
});

test('%{key.print} and %{key.sound} follow key, capo and {transpose}', () => {
  const song = '{key: C}\n{c: %{key.print} %{key.sound}}\n{capo: 2}\n{transpose: 2}\n{c: %{key} %{key.print} %{key.sound} %{key_from}}';
  const lines = parseSong(song).sections[0]?.lines.map((line) => line.segments.map(({ lyrics }) => lyrics).join(''));
  expect(lines).toEqual(['C C', 'C D E C']);
});

test('a {new_song} ends a tab that was not closed', () => {
  const songs = parseSongs('{sot}\ne|--\n{ns}\n[G]x');
  expect(songs.map(({ sections }) => sections.map(({ type }) => type))).toEqual([['tab'], ['none']]);
});

test('lines that go on, and escapes', () => {
  const [section] = parseSong('[G]one \\\n   [C]two\n\\u00e9t\\u00E9').sections;
  expect(section?.lines.map((line) => line.segments.map(({ chord, lyrics }) => [chord, lyrics]))).toEqual([
    [
      ['G', 'one '],
      ['C', 'two'],
    ],
    [[null, 'été']],
  ]);
  expect(section?.positions.map(({ line }) => line)).toEqual([1, 3]);
  // Ranges are those of the line as it is typed.
  expect(section?.lines[0]?.segments.map(({ from, to }) => section.lines[0]?.source.slice(from, to))).toEqual(['[G]', '[C]']);
  expect(section?.lines[0]?.source).toBe('[G]one \\\n   [C]two');
});

test('all line ends, a byte order mark, blanks around braces', () => {
  const chart = parseSong('\ufeff{title: X}\r\n  {artist:Y}  \r[G]a\nb\r\n');
  expect(chart.meta).toMatchObject({ title: ['X'], artist: ['Y'] });
  expect(chart.sections[0]?.lines.map(({ source }) => source)).toEqual(['[G]a', 'b']);
  expect(chart.sections[0]?.positions[1]).toEqual({ line: 4, from: 33, to: 34 });
});

test('unknown directives are kept and said; custom ones are kept', () => {
  const chart = parseSong('{flow: V1 C}\n{x_mine: 1}\n{ccli: 5}');
  expect(chart.sections[0]?.lines.map((line) => (line.type === 'directive' ? [line.name, line.value] : null))).toEqual([
    ['flow', 'V1 C'],
    ['x_mine', '1'],
    ['ccli', '5'],
  ]);
  expect(chart.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ['unknown-directive', 'info'],
    ['unknown-directive', 'info'],
  ]);
});

test('{define} and {chord}', () => {
  const { definitions, sections } = parseSong(
    '{define: Am base-fret 1 frets x 0 2 2 1 0 fingers - - 2 3 1 -}\n{chord: Cm keys 0 3 7}\n{define: [}',
  );
  expect(definitions).toMatchObject([
    { name: 'Am', base_fret: 1, frets: [null, 0, 2, 2, 1, 0], fingers: [null, null, 2, 3, 1, null], is_inline: false },
    { name: 'Cm', keys: [0, 3, 7], is_inline: true },
    { name: '[' },
  ]);
  expect(sections[0]?.lines).toMatchObject([{ type: 'directive', name: 'chord', value: 'Cm keys 0 3 7' }]);
});

test('columns, images, comments, fonts, page breaks', () => {
  const chart = parseSong(
    '{columns: 2}\n{image: src="a b.png" scale=0.5 center}\n{ci: soft}\n{cb: box}\n{highlight: h}\n{colb}\n{np}\n{textsize: 12}\n{columns: x}',
  );
  expect(chart.columns).toBe(2);
  expect(
    chart.sections[0]?.lines.map((line) => (line.type === 'comment' ? line.style : line.type === 'directive' ? line.name : line.type)),
  ).toEqual(['columns', 'image', 'italic', 'box', 'highlight', 'column_break', 'new_page', 'textsize', 'columns']);
  expect(chart.diagnostics.map(({ code }) => code)).toEqual(['value-not-understood']);
});

test('{new_song} starts the next song; before anything else it starts the first', () => {
  const songs = parseSongs('{new_song}\n{t:A}\n{key:G}\n{ns}\n{t:B}\n[H]b [Fis]');
  expect(songs.map(({ meta }) => meta['title']?.[0])).toEqual(['A', 'B']);
  expect(songsJson(songs).songs).toHaveLength(2);
  expect(songsJson(songs.slice(0, 1))).not.toHaveProperty('songs');
  expect(parseSongs('')).toHaveLength(1);
});

test('songs in German, Latin, Nashville and Roman names are read as such', () => {
  expect(chordsOf('{transpose: 1}\n[H]a [B] [Fis]')).toEqual(['C', 'H', 'G']);
  expect(chordsOf('{transpose: 2}\n[Do]a [Sol] [Re/Fa#]')).toEqual(['Re', 'La', 'Mi/Sol#']);
  expect(chordsOf('{transpose: 2}\n[1] [4] [5/7] [6m]')).toEqual(['1', '4', '5/7', '6m']);
  expect(chordsOf('{transpose: 2}\n[I] [IV] [V7] [vi]')).toEqual(['I', 'IV', 'V7', 'vi']);
});

test('an H makes a song German; lower case does so only where no B would become another tone', () => {
  expect(chordsOf('{transpose: 1}\n[H][B]')).toEqual(['C', 'H']);
  expect(chordsOf('{transpose: 1}\n[a][B]')).toEqual(['a', 'C']);
  expect(chordsOf('{transpose: 1}\n[a][F]')).toEqual(['ais', 'Fis']);
});

test('lines that did not change are the same objects in the next chart', () => {
  const read = createChartReader();
  const first = read('{soc}\n[G]a\n[C]b\n{eoc}\n');
  const second = read('{soc}\nnew\n[G]a\n[C]b!\n{eoc}\n');
  expect(second.sections[0]?.lines[1]).toBe(first.sections[0]?.lines[0]);
  expect(second.sections[0]?.lines[2]).not.toBe(first.sections[0]?.lines[1]);
});

test('typing within the words of a line leaves everything else of the chart as it is, and moves the places after it', () => {
  const read = createChartReader();
  const text = '{key: G}\n{soc}\n[G]a\n[C]b [Q?]\n{eoc}\n{chorus}\n{sov: 1}\nc [D]d\n[G]e [Zz]\n{eov}\n{sob}\nf\n{eob}';
  const first = read(text);
  const typed = text.replace('[D]d', '[D]dud');
  const second = read(typed);
  expect(second).toEqual(parseSong(typed));
  expect(second.meta).toBe(first.meta);
  expect(second.sections[0]).toBe(first.sections[0]);
  expect(second.sections[2]?.lines[1]).toBe(first.sections[2]?.lines[1]);
  expect(second.sections[3]?.lines).toBe(first.sections[3]?.lines);
  expect(chordNames(second)).toEqual(new Set(['G', 'C', 'Q?', 'D', 'Zz']));
  for (const next of [typed.replace('[D]dud', '[D7]dud'), typed.replace('[Zz]', '[F'), text]) expect(read(next)).toEqual(parseSong(next));
});

test('lines that are put in, parted, joined or taken out leave everything else of the chart as it is, and move the places after them', () => {
  const read = createChartReader();
  const text = '{key: G}\n{sov}\n[G]a b\n\n[C]c [Q?]\n{eov}\n{soc}\nd [Zz]\n{eoc}\n{sot}\ne\n{eot}';
  const first = read(text);
  const steps = [
    text.replace('a b\n', 'a b\n\n'),
    text.replace('a b\n', 'a b\nf\n'),
    text.replace('a b\n', 'a\n b\n'),
    text.replace('\n\n[C]', '\n'),
    text.replace('a b\n\n', ''),
    text.replace('d [Zz]', 'd\n[F\n[Zz]'),
    text.replace('\ne', '\n\ng\ne\n'),
  ];
  for (const next of steps.flatMap((one) => [one, text])) {
    const chart = read(next);
    expect(chart).toEqual(parseSong(next));
    expect(chart.meta).toBe(first.meta);
  }
  const before = read(text);
  const after = read(text.replace('a b\n', 'a b\nf\n'));
  expect(after.sections[0]?.lines[0]).toBe(before.sections[0]?.lines[0]);
  expect(after.sections[1]?.lines).toBe(before.sections[1]?.lines);
});

test('what is open at its end, or closed without a start, is said and shown', () => {
  expect(codesOf('[G]a [Am')).toEqual(['unclosed-chord']);
  expect(codesOf('{title: x')).toEqual(['unclosed-directive']);
  expect(codesOf('{eoc}')).toEqual(['section-not-open']);
  expect(codesOf('a {c: x} b')).toEqual(['directive-not-alone']);
  expect(codesOf('{t: x} {st: y}')).toEqual(['directive-not-alone']);
  expect(parseSong('{t: x} {st: y}').meta).toMatchObject({ title: ['x'], subtitle: ['y'] });
});

test('a capo that is no number is said, and so is a section whose name ends in another one', () => {
  expect(codesOf('{capo: 2nd fret}')).toEqual(['value-not-understood']);
  expect(codesOf('{meta: capo none}')).toEqual(['value-not-understood']);
  expect(codesOf('{capo: 2}\n{capo: 0}\n{capo: }')).toEqual([]);
  const { diagnostics, sections } = parseSong('{start_of_pre-chorus}\nwords\n{end_of_pre-chorus}');
  expect(sections).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: 'value-not-understood', message: expect.stringContaining('{start_of_prechorus}') as string }]);
  expect(codesOf('{start_of_verse-soprano}\nwords\n{end_of_verse}\n{start_of_verse-solo}\nwords\n{end_of_verse}')).toEqual([]);
});
