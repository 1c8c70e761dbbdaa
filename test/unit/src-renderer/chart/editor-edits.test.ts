import { EditorState, type Text } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { fromOverLyrics, isChordLine, toOverLyrics } from '../../../../src-renderer/features/chart/editor/over-lyrics.ts';
import { songBlocks } from '../../../../src-renderer/features/chart/editor/song-blocks.ts';
import { fixOf, nearestDirective } from '../../../../src-renderer/features/chart/editor/song-lint.ts';
import { isInsidePair, wellFormedEdits } from '../../../../src-renderer/features/chart/editor/well-formed.ts';
import { parseSong } from '../../../../shared/music/parse-song.ts';

function mend(text: string): string {
  let mended = text;
  for (const diagnostic of parseSong(text).diagnostics) {
    const fix = fixOf(text, diagnostic);
    if (fix !== null) mended = text.slice(0, fix.from) + fix.insert + text.slice(fix.to);
  }
  return mended;
}

const change = (doc: string, from: number, to: number, insert: string): Text => {
  const state = EditorState.create({ doc, extensions: [EditorState.lineSeparator.of('\n'), wellFormedEdits()] });
  return state.update({ changes: { from, to, insert } }).newDoc;
};

describe('chords over words', () => {
  test.each([
    ['[G]Silent night, [D7]holy night', 'G             D7', 'Silent night, holy night'],
    ['alle[G]luia', '    G', 'alleluia'],
    ['Words [G]and end[D]', '      G      D', 'Words and end'],
  ])('%s and back', (line, chords, lyrics) => {
    expect(toOverLyrics(line)).toEqual({ chords, lyrics });
    expect(fromOverLyrics(chords, lyrics)).toBe(line);
  });

  test('chords that would touch are kept apart', () => {
    expect(toOverLyrics('[Gmaj7]O[D]h')).toEqual({ chords: 'Gmaj7 D', lyrics: 'O     h' });
  });

  test('a line of chords is told from words', () => {
    expect(isChordLine('G   Am7  D/F#', 'common')).toBe(true);
    expect(isChordLine('H7  *rit  fis', 'german')).toBe(true);
    expect(isChordLine('A day in May', 'common')).toBe(false);
    expect(isChordLine('', 'common')).toBe(false);
  });
});

describe('blocks of a song', () => {
  const text = '{title: x}\n\n{sov: One}\na\n\nb\n{eov}\n\nplain\nlines\n\n{c: note}\n\n{start_of_chorus}\nc';

  test('are sections whole, and stanzas; head and remarks are none', () => {
    expect(songBlocks(text).map(({ from, to }) => text.slice(from, to))).toEqual([
      '{sov: One}\na\n\nb\n{eov}',
      'plain\nlines',
      '{start_of_chorus}\nc',
    ]);
  });

  test('a section that was not closed ends where the next one starts, but a tab goes on', () => {
    const open = '{sov}\na\n{soc}\nb\n{eoc}\n\n{sot}\nc\n{sov}\n{eot}';
    expect(songBlocks(open).map(({ from, to }) => open.slice(from, to))).toEqual(['{sov}\na', '{soc}\nb\n{eoc}', '{sot}\nc\n{sov}\n{eot}']);
  });

  test('end before the line end of Windows', () => {
    const windows = text.replaceAll('\n', '\r\n');
    expect(songBlocks(windows).map(({ from, to }) => windows.slice(from, to))).toEqual([
      '{sov: One}\r\na\r\n\r\nb\r\n{eov}',
      'plain\r\nlines',
      '{start_of_chorus}\r\nc',
    ]);
  });
});

describe('fixes', () => {
  test.each([
    ['a bracket', '{title: x}\n[G and words', '{title: x}\n[G] and words'],
    ['a directive that is nearly known', '{titel: x}\n[G]words', '{title: x}\n[G]words'],
    ['a section without its end', '{title: x}\n{soc}\n[G]words', '{title: x}\n{soc}\n[G]words\n{end_of_chorus}\n'],
    ['a section before the next one', '{sov}\na\n\n{soc}\nb\n{eoc}', '{sov}\na\n{end_of_verse}\n\n{soc}\nb\n{eoc}'],
    ['a section before the next song', '{sot}\n{soc}\n{ns}\n{t: b}', '{sot}\n{soc}\n{end_of_tab}\n{ns}\n{t: b}'],
  ])('%s', (_, text, mended) => {
    expect(mend(text)).toBe(mended);
    expect(parseSong(mended).diagnostics).toEqual([]);
  });

  test('what nobody can guess has none', () => {
    expect(nearestDirective('foobar')).toBeNull();
    expect(nearestDirective('x')).toBeNull();
    expect(nearestDirective('start_of_chours')).toBe('start_of_chorus');
  });
});

describe('edits stay well-formed', () => {
  test('a lone surrogate is replaced, a pair is never cut', () => {
    expect(change('ab', 1, 1, '\ud83d').toString()).toBe('a\ufffdb');
    expect(change('a😀b', 1, 2, '').toString()).toBe('ab');
    expect(change('a😀b', 2, 2, 'x').toString()).toBe('ax😀b');
    expect(change('a😀b', 1, 3, 'é').toString()).toBe('aéb');
    expect(isInsidePair(EditorState.create({ doc: 'a😀b' }).doc, 2)).toBe(true);
  });
});
