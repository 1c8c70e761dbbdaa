import { readExtension } from './chord-extension.ts';
import { degreeOrd, findDegrees } from './degree.ts';
import { ordOf, type AccidentalStyle, type Note } from './note.ts';
import { findBassNotes, findNotes } from './note-names.ts';

export type ChordSystem = 'common' | 'german' | 'latin' | 'solfege' | 'nashville' | 'roman';
/** Systems that number the steps of a key instead of naming notes. */
export function isOfDegrees(system: ChordSystem): system is 'nashville' | 'roman' {
  return system === 'nashville' || system === 'roman';
}

export type ChordQuality = 'major' | 'minor' | 'diminished' | 'augmented';

/** Root or bass: where it is written, and which tone it is: a note, or a degree of the key (then the 1 has ord 0). */
export interface ChordTone {
  from: number;
  to: number;
  /** 0–11. */
  ord: number;
  /** Null in Nashville and Roman numbers. */
  note: Note | null;
  style: AccidentalStyle | null;
  isLowerCase: boolean;
}

export interface ParsedChord {
  system: ChordSystem;
  /** The text that was parsed; `root` and `bass` count from its start. */
  text: string;
  /** Null for NC, where nobody plays, and for a bass alone: `/E`. */
  root: ChordTone | null;
  quality: ChordQuality | null;
  /** What is left of the name when root, quality and bass are taken away: `7`, `maj9`, `sus4`, `(b5)`. */
  extension: string;
  bass: ChordTone | null;
  /** `(Am)`: may be left out. */
  isOptional: boolean;
}

/** A name longer than this is no chord; the bound keeps hostile brackets cheap. */
const longest = 48;
/** Marks that players add to a chord. */
const marks = /[*'’!]{1,3}$/;
const noChord = /^(?:n[./]? ?c\.?|no ?chord)$/i;

/** A chord in the names of `system`, or null for what is none. Blanks around it do not count. */
export function parseChord(text: string, system: ChordSystem): ParsedChord | null {
  if (text.length > longest) return null;
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text, from)) from += 1;
  while (to > from && isBlank(text, to - 1)) to -= 1;
  if (from === to) return null;
  // A pair of brackets may go around several chords: [(Am] [G)].
  const opens = text.charAt(from) === '(';
  const closes = text.charAt(to - 1) === ')' && (opens || !text.slice(from, to).includes('('));
  if (opens) {
    const inner = parseBetween(text, from + 1, closes ? to - 1 : to, system);
    if (inner !== null) return { ...inner, isOptional: true };
  } else if (closes) {
    const inner = parseBetween(text, from, to - 1, system);
    if (inner !== null) return { ...inner, isOptional: true };
  }
  return parseBetween(text, from, to, system);
}

const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 160;

function parseBetween(text: string, from: number, to: number, system: ChordSystem): ParsedChord | null {
  const name = text.slice(from, to);
  if (noChord.test(name)) return { system, text, root: null, quality: null, extension: '', bass: null, isOptional: false };
  // The last slash that a tone follows is the bass: C6/9/E.
  const slash = name.lastIndexOf('/');
  if (slash >= 0) {
    const mark = marks.exec(name)?.[0] ?? '';
    const bass = findBass(text, from + slash + 1, to - mark.length, system);
    if (bass !== undefined && slash === 0) return { system, text, root: null, quality: null, extension: mark, bass, isOptional: false };
    if (bass !== undefined) {
      const upper = parseUpper(text, from, from + slash, system);
      if (upper !== null) return { ...upper, extension: upper.extension + mark, bass };
    }
  }
  return parseUpper(text, from, to, system);
}

function parseUpper(text: string, from: number, to: number, system: ChordSystem): ParsedChord | null {
  for (const root of findTones(text, from, system)) {
    if (root.to > to) continue;
    const rest = readExtension(text.slice(root.to, to).trimEnd());
    if (rest === null) continue;
    // In lower case a German or Roman chord is minor, unless it says that it is something else.
    const quality = root.isLowerCase && rest.quality === 'major' ? 'minor' : rest.quality;
    return { system, text, root, quality, extension: rest.extension, bass: null, isOptional: false };
  }
  return null;
}

function findBass(text: string, from: number, to: number, system: ChordSystem): ChordTone | undefined {
  const isTone = (tone: ChordTone): boolean => tone.to === to;
  const own = findTones(text, from, system, findBassNotes).find(isTone);
  // Under a Roman number many write the bass as a plain one, and the reverse: I/3.
  if (own !== undefined || (system !== 'roman' && system !== 'nashville')) return own;
  return findTones(text, from, system === 'roman' ? 'nashville' : 'roman').find(isTone);
}

function findTones(text: string, at: number, system: ChordSystem, find = findNotes): ChordTone[] {
  if (isOfDegrees(system)) {
    return findDegrees(text, at, system).map((degree) => ({
      from: at,
      to: at + degree.length,
      ord: degreeOrd(degree),
      note: null,
      style: degree.style,
      isLowerCase: degree.isLowerCase,
    }));
  }
  return find(text, at, system).map((found) => ({
    from: at,
    to: at + found.length,
    ord: ordOf(found.note),
    note: found.note,
    style: found.style,
    isLowerCase: found.isLowerCase,
  }));
}
