/** Where values come from. */
export interface Values {
  get: (name: string) => readonly string[];
  /** False when what was put in so far is enough. */
  spend: (characters: number) => boolean;
}

const separator = '; ';
/** Alternatives may hold substitutions; nobody needs more of them inside each other. */
const deepest = 8;

/**
 * `%{title}`, `%{capo|Capo %{}|no capo}`, `%{key=G|…|…}`, `%{artist.1}` replaced by metadata, as it is up to here. What is not a
 * whole `%{…}` stays as typed, and a backslash takes their meaning from `\`, `{`, `}`, `|` and `%{`. Linear for each depth, and at
 * most `deepest` deep.
 */
export function substitute(text: string, meta: Values, depth = 0, current = ''): string {
  if (!text.includes('%{') || depth >= deepest) return unescaped(text);
  let result = '';
  let at = 0;
  for (;;) {
    const open = nextOpen(text, at);
    const close = open < 0 ? -1 : matchingBrace(text, open + 2);
    if (close < 0) return result + unescaped(text.slice(at));
    const expanded = expand(text.slice(open + 2, close), meta, depth, current);
    if (!meta.spend(expanded.length)) return result + unescaped(text.slice(at));
    result += unescaped(text.slice(at, open)) + expanded;
    at = close + 1;
  }
}

const escaped = /\\([\\{}|]|%(?=\{))/g;

const unescaped = (text: string): string => (text.includes('\\') ? text.replace(escaped, '$1') : text);

/** The next `%{` that no backslash stands before. */
function nextOpen(text: string, from: number): number {
  let open = text.indexOf('%{', from);
  while (open > 0 && text.charCodeAt(open - 1) === 92) open = text.indexOf('%{', open + 2);
  return open;
}

function matchingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 123) depth += 1;
    else if (code === 125) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function expand(body: string, meta: Values, depth: number, current: string): string {
  const [subject = '', whenTrue, whenFalse = ''] = splitAlternatives(body);
  if (subject === '' && whenTrue === undefined) return current;
  const equals = subject.indexOf('=');
  const name = (equals < 0 ? subject : subject.slice(0, equals)).trim().toLowerCase();
  const value = valueOf(name, meta);
  if (whenTrue === undefined) return value;
  const isTrue = equals < 0 ? value !== '' : value === subject.slice(equals + 1).trim();
  return substitute(isTrue ? whenTrue : whenFalse, meta, depth + 1, value);
}

/** At the `|` outside of inner substitutions. */
function splitAlternatives(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < body.length; at += 1) {
    const character = body.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '|' && depth === 0) {
      parts.push(body.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(body.slice(from));
  return parts;
}

function valueOf(name: string, meta: Values): string {
  const indexed = /^(.*)\.(-?\d{1,4})$/.exec(name);
  if (indexed?.[1] !== undefined && indexed[2] !== undefined) {
    const index = Number(indexed[2]);
    return meta.get(indexed[1]).at(index > 0 ? index - 1 : index) ?? '';
  }
  return meta.get(name).join(separator);
}
