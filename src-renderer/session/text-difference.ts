import { diff } from '@codemirror/merge';

/** One replacement in a text; offsets are UTF-16 units of the text before. */
export interface Replacement {
  from: number;
  to: number;
  insert: string;
}

interface Span {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** Keeps the work below some milliseconds for texts that have nothing in common. */
const scanLimit = 5_000;

/** Whether a cut before `at` would part the halves of one character. */
function cutsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/u.test(text.charAt(at - 1)) && /[\udc00-\udfff]/u.test(text.charAt(at));
}

/** The same span, begun and ended where neither text has half a character: what lies beside it is equal in both. */
function widened({ fromA, toA, fromB, toB }: Span, before: string, after: string): Span {
  const [start, end] = [cutsPair(before, fromA) || cutsPair(after, fromB) ? 1 : 0, cutsPair(before, toA) || cutsPair(after, toB) ? 1 : 0];
  return { fromA: fromA - start, toA: toA + end, fromB: fromB - start, toB: toB + end };
}

/**
 * The few small replacements that turn a text into another, in order and apart from each other: other people's carets and
 * words between them stay. Never cuts a surrogate pair, which Yjs would spoil.
 */
export function differencesBetween(before: string, after: string): Replacement[] {
  const spans: Span[] = [];
  for (const change of diff(before, after, { scanLimit })) {
    const span = widened(change, before, after);
    const last = spans.at(-1);
    if (last !== undefined && span.fromA <= last.toA) Object.assign(last, { toA: span.toA, toB: span.toB });
    else spans.push(span);
  }
  return spans.map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, insert: after.slice(fromB, toB) }));
}
