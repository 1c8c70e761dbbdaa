/** One line of a song as the rules see it: physical lines joined by a `\` at the end count as one. */
export interface SourceLine {
  /** Without its end. A continued line still has the `\`, line end and indent in it: see `joinContinued`. */
  source: string;
  /** 1 for the first line of the text. */
  number: number;
  from: number;
  to: number;
  is_continued: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;
const backslash = 92;

/** `\r\n`, `\n` and a lone `\r` all end a line; a BOM belongs to no line. Linear, and never throws. */
export function* sourceLines(text: string): Generator<SourceLine> {
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let number = 1;
  let startNumber = 1;
  let isContinued = false;
  let next = from;
  const length = text.length;
  while (next < length) {
    let end = next;
    let code = 0;
    for (; end < length; end += 1) {
      code = text.charCodeAt(end);
      if (code === lineFeed || code === carriageReturn) break;
    }
    const isLast = end >= length;
    const after = isLast ? end : code === carriageReturn && text.charCodeAt(end + 1) === lineFeed ? end + 2 : end + 1;
    if (!isLast && end > next && text.charCodeAt(end - 1) === backslash) {
      isContinued = true;
    } else {
      yield { source: text.slice(from, end), number: startNumber, from, to: end, is_continued: isContinued };
      from = after;
      startNumber = number + 1;
      isContinued = false;
    }
    number += 1;
    next = after;
  }
  if (isContinued) yield { source: text.slice(from, length), number: startNumber, from, to: length, is_continued: true };
}

const continuation = /\\(?:\r\n|\r|\n)[\t ]*/g;
const escape = /\\u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,6})\})/g;

/** What a line says: continued lines put together, `\uXXXX` and `\u{X…}` replaced. */
export function lineContent(line: SourceLine): string {
  let content = line.is_continued ? line.source.replace(continuation, '') : line.source;
  if (content.includes('\\u')) content = content.replace(escape, escapedCharacter);
  return content;
}

function escapedCharacter(whole: string, unit: string | undefined, character: string | undefined): string {
  const code = Number.parseInt(unit ?? character ?? '', 16);
  if (unit !== undefined) return String.fromCharCode(code);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/**
 * Where each character of the content is in the line as typed (with one more place, the end); null where they are the same. Lines
 * that are continued or have escapes are few, so this is asked for one by one.
 */
export function contentPlaces(line: SourceLine): readonly number[] | null {
  if (!line.is_continued && !line.source.includes('\\u')) return null;
  const places: number[] = [];
  const skipped = /\\(?:\r\n|\r|\n)[\t ]*|\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})/y;
  for (let at = 0; at < line.source.length;) {
    skipped.lastIndex = at;
    const match = skipped.exec(line.source)?.[0];
    if (match === undefined || !match.startsWith('\\u')) {
      if (match === undefined) places.push(at);
      at += match?.length ?? 1;
    } else {
      // Beyond the basic plane an escape stands for two units; what is no character stays as typed.
      const units = match.replace(escape, escapedCharacter).length;
      for (let unit = 0; unit < units; unit += 1) places.push(units === match.length ? at + unit : at);
      at += match.length;
    }
  }
  places.push(line.source.length);
  return places;
}
