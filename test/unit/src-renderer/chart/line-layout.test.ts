import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directionOf, layOutLine, type LineSegment } from '../../../../src-renderer/features/chart/view/line-layout.ts';
import { processorMs } from '../../../support/processor-time.ts';

function segments(line: string): LineSegment[] {
  const found: LineSegment[] = [];
  for (const match of line.matchAll(/(?:\[([^\]]*)\])?([^[]*)/gu)) {
    if (match[0] === '') continue;
    found.push({ chord: match[1] ?? null, kind: 'chord', lyrics: match[2] ?? '' });
  }
  return found;
}

/** `(G:Silent) night` : boxes in parentheses, their parts parted by `|`, `~` where a word goes on. */
function picture(line: string): string {
  return layOutLine(segments(line))
    .map((piece) =>
      piece.kind === 'text'
        ? piece.text
        : `(${piece.parts.map((part) => `${part.chord ?? ''}:${part.lyrics}${part.isContinued ? '~' : ''}`).join('|')})`,
    )
    .join('');
}

describe('a line of chords and lyrics', () => {
  test.each([
    ['words with chords are boxes, the rest flows', '[G]Silent night, [D7]holy night', '(G:Silent) night, (D7:holy) night'],
    ['a chord within a word does not tear it', 'alle[G]lu[D]ia now', '(:alle~|G:lu~|D:ia now)'],
    ['a wide chord stretches over words without chords', '[Gmaj7/F#]O come let us adore', '(Gmaj7/F#:O come let us) adore'],
    ['… but never into a word with a chord', '[Gmaj7]O [D]come', '(Gmaj7:O) (D:come)'],
    ['a chord at the end of a line belongs to the last word', 'peace[G]', '(:peace|G:)'],
    ['a chord after a word and before a blank belongs to that word', 'peace[G]  on', '(:peace|G:  on)'],
    ['a chord among blanks stands alone', 'peace [G] [D] on earth', 'peace (G:) (D:) on earth'],
    ['chords without words', '[G] [D] [C]', '(G:) (D:) (C:)'],
    ['several chords in one place stand beside each other', '[G][D]on', '(G:|D:on)'],
    ['scripts without blanks may break between any two characters', '[G]清しこの夜', '(G:清)しこの夜'],
  ])('%s', (_, line, expected) => {
    expect(picture(line)).toBe(expected);
  });

  test('a chord never parts a letter from its accent, nor a pair of surrogates', () => {
    expect(picture('e[G]\u0301t')).toBe('(G:e\u0301t)');
    const halves: LineSegment[] = [
      { chord: null, kind: 'chord', lyrics: '\ud83d' },
      { chord: 'G', kind: 'chord', lyrics: '\ude00 x' },
    ];
    const text = JSON.stringify(layOutLine(halves));
    expect(text).toContain('😀');
  });

  test('Arabic letters stay joined where a chord parts a word', () => {
    expect(picture('سل[G]ام')).toBe('(:سل\u200d~|G:\u200dام)');
  });

  test('any line keeps every letter and every chord, in order', () => {
    const chord = fc.option(fc.constantFrom('G', 'D7', 'Gmaj7/F#', 'Am'), { nil: null });
    const lyrics = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '  ', 'שלום', '清', 'e\u0301', '😀', '-', ',') });
    fc.assert(
      fc.property(fc.array(fc.record({ chord, kind: fc.constant('chord' as const), lyrics }), { maxLength: 12 }), (line) => {
        const pieces = layOutLine(line);
        const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.parts.map((part) => part.lyrics).join(''))).join('');
        const chords = pieces.flatMap((piece) => (piece.kind === 'text' ? [] : piece.parts.flatMap((part) => part.chord ?? [])));
        expect(text).toBe(line.map((segment) => segment.lyrics).join(''));
        expect(chords).toEqual(line.flatMap((segment) => segment.chord ?? []));
        for (const piece of pieces) {
          if (piece.kind === 'box') expect(new Set(piece.parts.map((part) => part.key)).size).toBe(piece.parts.length);
        }
      }),
    );
  });

  test('time grows with the line, not with its square', () => {
    const line = segments('[G]la'.repeat(20_000));
    const started = processorMs();
    layOutLine(line);
    expect(processorMs() - started).toBeLessThan(1_000);
  });

  test('the first letter decides the direction', () => {
    expect(directionOf('1. שלום hello')).toBe('rtl');
    expect(directionOf('Լուռ գիշեր')).toBe('ltr');
    expect(directionOf('… 12')).toBeNull();
  });
});
