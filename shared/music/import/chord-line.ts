import { parseChord, type ChordSystem } from '../parse-chord.ts';

/** What musicians put between chords: bars, repeats, rests, dashes. */
const filler = /^(?:[|:.\-–—~/%*,→>]+|\(?[xX×]\s?\d{1,2}\)?|\(?\d{1,2}[xX×]\)?|[()]|->|…|\.{2,})$/;
/** In plain text there are no brackets to tell chords from words: so no lower case, and no Do, Go, Co for diminished chords. */
const looksLikeChord = /^\(?\p{Lu}/u;
const wordLike = /^[A-H]o$/;
const candidates = ['common', 'german', 'latin'] as const satisfies readonly ChordSystem[];

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

/** The chords of a line that has nothing but chords (and what stands between them); null for any other line. */
export function readChordLine(line: string, system: ChordSystem): PlacedChord[] | null {
  const placed: PlacedChord[] = [];
  let chords = 0;
  for (const match of expandTabs(line).matchAll(/\||[^\s|]+/g)) {
    // A bar may touch its chord: |Am
    const text = match[0];
    const isChord = looksLikeChord.test(text) && (system === 'latin' || !wordLike.test(text)) && parseChord(text, system) !== null;
    if (!isChord && !filler.test(text)) return null;
    if (isChord) chords += 1;
    placed.push({ text, column: match.index, isChord });
    if (placed.length > 500) return null;
  }
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

/** Chords put into the words below them, each where it stood; beyond the end of the words they are set apart by blanks. */
export function mergeChords(chords: readonly PlacedChord[], lyrics: string): string {
  const words = expandTabs(lyrics).trimEnd();
  let merged = '';
  let at = 0;
  for (const { text, column, isChord } of chords) {
    // A dash between chords would only cut the word below it.
    if (/^[-–—]+$/.test(text)) continue;
    // A chord never splits a character in two.
    const place = isSurrogateTail(words, column) ? column + 1 : column;
    if (place > at) {
      merged += words.slice(at, place).padEnd(place - at);
      at = place;
    }
    merged += bracket(text, isChord);
  }
  return merged + words.slice(at);
}

/** Chords without words: their distance says nothing, their order does. */
export function chordsAlone(chords: readonly PlacedChord[]): string {
  return chords.map(({ text, isChord }) => (isChord ? bracket(text, true) : text)).join(' ');
}

const bracket = (text: string, isChord: boolean): string => (isChord ? `[${text}]` : `[*${text.replace(/[[\]]/g, '')}]`);

function isSurrogateTail(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
