import { expect, test } from 'vitest';
import { chartHtml } from '../../../shared/music/export-html.ts';
import { chartText } from '../../../shared/music/export-text.ts';
import { readMarkup, withoutMarkup } from '../../../shared/music/markup.ts';
import { createChartReader, parseSong, parseSongs } from '../../../shared/music/parse-song.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import { splitSongs } from '../../../shared/music/split-songs.ts';
import { transposeText } from '../../../shared/music/transpose-text.ts';

const pairsOf = (text: string): string[] =>
  parseSong(text).sections.flatMap(({ lines }) =>
    lines.flatMap(({ segments }) => segments.map(({ chord, annotation, lyrics }) => `${chord ?? annotation ?? ''}|${lyrics}`)),
  );
const codesOf = (text: string): string[] => parseSong(text).diagnostics.map(({ code }) => code);

const gridChordsOf = (line: string): string[] =>
  parseSong(`{sog}\n${line}\n{eog}\n[1] [4] [6m]`).sections[0]?.lines[0]?.segments.flatMap(({ chord }) => chord ?? []) ?? [];
const spanStyle = (attributes: string): unknown => readMarkup(`<span ${attributes}>x</span>`)?.marks[0]?.style;

test('[^] is the chord that had this place in the first section of its kind', () => {
  const first = '{sov}\nI [D]looked over Jordan, [G]what did I [D]see\n{eov}\n';
  expect(pairsOf(`${first}{sov}\nIf [^]you get be[G7]fore I [^]do\n{eov}`).slice(4)).toEqual([
    '|If ',
    'D|you get be',
    'G7|fore I ',
    'D|do',
  ]);
  // Another kind of section has chords of its own, and there are no more than were kept.
  expect(codesOf(`${first}{sob}\n[^]x\n{eob}\n{sov}\n[^]a[^]b[^]c[^]d\n{eov}`)).toEqual(['unknown-chord', 'unknown-chord']);
  expect(pairsOf('{sov cc="D G A7"}\n[^]a [^]b [^]c\n{eov}')).toEqual(['D|a ', 'G|b ', 'A7|c']);
  expect(pairsOf('{sov cc="one:C F"}\n[^]a\n{eov}\n{sob cc="one"}\n[^]a [^]b\n{eob}')).toEqual(['C|a', 'C|a ', 'F|b']);
  expect(transposeText('{sov cc="one:C F#"}\n[^]a [C]b', { semitones: 2 })).toBe('{sov cc="one:D G#"}\n[^]a [D]b');
});

test('recalled chords follow {transpose}', () => {
  expect(pairsOf('{sov}\n[A]a\n{eov}\n{transpose: 2}\n{sov}\n[^]b\n{eov}')).toEqual(['A|a', 'B|b']);
});

test('values parted by semicolons are several, titles stay whole', () => {
  const { meta } = parseSong('{t: A; B}\n{artist: X}\n{artist: Y; Z}\n{key: [D]}');
  expect(meta).toMatchObject({ title: ['A; B'], artist: ['X', 'Y', 'Z'], key: ['D'], key_actual: ['D'] });
  expect(codesOf('{key: loud}')).toEqual(['value-not-understood']);
});

test('what would only say metadata that is not there says nothing', () => {
  expect(pairsOf('{c: %{artist}}\n{sov: %{artist}}\nhidden\n{eov}\nseen')).toEqual(['|seen']);
  expect(pairsOf('{artist: A}\n{c: \\{ %{artist|a\\|b} \\%{artist}}')).toEqual(['|{ a|b %{artist}']);
  expect(pairsOf('{t:A}\n%{songindex} %{tuning}\t\\u{1F600}')).toEqual(['|1 E2 A2 D3 G3 B3 E4 😀']);
});

function imageOf(value: string): unknown {
  const line = parseSong(`{image: ${value}}`).sections[0]?.lines[0];
  return line?.type === 'image' ? line.attributes : null;
}

