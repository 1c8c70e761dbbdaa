import type { ChordDefinition } from './chart-model.ts';

const keywords = new Set(['base-fret', 'offset', 'frets', 'fingers', 'keys', 'display', 'format', 'diagram', 'copy', 'copyall', 'add']);
const longest = 512;

/** `Am base-fret 1 frets x 0 2 2 1 0 fingers …`, the value of {define} and {chord}. Null where it is not understood. */
export function readDefinition(value: string, isInline: boolean): ChordDefinition | null {
  if (value.length > longest) return null;
  const words = value.match(/"[^"]*"|\S+/g) ?? [];
  const name = words[0]?.replace(/^\[(.*)\]$/, '$1').replace(/:$/, '');
  if (name === undefined || name === '') return null;
  let baseFret = 1;
  let display: string | null = null;
  const lists: Record<'frets' | 'fingers' | 'keys', (number | null)[]> = { frets: [], fingers: [], keys: [] };
  let at = 1;
  while (at < words.length) {
    const word = (words[at] ?? '').toLowerCase();
    at += 1;
    if (word === 'base-fret' || word === 'offset') {
      baseFret = Number(words[at]);
      at += 1;
      if (!Number.isInteger(baseFret) || baseFret < 1 || baseFret > 24) return null;
    } else if (word === 'frets' || word === 'fingers' || word === 'keys') {
      while (at < words.length && !keywords.has((words[at] ?? '').toLowerCase())) {
        const position = readPosition(words[at] ?? '', word);
        if (position === undefined) return null;
        lists[word].push(position);
        at += 1;
      }
    } else if (word === 'display' || word === 'format' || word === 'diagram' || word === 'copy' || word === 'copyall') {
      if (word === 'display') display = (words[at] ?? '').replace(/^"(.*)"$/, '$1');
      at += 1;
    } else {
      return null;
    }
  }
  const keys = lists.keys.filter((key) => key !== null);
  return { name, base_fret: baseFret, frets: lists.frets, fingers: lists.fingers, keys, display, is_inline: isInline };
}

function readPosition(word: string, list: 'frets' | 'fingers' | 'keys'): number | null | undefined {
  if (list !== 'keys' && /^[xXnN-]$|^-1$/.test(word)) return null;
  // Fingers may be letters: T for the thumb.
  if (list === 'fingers' && /^[A-Za-z]$/.test(word)) return null;
  const value = /^-?\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}
