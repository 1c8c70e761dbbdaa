import type { AccidentalStyle } from './note.ts';
import { parseChord, type ChordSystem, type ParsedChord } from './parse-chord.ts';

/** The names a song uses for its chords, and how it writes sharps and flats. */
export interface Notation {
  system: ChordSystem;
  style: AccidentalStyle;
}

/** Enough to tell one system from another; a song has some dozen different chords. */
const sampleSize = 200;
/** What is longer is no chord. */
const longestName = 32;
const systems = ['german', 'latin', 'solfege', 'roman', 'nashville'] as const satisfies readonly ChordSystem[];

const songStart = /[\n\r][\t ]*\{[\t ]*(?:ns|new_song)\b/gi;

/** The notation of the song that starts at `from`, up to the next {new_song}: each song of a book has its own. */
export function detectNotationFrom(text: string, from: number): Notation {
  return notationOf(chordNames(text, from));
}

/**
 * The same for a text that is read again with each keystroke: as long as its chords are the same, and in the same order, so is what they
 * are written in.
 */
export class NotationMemory {
  private readonly known = new Map<number, { names: string; notation: Notation }>();

  /** `index` is the number of the song in its text. */
  read(text: string, from: number, index: number): Notation {
    const all = chordNames(text, from);
    const names = [...all].join('\n');
    const known = this.known.get(index);
    if (known?.names === names) return known.notation;
    const notation = notationOf(all);
    if (this.known.size < mostRemembered) this.known.set(index, { names, notation });
    return notation;
  }
}

/** Songs of one text; a book of more is read anew. */
const mostRemembered = 100;

/**
 * The names of a text while single lines of it change. A song has some dozen of them, so what an edit means for all is asked without
 * reading all.
 */
export class NotationWatch {
  private readonly counts = new Map<string, number>();

  /** A text that holds one song. */
  constructor(text: string) {
    for (const name of bracketNames(text)) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** What the song is written in after this; `same` where no name came or went, null where it has too many to say. */
  replace(before: string, after: string): Notation | 'same' | null {
    const [gone, come] = [bracketNames(before), bracketNames(after)];
    if (gone.join('\n') === come.join('\n')) return 'same';
    const size = this.counts.size;
    for (const name of come) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    const isNew = this.counts.size > size;
    let isLost = false;
    for (const name of gone) {
      const left = (this.counts.get(name) ?? 0) - 1;
      if (left > 0) this.counts.set(name, left);
      else isLost = this.counts.delete(name);
    }
    // Beyond the sample their order counts too.
    if (Math.max(size, this.counts.size) >= sampleSize) return null;
    return isNew || isLost ? notationOf(this.counts.keys()) : 'same';
  }
}

/** The different names in the brackets of a song, up to the next {new_song}; the first of them where they are many. */
function chordNames(text: string, from: number): Set<string> {
  songStart.lastIndex = from;
  const end = songStart.exec(text)?.index ?? text.length;
  const names = new Set<string>();
  for (let at = from; at < end && names.size < sampleSize;) {
    const close = text.indexOf(']', at);
    if (close < 0 || close >= end) break;
    const name = nameBefore(text, from, close);
    if (name !== null) names.add(name);
    at = close + 1;
  }
  return names;
}

/** All names in the brackets of a text. */
function bracketNames(text: string): string[] {
  const names: string[] = [];
  for (let close = text.indexOf(']'); close >= 0; close = text.indexOf(']', close + 1)) {
    const name = nameBefore(text, 0, close);
    if (name !== null) names.push(name);
  }
  return names;
}

/** What stands between the `]` at `close` and the nearest `[`, so that a bracket that was never closed hides nothing; null where that is no name. */
function nameBefore(text: string, from: number, close: number): string | null {
  const first = Math.max(from, close - longestName - 1);
  for (let at = close - 1; at >= first; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 91) return at + 1 === close ? null : text.slice(at + 1, close).trim();
    // An asterisk makes it a remark; no name goes over the end of its line.
    if (code === 42 || code === 10 || code === 13) return null;
  }
  return null;
}

/**
 * The system in which most of the different chords of a text can be read; the common one where two are equal. `Do` is a D diminished
 * until a Re or Sol is beside it, B is what it is until there is an H.
 */
export function notationOf(names: Iterable<string>): Notation {
  const all = [...names];
  const common = readable(all, 'common');
  const isGerman = isGermanByFlats(common);
  let system: ChordSystem = isGerman ? 'german' : 'common';
  let best = isGerman ? readable(all, 'german') : common;
  for (const other of systems) {
    if (best.length === all.length) break;
    if (other === 'german' && !mayBeGerman(all)) continue;
    const read = readable(all, other);
    if (read.length > best.length) {
      best = read;
      system = other;
    }
  }
  return { system, style: styleOf(best, system) };
}

/**
 * An H says German, and so do Es, As, Des. Without them, a B would be another tone than the one that was meant, so then only a song that
 * has no B may be read as German, for its minor chords in lower case.
 */
function mayBeGerman(names: readonly string[]): boolean {
  return (
    names.some((name) => /^\(?[Hh]/.test(name) && parseChord(name, 'german') !== null) ||
    isGermanByFlats(readable(names, 'common')) ||
    !names.some((name) => /^\(?[Bb]|\/[Bb]/.test(name))
  );
}

/**
 * A B beside Es, As, Des is the flat one: the Dutch, who share those names, would write Bes. A song of this sort has no H once it is
 * transposed into flats.
 */
function isGermanByFlats(chords: readonly ParsedChord[]): boolean {
  const tones = chords.flatMap(({ root, bass }) => [root, bass].filter((tone) => tone !== null));
  const flats = tones.filter(({ style, note }) => style === 'syllable' && note !== null && note.accidental < 0);
  const accidentalsOfB = tones.flatMap(({ note }) => (note?.letter === 6 ? [note.accidental] : []));
  return flats.length > 0 && accidentalsOfB.length > 0 && accidentalsOfB.every((accidental) => accidental === 0);
}

function readable(names: readonly string[], system: ChordSystem): ParsedChord[] {
  return names.flatMap((name) => parseChord(name, system) ?? []);
}

function styleOf(chords: readonly ParsedChord[], system: ChordSystem): AccidentalStyle {
  const counts: Record<AccidentalStyle, number> = { ascii: 0, unicode: 0, syllable: 0 };
  for (const { root } of chords) if (root !== null && root.style !== null) counts[root.style] += 1;
  if (system === 'german' && counts.ascii + counts.unicode === 0) return 'syllable';
  if (counts.unicode > counts.ascii && counts.unicode >= counts.syllable) return 'unicode';
  return counts.syllable > counts.ascii ? 'syllable' : 'ascii';
}