test('an image is named first, in quotes or not, or by an attribute', () => {
  expect(imageOf('"my foo.png" scale=0.5 center')).toEqual({ src: 'my foo.png', scale: '0.5', center: '' });
  expect(imageOf('foo.png scale=50% center')).toEqual({ src: 'foo.png', scale: '50%', center: '' });
  expect(imageOf("src='foo bar.png' width=10")).toEqual({ src: 'foo bar.png', width: '10' });
  expect(imageOf('foo.png center')).toEqual({ src: 'foo.png', center: '' });
  expect(imageOf('foo.png')).toEqual({ src: 'foo.png' });
  expect(imageOf('my foo.png')).toEqual({ src: 'my foo.png' });
  expect(parseSong('{image}').sections[0]?.lines[0]).toMatchObject({ attributes: {} });
});

test('a comment that says nothing is none, and braces are bars in a grid', () => {
  expect(chartText(parseSong('{t: T}\n{c}\n{c: }\n{ci: x}'))).toBe('T\n\n(x)\n');
  expect(codesOf('{sog}\n| { C } | }{ G |\n{eog}\na {b} c')).toEqual(['directive-not-alone']);
});

test('what is no chord between the bars of a grid is marked where it stands', () => {
  const text = '{sog}\nIntro | Amm . x | % | Fill N.C. | 1 |. 2x\n{eog}';
  const marked = parseSong(text).diagnostics.map(({ code, from, to }) => [code, text.slice(from, to)]);
  expect(marked).toEqual([
    ['unknown-chord', 'Amm'],
    ['unknown-chord', 'Fill'],
  ]);
});

test('a selector that names metadata counts where that is true, in small or capital letters', () => {
  expect(pairsOf('{meta: live False}\n{c-live: no}\n{c-live!: yes}\n{meta: live Yes}\n{c-live: on}')).toEqual(['|yes', '|on']);
});

test('a chorus within a verse stands where it is asked for', () => {
  const chart = parseSong('{soc}\nla\n{eoc}\n{sov: One}\na\n{chorus}\nb\n{eov}');
  expect(chart.sections.map(({ type, label, lines }) => [type, label, lines.length])).toEqual([
    ['chorus', null, 1],
    ['verse', 'One', 1],
    ['chorus', null, 1],
    ['verse', null, 1],
  ]);
  expect(chart.diagnostics.map(({ code }) => code)).toEqual(['directive-not-alone']);
});

test('{define} makes a name a chord, copies grips and lets another name be shown', () => {
  const song = '{define: Bstar copy B}\n{define: B frets x 2 4 4 4 2}\n{define: Bstar copy B display B* diagram off}\n[Bstar]a [Cstar]';
  const { definitions } = parseSong(song);
  expect(definitions.at(-1)).toMatchObject({ name: 'Bstar', frets: [null, 2, 4, 4, 4, 2], copy: 'B', is_drawn: false, display: 'B*' });
  expect(pairsOf(song)).toEqual(['B*|a ', 'Cstar|']);
  expect(codesOf(song)).toEqual(['unknown-chord']);
  expect(parseSong('{define: A frets 0 0 2 2 2 0 base_fret 1}').definitions).toHaveLength(1);
});

test('{chord} with its name in brackets follows {transpose}, without them it stays', () => {
  const [section] = parseSong('{transpose: 2}\n{chord: [Am]}\n{chord: Am}').sections;
  expect(section?.lines).toMatchObject([{ value: '[Bm]' }, { value: 'Am' }]);
});

test('{define} sets how a name is shown: in a format, in parts of it, also after {transpose}; copyall takes that over', () => {
  const song =
    '{define: Am7 format "\\%{root}<sup>\\%{qual}</sup>\\%{ext|(\\%{})}"}\n{define: X copyall Am7 display Dm7/G}\n[Am7]a [X]b [Em7]c';
  expect(pairsOf(song)).toEqual(['Am(7)|a ', 'Dm(7)|b ', 'Em7|c']);
  expect(pairsOf(`{transpose: 2}\n${song}`)[0]).toBe('Bm(7)|a ');
  expect(parseSong(song).definitions.map(({ shown }) => shown)).toEqual(['Am(7)', 'Dm(7)']);
  // What says nothing, or too much, leaves the name.
  expect(pairsOf(`{define: A format "\\%{bass}"}\n{define: Bm format "${'\\%{name}'.repeat(50)}"}\n[A]a [Bm]b`)).toEqual(['A|a ', 'Bm|b']);
});

