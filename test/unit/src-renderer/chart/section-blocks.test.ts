import { describe, expect, test } from 'vitest';
import { parseSong } from '../../../../shared/music/parse-song.ts';
import { intoRuns, intoStanzas, isBreak, isGap, type Block } from '../../../../src-renderer/features/chart/view/section-blocks.ts';

function runsOf(text: string, hasGrips = true): Block[][] {
  return intoRuns(
    parseSong(`{title: x}\n${text}`).sections.flatMap(({ lines }) => lines),
    hasGrips,
  );
}

/** Words of lines; `-` for a gap, `/` for a break, a block of several lines in brackets. */
function shown(text: string): string[] {
  return runsOf(text).map((run) =>
    run
      .map((block) => {
        if (isBreak(block)) return '/';
        if (isGap(block)) return '-';
        const words = block.map(({ segments }) => segments.map(({ lyrics }) => lyrics).join(''));
        return words.length === 1 ? words[0] : `(${words.join(' ')})`;
      })
      .join(' '),
  );
}

describe('the blocks of a section', () => {
  test('empty lines between two stanzas are one gap; above the first and below the last there is none', () => {
    expect(shown('\n\none\ntwo\n\n\n\nthree\n\n')).toEqual(['one two - three']);
    expect(shown('')).toEqual([]);
  });

  test('a break stands alone, and around it there is no gap', () => {
    expect(shown('one\n\n{column_break}\n\ntwo\n{new_page}')).toEqual(['one', '/', 'two', '/']);
  });

  test('lines of a tab or a grid are one block, up to an empty one', () => {
    expect(shown('one\n{sot}\nE--\nB--\n\nG--\n{eot}')).toEqual(['one (E-- B--) - G--']);
  });

  test('directives that show nothing part no stanza', () => {
    expect(shown('one\n{x_mine: 1}\ntwo\n\n{x_mine: 1}\nthree')).toEqual(['one two - three']);
  });

  test('a grip is a block for those who see grips, and no stanza of its own for the others', () => {
    const song = '{chord: G}\n\none\n\n{chord: D}\n\ntwo';
    expect(runsOf(song).map((run) => run.length)).toEqual([7]);
    expect(runsOf(song, false).map((run) => run.length)).toEqual([3]);
  });

  test('a stanza goes from a gap to the next one', () => {
    const [run = []] = runsOf('one\ntwo\n\nthree');
    expect(intoStanzas(run)).toEqual([run.slice(0, 2), run.slice(2)]);
    expect(intoStanzas([])).toEqual([]);
  });
});
