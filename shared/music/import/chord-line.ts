import { parseChord, type ChordSystem } from '../parse-chord.ts';
import { characterWidth } from '../text-width.ts';

/** What musicians put between chords: bars, repeats, rests, dashes. */
const filler = /^(?:[|:.\-–—~/%*,→>]+|\(?[xX×]\s?\d{1,2}\)?|\(?\d{1,2}[xX×]\)?|[()]|->|…|\.{2,})$/;
/** In plain text there are no brackets to tell chords from words: so no lower case, and no Do, Go, Co for diminished chords. */
const looksLikeChord = /^\(?\p{Lu}/u;
const wordLike = /^[A-H]o$/;
/** Small letters are minor chords in German; two blanks between tell a line of nothing else from words. */
const looksLikeMinor = /^\(?[a-h]/;
const isSpacedOut = / {2}/;
/** A bar or repeat may touch its chord: `|Am`, `|:G`, `C:|`; a comma behind one only parts it from the next. */
const tokens = /:{0,2}\|[|:.]{0,2}|[xX×] \d{1,2}(?=\s|$)|[^\s|]+?(?=:{0,2}\||,?(?:\s|$))/g;
const candidates = ['common', 'german', 'latin'] as const satisfies readonly ChordSystem[];

/** What is longer than this is sung. */
const longestRemark = 40;

export interface PlacedChord {
  text: string;
  /** Column, tabs expanded. */
  column: number;
  isChord: boolean;
}

/** Tabs to the next eighth column, as terminals and editors do. */
export function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let expanded = '';
  for (const character of line) expanded += character === '\t' ? ' '.repeat(8 - (expanded.length % 8)) : character;
  return expanded;
}

/** `Em  C  (let ring)`: what is said behind the chords, set apart from them; a chord in brackets is none. */
function remarkOf(line: string, system: ChordSystem): PlacedChord | null {
  const end = line.trimEnd();
  const column = end.endsWith(')') ? end.lastIndexOf('(') : -1;
  const text = end.slice(column);
  if (column < 3 || text.length > longestRemark || end.slice(column - 2, column) !== '  ') return null;
  return /\p{Ll}{3}/u.test(text) && parseChord(text, system) === null ? { text, column, isChord: false } : null;
}

/** The chords of a line that has nothing but chords (and what stands between them); null for any other line. */
export function readChordLine(line: string, system: ChordSystem): PlacedChord[] | null {
  const placed: PlacedChord[] = [];
  let chords = 0;
  let minors = 0;
  const expanded = expandTabs(line);
  const remark = remarkOf(expanded, system);
  for (const match of expanded.slice(0, remark?.column).matchAll(tokens)) {
    const text = match[0];
    if (text === ',') continue;
    const isMinor = system === 'german' && looksLikeMinor.test(text);
    const isNamed = isMinor || (looksLikeChord.test(text) && (system === 'latin' || !wordLike.test(text)));
    const isChord = isNamed && parseChord(text, system) !== null;
    if (!isChord && !filler.test(text)) return null;
    if (isChord) chords += 1;
    if (isMinor) minors += 1;
    placed.push({ text, column: match.index, isChord });
    if (placed.length > 500) return null;
  }
  if (remark !== null) placed.push(remark);
  if (minors > 0 && minors === chords && !isSpacedOut.test(line.trim())) return null;
  // “La La La” is sung.
  const isSung = system === 'latin' && chords > 1 && new Set(placed.map(({ text }) => text)).size === 1;
  return chords === 0 || isSung ? null : placed;
}

/** The names in which most lines are chord lines. */
export function systemOfLines(lines: readonly string[]): ChordSystem {
  let best: ChordSystem = 'common';
  let most = -1;
  for (const system of candidates) {
    const count = lines.reduce((sum, line) => (line.length < 500 && readChordLine(line, system) !== null ? sum + 1 : sum), 0);
    if (count > most) {
      best = system;
      most = count;
    }
  }
  return best;
}

/**
 * Chords put into the words below them, each where it stood in a monospaced font, behind the marks of a character and never within one;
 * beyond the end of the words they are set apart by blanks.
 */
export function mergeChords(chords: readonly PlacedChord[], lyrics: string): string {
  const words = expandTabs(lyrics).trimEnd();
  let merged = '';
  let at = 0;
  let width = 0;
  for (const { text, column, isChord } of chords) {
    // A dash between chords would only cut the word below it.
    if (/^[-–—]+$/.test(text)) continue;
    const from = at;
    while (at < words.length) {
      const character = String.fromCodePoint(words.codePointAt(at) ?? 0);
      const own = characterWidth(character);
      if (width >= column && own > 0) break;
      at += character.length;
      width += own;
    }
    merged += words.slice(from, at) + ' '.repeat(Math.max(0, column - width)) + bracket(text, isChord);
    width = Math.max(width, column);
  }
  return merged + words.slice(at);
}

/** Chords without words: their distance says nothing, their order does. */
export function chordsAlone(chords: readonly PlacedChord[]): string {
  return chords.map(({ text, isChord }) => (isChord ? bracket(text, true) : text)).join(' ');
}

const bracket = (text: string, isChord: boolean): string => (isChord ? `[${text}]` : `[*${text.replace(/[[\]]/g, '')}]`);
