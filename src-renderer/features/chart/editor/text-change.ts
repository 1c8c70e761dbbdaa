/** One replacement in a text; offsets are UTF-16 units of the text before. */
export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/**
 * The one change that turns a text into another: what both begin and end with stays, so that cursors and scroll stay too.
 * Null when they are equal. Never cuts a surrogate pair.
 */
export function changeBetween(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < shortest - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/**
 * Changes line by line between two texts with the same number of lines, else the one change between them. Small changes keep
 * other people's carets and edits in place when a whole song is transposed.
 */
export function changesBetween(before: string, after: string): TextChange[] {
  const linesBefore = before.split('\n');
  const linesAfter = after.split('\n');
  if (linesBefore.length !== linesAfter.length) {
    const change = changeBetween(before, after);
    return change === null ? [] : [change];
  }
  const changes: TextChange[] = [];
  let offset = 0;
  for (const [index, line] of linesBefore.entries()) {
    const change = changeBetween(line, linesAfter[index] ?? '');
    if (change !== null) changes.push({ from: change.from + offset, to: change.to + offset, insert: change.insert });
    offset += line.length + 1;
  }
  return changes;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
