import { limits } from '../base/limits.ts';

/** `[…]` in a line of lyrics. Ranges are those of the line, with the brackets. */
export interface Bracket {
  /** Between the brackets, as typed. */
  content: string;
  from: number;
  to: number;
}

/**
 * The brackets of a line, from left to right; they do not nest. `unclosed` is where a `[` has no end, else −1. Linear: whether
 * there is a `]` further on is asked once only. Beyond `limits.bracketsPerLine` the line is taken as words.
 */
export function readBrackets(source: string): { brackets: Bracket[]; unclosed: number; isTooLong: boolean } {
  const brackets: Bracket[] = [];
  let at = source.indexOf('[');
  while (at >= 0) {
    if (brackets.length >= limits.bracketsPerLine) return { brackets, unclosed: -1, isTooLong: true };
    const close = source.indexOf(']', at + 1);
    if (close < 0) return { brackets, unclosed: at, isTooLong: false };
    brackets.push({ content: source.slice(at + 1, close), from: at, to: close + 1 });
    at = source.indexOf('[', close + 1);
  }
  return { brackets, unclosed: -1, isTooLong: false };
}
