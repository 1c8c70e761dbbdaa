import type { ChordDefinition } from './chart-model.ts';
import { formatChord } from './format-chord.ts';
import { colourStyle } from './markup.ts';
import type { ChordSystem } from './parse-chord.ts';

/** What follows a name ends where one of these begins. */
export const definitionKeywords: ReadonlySet<string> = new Set([
  'base-fret',
  'base_fret',
  'offset',
  'frets',
  'fingers',
  'keys',
  'display',
  'format',
  'diagram',
  'copy',
  'copyall',
  'add',
]);
const withOneValue = new Set(['display', 'format', 'diagram', 'copy', 'copyall']);
const longest = 512;
const falseWords = new Set(['off', 'no', 'none', 'false', '0', '']);

/** `Am base-fret 1 frets x 0 2 2 1 0 fingers …`, the value of {define} and {chord}. Null where it is not understood. */
export function readDefinition(value: string, isInline: boolean): ChordDefinition | null {
  if (value.length > longest) return null;
  const words = value.match(/"[^"]*"|\S+/g) ?? [];
  const name = words[0]?.replace(/^\[(.*)\]$/, '$1').replace(/:$/, '');
  if (name === undefined || name === '') return null;
  let baseFret = 1;
  const given: Record<string, string> = {};
  const lists: Record<'frets' | 'fingers' | 'keys', (number | null)[]> = { frets: [], fingers: [], keys: [] };
  let at = 1;
  while (at < words.length) {
    const word = (words[at] ?? '').toLowerCase();
    at += 1;
    if (word === 'base-fret' || word === 'base_fret' || word === 'offset') {
      baseFret = Number(words[at]);
      at += 1;
      if (!Number.isInteger(baseFret) || baseFret < 1 || baseFret > 24) return null;
    } else if (word === 'frets' || word === 'fingers' || word === 'keys') {
      while (at < words.length && !definitionKeywords.has((words[at] ?? '').toLowerCase())) {
        const position = readPosition(words[at] ?? '', word);
        if (position === undefined) return null;
        lists[word].push(position);
        at += 1;
      }
    } else if (withOneValue.has(word)) {
      given[word] = (words[at] ?? '').replace(/^"(.*)"$/, '$1');
      at += 1;
    } else {
      return null;
    }
  }
  const keys = lists.keys.filter((key) => key !== null);
  return {
    name,
    base_fret: baseFret,
    frets: lists.frets,
    fingers: lists.fingers,
    keys,
    display: given['display'] ?? null,
    format: given['format'] ?? null,
    shown: given['display'] ?? name,
    copy: given['copyall'] ?? given['copy'] ?? null,
    is_drawn: given['diagram'] === undefined || !falseWords.has(given['diagram'].toLowerCase()),
    colour: colourStyle('colour', given['diagram'] ?? '').colour ?? null,
    is_inline: isInline,
  };
}

/**
 * `{define: Bstar copy B …}`: what the directive does not say itself comes from an earlier definition of the song; `copyall` takes over
 * how it is shown, too.
 */
export function withCopy(definition: ChordDefinition, known: readonly ChordDefinition[], isAll: boolean): ChordDefinition {
  const source = definition.copy === null ? undefined : known.findLast(({ name }) => name === definition.copy);
  if (source === undefined) return definition;
  const hasFrets = definition.frets.length > 0;
  return {
    ...definition,
    ...(isAll ? { display: definition.display ?? source.display, format: definition.format ?? source.format } : {}),
    base_fret: hasFrets ? definition.base_fret : source.base_fret,
    frets: hasFrets ? definition.frets : source.frets,
    fingers: definition.fingers.length > 0 || hasFrets ? definition.fingers : source.fingers,
    keys: definition.keys.length > 0 ? definition.keys : source.keys,
  };
}

/** How a chart shows a defined chord that is not transposed. */
export function withShown(definition: ChordDefinition, system: ChordSystem): ChordDefinition {
  const { name, display, format } = definition;
  return { ...definition, shown: formatChord(display ?? name, format, system) };
}

function readPosition(word: string, list: 'frets' | 'fingers' | 'keys'): number | null | undefined {
  if (list !== 'keys' && /^[xXnN-]$|^-1$/.test(word)) return null;
  // Fingers may be letters: T for the thumb.
  if (list === 'fingers' && /^[A-Za-z]$/.test(word)) return null;
  const value = /^-?\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}
