/** The lines in which two texts differ, whole and without the end of the last of them. */
export interface LinesEdit {
  /** Where they start, in both. */
  from: number;
  before: string;
  after: string;
}

/** Characters compared at once: a comparison of whole strings is many times as fast as one of characters. */
const step = 1_024;

/** At least one line, unless there is none; also where the texts are the same. Linear. */
export function linesEdit(before: string, after: string): LinesEdit {
  const shorter = Math.min(before.length, after.length);
  const start = commonStart(before, after, shorter);
  const end = commonEnd(before, after, shorter - start);
  let to = before.length - end;
  while (to < before.length && !isLineEnd(before.charCodeAt(to))) to += 1;
  let from = lineStart(before, start);
  // After the last line end there is no line yet: the one above is taken in.
  if (from === before.length && from > 0) from = lineStart(before, from - 1);
  return { from, before: before.slice(from, to), after: after.slice(from, to + after.length - before.length) };
}

/**
 * The same edit told by the line above: lines put in between two others, or taken out, follow the one as well as they stand before the
 * other. Null where the edit is another one.
 */
export function byLineAbove(text: string, { from, before, after }: LinesEdit): LinesEdit | null {
  const [shorter, longer] = before.length < after.length ? [before, after] : [after, before];
  const lines = longer.slice(0, longer.length - shorter.length);
  if (from === 0 || !lines.endsWith('\n') || !longer.endsWith(shorter) || text.charCodeAt(from - 1) !== 10) return null;
  const start = lineStart(text, from - 1);
  const above = text.slice(start, from - 1);
  const withLines = `${above}\n${lines.slice(0, -1)}`;
  return before.length < after.length ? { from: start, before: above, after: withLines } : { from: start, before: withLines, after: above };
}

function lineStart(text: string, place: number): number {
  let at = place;
  while (at > 0 && !isLineEnd(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

function commonStart(one: string, other: string, most: number): number {
  let at = 0;
  while (at + step <= most && one.slice(at, at + step) === other.slice(at, at + step)) at += step;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}

function commonEnd(one: string, other: string, most: number): number {
  const [last, otherLast] = [one.length, other.length];
  let at = 0;
  while (at + step <= most && one.slice(last - at - step, last - at) === other.slice(otherLast - at - step, otherLast - at)) at += step;
  while (at < most && one.charCodeAt(last - at - 1) === other.charCodeAt(otherLast - at - 1)) at += 1;
  return at;
}
