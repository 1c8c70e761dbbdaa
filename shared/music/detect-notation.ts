import { parseKey, signatureOf, type Key } from './key.ts';
import type { AccidentalStyle } from './note.ts';
import { parseChord, type ChordSystem, type ParsedChord } from './parse-chord.ts';
import { everyName, hasCells, lineNames, sampleSize, writtenNames } from './written-names.ts';

/** The names a song uses for its chords, and how it writes sharps and flats. */
export interface Notation {
  system: ChordSystem;
  style: AccidentalStyle;
}

const systems = ['german', 'latin', 'solfege', 'roman', 'nashville'] as const satisfies readonly ChordSystem[];

/** The notation of the song that starts at `from`, up to the next {new_song}: each song of a book has its own. */
export function detectNotationFrom(text: string, from: number): Notation {
  const { names, keys } = writtenNames(text, from);
  return notationOf(names, keys);
}

/**
 * The same for a text that is read again with each keystroke: as long as its chords are the same, and in the same order, so is what they
 * are written in.
 */
export class NotationMemory {
  private readonly known = new Map<number, { names: string; notation: Notation }>();

  /** `index` is the number of the song in its text. */
  read(text: string, from: number, index: number): Notation {
    const { names, keys } = writtenNames(text, from);
    const all = [...names, '', ...keys].join('\n');
    const known = this.known.get(index);
    if (known?.names === all) return known.notation;
    const notation = notationOf(names, keys);
    if (this.known.size < mostRemembered) this.known.set(index, { names: all, notation });
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
  private readonly keys: readonly string[];

  /** A text that holds one song. */
  constructor(text: string) {
    const { names, keys } = everyName(text);
    this.keys = keys;
    for (const name of names) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** What the song is written in after these lines; `same` where no name came or went, null where it has too many to say. */
  replace(before: readonly string[], after: readonly string[], isGrid: boolean): Notation | 'same' | null {
    // What looks like a row of a grid may be one to those who read the text as a whole.
    if (!isGrid && (before.some(hasCells) || after.some(hasCells))) return null;
    const gone = before.flatMap((line) => lineNames(line, isGrid));
    const come = after.flatMap((line) => lineNames(line, isGrid));
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
    return isNew || isLost ? notationOf(this.counts.keys(), this.keys) : 'same';
  }
}

/**
 * The system in which most of the different chords of a text can be read; the common one where two are equal. `Do` is a D diminished
 * until a Re or Sol is beside it, B is what it is until there is an H, or a key that has no other B than the flat one.
 * @param keys as they are typed in {key}
 */
export function notationOf(names: Iterable<string>, keys: readonly string[] = []): Notation {
  const all = [...names];
  const common = readable(all, 'common');
  const isGerman = isGermanBySyllables(common) || isGermanByKey(common, keys);
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
  if (system === 'latin' && isSolfege(all) && readable(all, 'solfege').length === best.length) system = 'solfege';
  return { system, style: styleOf(best, system) };
}

/** A Ti is solfège, where sharps and flats have syllables of their own; so is a So, unless there is the Si that others have for it. */
const isSolfege = (names: readonly string[]): boolean =>
  names.some((name) => /^\(?ti|\/ti/i.test(name)) ||
  (names.some((name) => /^\(?so(?!l)/i.test(name)) && !names.some((name) => /^\(?si|\/si/i.test(name)));

/**
 * An H says German, and so do Es, As, Des. Without them, a B would be another tone than the one that was meant, so then only a song that
 * has no B may be read as German, for its minor chords in lower case.
 */
function mayBeGerman(names: readonly string[]): boolean {
  return (
    names.some((name) => /^\(?[Hh]/.test(name) && parseChord(name, 'german') !== null) ||
    isGermanBySyllables(readable(names, 'common')) ||
    !names.some((name) => /^\(?[Bb]|\/[Bb]/.test(name))
  );
}

/**
 * Of those who write Es, As, Fis, most write H: without a B both are read alike, and once transposed only an H says which B it is. A B
 * beside Es, As, Des is the flat one: the Dutch, who share those names, would write Bes. A song of this sort has no H once it is
 * transposed into flats.
 */
function isGermanBySyllables(chords: readonly ParsedChord[]): boolean {
  const tones = chords.flatMap(({ root, bass }) => [root, bass].filter((tone) => tone !== null));
  const syllables = tones.flatMap(({ style, note }) => (style === 'syllable' && note !== null ? [note.accidental] : []));
  const accidentalsOfB = tones.flatMap(({ note }) => (note?.letter === 6 ? [note.accidental] : []));
  if (syllables.length === 0 || accidentalsOfB.some((accidental) => accidental !== 0)) return false;
  return accidentalsOfB.length === 0 || syllables.some((accidental) => accidental < 0);
}

/**
 * In F, D minor and G minor a B that carries a major or minor chord among chords of the key is the flat one: the other B is as far from
 * these keys as a tone can be. Songs with an H, a Bb or a diminished B are told by those. In keys of more flats a B may be a Cb.
 */
function isGermanByKey(chords: readonly ParsedChord[], keys: readonly string[]): boolean {
  const known = keys.map((value) => parseKey(value, 'german'));
  if (known.length === 0 || !known.every((key) => key !== null && isNearF(key))) return false;
  const roots = new Set(chords.map(({ root }) => root?.note?.letter));
  return roots.size >= leastRoots && roots.has(6) && chords.every(isPlainNatural);
}

/** Fewer do not make a key. */
const leastRoots = 3;

const isNearF = (key: Key): boolean => signatureOf(key) === -1 || (key.isMinor && signatureOf(key) === -2);

function isPlainNatural({ root, bass, quality, extension }: ParsedChord): boolean {
  if (root?.note === null || root === null) return true;
  if (root.note.accidental !== 0 || (bass?.note?.letter === 6 && bass.note.accidental !== 0)) return false;
  return root.note.letter !== 6 || ((quality === 'major' || quality === 'minor') && !/[b♭-]5/.test(extension));
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
