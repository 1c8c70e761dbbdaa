import { limits } from '../base/limits.ts';
import { longName } from './directive-names.ts';

/** `{name-selector: value}` as it stands in a line. Ranges are those of the line. */
export interface Directive {
  /** Long form, lower case, without the selector. */
  name: string;
  /** Lower case; null: for everybody. */
  selector: string | null;
  /** `{name-selector!}`: for everybody else. */
  is_negated: boolean;
  /** Without the blanks around it. */
  value: string;
  from: number;
  to: number;
  name_from: number;
  name_to: number;
  value_from: number;
  value_to: number;
  is_closed: boolean;
}

const colon = 58;

/** A tab, a blank or one that does not break. Codes, not patterns: each character of each directive is asked. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 160;
}

/**
 * The directives of a line that consists of nothing else; null for any other line. `%{…}` inside a value may hold braces of its own.
 * A line that opens a directive and never closes it is a directive too, not closed: people type them from left to right.
 */
export function readDirectives(source: string): Directive[] | null {
  let at = 0;
  while (at < source.length && isBlank(source.charCodeAt(at))) at += 1;
  if (source.charCodeAt(at) !== 123) return null;
  const found: Directive[] = [];
  while (at < source.length) {
    if (source.charCodeAt(at) !== 123 || found.length >= limits.directivesPerLine) return null;
    const close = closingBrace(source, at);
    const end = close < 0 ? source.length : close;
    found.push(readOne(source, at, end, close >= 0));
    at = close < 0 ? source.length : close + 1;
    while (at < source.length && isBlank(source.charCodeAt(at))) at += 1;
    // A stray brace at the end is what a hurried hand leaves.
    if (source.charCodeAt(at) === 125 && source.slice(at).trim() === '}') return found;
  }
  return found;
}

/** A {new_song} counts everywhere, even in a tab that somebody forgot to close. */
export function startsSong(source: string): boolean {
  return source.includes('{') && readDirectives(source)?.some(({ name }) => name === 'new_song') === true;
}

/** Of the brace at `open`: the one that balances it, else the last one of the line, else −1. */
function closingBrace(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 123) depth += 1;
    else if (code === 125) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  const last = source.lastIndexOf('}');
  return last > open ? last : -1;
}

function readOne(source: string, open: number, end: number, isClosed: boolean): Directive {
  let nameFrom = open + 1;
  const isNameEnd = (at: number): boolean => isBlank(source.charCodeAt(at)) || source.charCodeAt(at) === colon;
  while (nameFrom < end && isNameEnd(nameFrom)) nameFrom += 1;
  let nameTo = nameFrom;
  while (nameTo < end && !isNameEnd(nameTo)) nameTo += 1;
  let valueFrom = nameTo;
  while (valueFrom < end && isBlank(source.charCodeAt(valueFrom))) valueFrom += 1;
  if (source.charAt(valueFrom) === ':' && valueFrom < end) valueFrom += 1;
  while (valueFrom < end && isBlank(source.charCodeAt(valueFrom))) valueFrom += 1;
  let valueTo = end;
  while (valueTo > valueFrom && isBlank(source.charCodeAt(valueTo - 1))) valueTo -= 1;
  const written = source.slice(nameFrom, nameTo);
  const dash = written.indexOf('-');
  const selector = dash < 0 ? null : written.slice(dash + 1).toLowerCase();
  const isNegated = selector?.endsWith('!') ?? false;
  return {
    name: longName(dash < 0 ? written : written.slice(0, dash)),
    selector: selector === null ? null : isNegated ? selector.slice(0, -1) : selector,
    is_negated: isNegated,
    value: source.slice(valueFrom, valueTo),
    from: open,
    to: isClosed ? end + 1 : end,
    name_from: nameFrom,
    name_to: nameTo,
    value_from: valueFrom,
    value_to: valueTo,
    is_closed: isClosed,
  };
}

const attribute = /([A-Za-z_][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s"']+))/y;
const flag = /[A-Za-z_][\w-]*/y;

/** `src="a.png" scale=0.5 center` as a record; null where the value is not made of attributes. A flag is `''`. */
export function readAttributes(value: string): Record<string, string> | null {
  const found: Record<string, string> = {};
  let at = 0;
  let hasAssignment = false;
  while (at < value.length) {
    if (/\s/.test(value.charAt(at))) {
      at += 1;
      continue;
    }
    attribute.lastIndex = at;
    const match = attribute.exec(value);
    if (match?.[1] !== undefined) {
      found[match[1].toLowerCase()] = match[4] ?? (match[2] ?? match[3] ?? '').replace(/\\(["'\\])/g, '$1');
      hasAssignment = true;
      at = attribute.lastIndex;
      continue;
    }
    flag.lastIndex = at;
    const word = flag.exec(value);
    if (word === null) return null;
    found[word[0].toLowerCase()] = '';
    at = flag.lastIndex;
  }
  return hasAssignment ? found : null;
}
