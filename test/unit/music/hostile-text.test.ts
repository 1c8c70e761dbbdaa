import { expect, test } from 'vitest';
import { chartHtml } from '../../../shared/music/export-html.ts';
import { chartText } from '../../../shared/music/export-text.ts';
import { importFormats, importSong } from '../../../shared/music/import/import-song.ts';
import { parseSong } from '../../../shared/music/parse-song.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import { transposeText } from '../../../shared/music/transpose-text.ts';

/** A square would take hours at this size, so what is not linear hangs and fails by this limit, far above what a busy machine takes. */
const limitMs = 240_000;
const size = 1_000_000;
const runs: readonly (readonly [string, string])[] = [
  ['blanks', `[G]a${' '.repeat(size)}b`],
  ['line ends', `a${'\n'.repeat(size)}b`],
  ['tabs', `a${'\t'.repeat(size / 8)}b`],
  ['chords', '[G]'.repeat(size / 3)],
  ['words', `[G]${'la '.repeat(size / 3)}`],
  ['one word', `[G]${'a'.repeat(size)}`],
  ['frets', `{define: A frets ${'1 '.repeat(size / 2)}}`],
  ['colons', `{title${':'.repeat(size)}x}`],
  ['attributes', `{image: ${'a="b" '.repeat(size / 6)}}`],
  ['substitutions', `{t: x}\n{c: ${'%{title}'.repeat(size / 8)}}`],
  ['bars', `{sog}\n${'| '.repeat(size / 2)}`],
  ['dashes', `e|${'-'.repeat(size)}x`],
  ['fields', 'Key: G\n'.repeat(size / 7)],
  ['headings', '[Verse]\n'.repeat(size / 8)],
  ['markup', `[G]${'<b>'.repeat(size / 6)}${'</b>'.repeat(size / 8)}`],
  ['recalled chords', `{sov}\n[G]a\n{eov}\n{sov}\n${'[^]'.repeat(size / 3)}`],
  ['definitions', '{define: Xn}\n[Xn]\n'.repeat(size / 18)],
  ['song ends', '{ns}\n[G]\n'.repeat(size / 9)],
];

test.each(runs)('a megabyte of %s', { timeout: limitMs }, (_, text) => {
  const chart = parseSong(text);
  expect(chartText(chart).length).toBeLessThan(size * 4);
  expect(chartHtml(chart)).toContain('</html>');
  expect(transposeText(text, { semitones: 5 })).not.toBeNull();
  expect(readSongHead(text)).toHaveProperty('title');
  for (const format of importFormats) {
    const source = format === 'opensong' ? `<song><lyrics>.G\n ${text}</lyrics></song>` : text;
    expect(importSong(source, format)?.chordpro ?? '').not.toContain('\u0000');
  }
});

test.each([
  ['tags', '<song>'.repeat(size / 6)],
  ['an attribute without end', `<song a="${'b'.repeat(size)}`],
  ['blanks in a tag', `<song ${' '.repeat(size)}`],
  ['ampersands', `<song>${'&'.repeat(size)}</song>`],
  ['comments', `<song>${'<!---->'.repeat(size / 7)}</song>`],
])('a megabyte of %s in XML', (_, text) => {
  expect(() => importSong(text, 'opensong')).not.toThrow();
});