test('the diagram of a chord may have a colour, of known form only', () => {
  const song = ['red', '#00ff00', 'off', '"url(x)"'].map((value) => `{define: A frets 0 0 2 2 2 0 diagram ${value}}`).join('\n');
  expect(parseSong(song).definitions.map(({ colour }) => colour)).toEqual(['red', '#00ff00', null, null]);
});

test('texts may name the chords of the song, before they come, too; and the instrument', () => {
  const song = '{c: %{numchords}: %{chords}}\n[G]a [C]b [G]c [x]d\n{ns}\n{c: %{chords} %{instrument} %{instrument.type}}\n[D]a';
  const comments = parseSongs(song).map(({ sections }) => sections[0]?.lines[0]?.segments.map(({ lyrics }) => lyrics).join(''));
  expect(comments).toEqual(['3: G, C, x', 'D guitar guitar']);
  const read = createChartReader();
  read('{c: %{chords}}\n[G]a');
  expect(read('{c: %{chords}}\n[D]a')).toEqual(parseSong('{c: %{chords}}\n[D]a'));
});

test('a grid without a shape has that of the grid before', () => {
  const { sections } = parseSong('{sog shape="2x2"}\n| G . |\n{eog}\n{sog}\n| C . |\n{eog}\n{sog: 4x4}\n| C . |\n{eog}');
  expect(sections.map(({ attributes }) => attributes['shape'])).toEqual(['2x2', '2x2', '4x4']);
});

test('a comment that starts with a chord is set in brackets, too', () => {
  expect(chartText(parseSong('{c: [G]stop}\n{c: hm}'))).toBe('G\n(stop)\n(hm)\n');
});

test('keys in words of other languages', () => {
  const actual = ['h-moll', 'Fis-Dur', 'C dur', 'Am'].map((key) => parseSong(`[H]\n{key: ${key}}`).meta['key_actual']);
  expect(actual).toEqual([['Hm'], ['Fis'], ['C'], ['Am']]);
});

test('grids: endings are no chords, strokes are none, chords among them are', () => {
  expect(gridChordsOf('| 1 . | 4~5 . |1 1 . :|2> 5 . |.')).toEqual(['1', '4', '5', '1', '5']);
  const strum = parseSong('{sog}\n|s dn~up d+ ux | D x |\n{eog}\n[a] [d] [e]').sections[0]?.lines[0]?.segments;
  expect(strum?.flatMap(({ chord }) => (chord === null ? [] : [chord]))).toEqual(['D']);
});

test('a bar line among the words is a mark, a bass alone a chord', () => {
  expect(pairsOf('[|]a [/E]b')).toEqual(['||a ', '/E|b']);
  expect(codesOf('[|]a [/E]b')).toEqual([]);
  expect(transposeText('{key: C}\n[C]a [/E]b', { semitones: 2 })).toBe('{key: D}\n[D]a [/F#]b');
});

test('each song of a text is read in its own names', () => {
  const songs = parseSongs('{t:A}\n[H]a [Fis]\n{ns}\n{t:B}\n[1] [4]\n{ns}\n{t:C}\n[Bb] [F]');
  expect(songs.map(({ notation }) => notation.system)).toEqual(['german', 'nashville', 'common']);
  expect(transposeText('{t:A}\n[H]a\n{ns}\n[B]a', { semitones: 1 })).toBe('{t:A}\n[C]a\n{ns}\n[C]a');
});

test('markup is taken out of the words, and says how they are set', () => {
  const [line] = parseSong('[C]Roses are <span color="red">red</span>, [G]<b>don\'t [<i>Am</i>]forget!</b> a < b').sections[0]?.lines ?? [];
  expect(line?.segments).toMatchObject([
    { chord: 'C', lyrics: 'Roses are red, ', marks: [{ from: 10, to: 13, style: { colour: 'red' } }] },
    { chord: 'G', lyrics: "don't ", marks: [{ from: 0, to: 6, style: { bold: true } }] },
    { chord: 'Am', chord_style: { italic: true }, lyrics: 'forget! a < b', marks: [{ from: 0, to: 7, style: { bold: true } }] },
  ]);
  expect(transposeText('[<b>(G)</b>]a [*<b>G</b>]', { semitones: 2 })).toBe('[<b>(A)</b>]a [*<b>G</b>]');
  expect(readSongHead('{t: <b>Bold</b> title}').title).toBe('Bold title');
});

