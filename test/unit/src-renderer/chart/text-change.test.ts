import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween, changesBetween, type TextChange } from '../../../../src-renderer/features/chart/editor/text-change.ts';

function apply(text: string, changes: readonly TextChange[]): string {
  return changes.reduceRight((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀', '😁', '[G]') });

describe('the change between two texts', () => {
  test('leads from one to the other and never cuts a pair', () => {
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        for (const changes of [changesBetween(before, after), [changeBetween(before, after)].filter((change) => change !== null)]) {
          expect(apply(before, changes)).toBe(after);
          for (const { from, to, insert } of changes) {
            expect(insert.isWellFormed()).toBe(true);
            expect(before.slice(from, to).isWellFormed()).toBe(true);
          }
        }
      }),
    );
  });

  test('is small: a transposed song changes at its chords, line by line', () => {
    expect(changesBetween('[G]One\n[D]Two\nThree', '[A]One\n[E]Two\nThree')).toEqual([
      { from: 1, to: 2, insert: 'A' },
      { from: 8, to: 9, insert: 'E' },
    ]);
    expect(changeBetween('same', 'same')).toBeNull();
  });
});
