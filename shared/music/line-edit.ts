/** The one line in which two texts differ. */
export interface LineEdit {
  /** Where it starts, in both. */
  from: number;
  before: string;
  after: string;
}

/** Characters compared at once: a comparison of whole strings is many times as fast as one of characters. */
const step = 1_024;

/** Null when the texts differ in more than the content of one line, or in its end. */
export function lineEdit(before: string, after: string): LineEdit | null {
  const shorter = Math.min(before.length, after.length);
  const start = commonStart(before, after, shorter);
  const end = commonEnd(before, after, shorter - start);
  if (hasLineEnd(before, start, before.length - end) || hasLineEnd(after, start, after.length - end)) return null;
  let from = start;
  while (from > 0 && !isLineEnd(before.charCodeAt(from - 1))) from -= 1;
  let to = before.length - end;
  while (to < before.length && !isLineEnd(before.charCodeAt(to))) to += 1;
  return { from, before: before.slice(from, to), after: after.slice(from, to + after.length - before.length) };
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13;

function hasLineEnd(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (isLineEnd(text.charCodeAt(at))) return true;
  return false;
}

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