test('a tag without its other half is words, and no value of a tag is trusted', () => {
  for (const text of ['<b>open', 'closed</b>', '<foo>x</foo>', 'I <3 you', '</b><b>']) expect(withoutMarkup(text)).toBe(text);
  expect(readMarkup('<b><i>x</b>y')).toMatchObject({ text: '<i>xy', marks: [{ from: 0, to: 4, style: { bold: true } }] });
  expect(spanStyle('color="red;background:url(x)" size="900%"')).toEqual({ size: 2 });
  expect(spanStyle(`foreground='#ABCDEF' font_desc="Times Bold 6"`)).toEqual({ colour: '#abcdef', family: 'serif', bold: true, size: 0.6 });
  expect(spanStyle('color="__proto__" size="constructor"')).toBeUndefined();
});

test('fonts, sizes and colours hold until they are taken back, and only as far as they can be shown', () => {
  const song =
    '{textsize: 18}\n{textcolour: red}\n{chordcolour-guitar: #00f}\n[G]a\n{textcolour: no colour}\n{textsize}\n{tc}\n[G]b\n{soc}\n[G]c\n{eoc}';
  const chart = parseSong(song);
  const looks = chart.sections.flatMap(({ lines }) => lines.flatMap((line) => (line.type === 'lyrics' ? [line.look] : [])));
  const chords = { colour: '#00f' };
  expect(looks).toMatchObject([
    { words: { size: 1.5, colour: 'red' }, chords },
    { words: { colour: 'red' }, chords },
    { words: { colour: 'red' }, chords },
  ]);
  expect(looks[1]?.words).not.toHaveProperty('size');
  expect(chart.diagnostics.map(({ code }) => code)).toEqual(['value-not-understood', 'unknown-directive']);
  expect(parseSong('{textfont: Times-Bold}\na\n{textfont}\nb').sections[0]?.lines.map(({ look }) => look?.words)).toEqual([
    undefined,
    { family: 'serif', bold: true },
    undefined,
    undefined,
  ]);
});

test('what a song asks for is in its page, as rules of known form only', () => {
  const page = chartHtml(parseSong('{textcolour: red}\n{textcolour: x;y:z}\n[G]a <span color="url(x)">b</span> <b>c</b>'));
  expect(page).toContain('color:oklch(from red ');
  expect(page).toContain('<span style="font-weight:700">c</span>');
  expect(page).not.toMatch(/url\(|y:z/);
});

test('a text with {new_song} is several songs, which put together are the text', () => {
  const text = '\ufeff{t:A}\r\n[G]a\r\n{ns}\n{t:B}\n\n{new_song: toc=no}\r{t:C}';
  expect(splitSongs(text).join('')).toBe(text);
  expect(splitSongs(text).map((song) => readSongHead(song).title)).toEqual(['A', 'B', 'C']);
  expect(splitSongs('{ns}\n{t:A}')).toEqual(['{ns}\n{t:A}']);
});

test('a page names the key that sounds behind a capo', () => {
  expect(chartText(parseSong('{t:A}\n{key:G}\n{capo:2}\n[G]a'))).toContain('Key: G  Capo: 2 (sounds in A)');
  expect(chartText(parseSong('{t:A}\n{key:G}\n{capo:2}\n[G]a'), { capo: 0 })).toContain('Key: A\n');
});

test('the page shows the chords of a comment, whatever its style', () => {
  const page = chartHtml(parseSong('{c: Intro [G]}\n{cb: [C] boxed}\n{c: words}'));
  const classes = [...page.matchAll(/<div class="(line[^"]*)"/g)].map(([, names]) => names?.split(' '));
  expect(classes.map((names) => names?.includes('unchorded'))).toEqual([false, false, true]);
  expect(page).toContain('.unchorded .chord{display:none}');
  expect(page).not.toContain('.plain .chord');
});
