import type { AccidentalStyle } from './note.ts';
import { parseChord, type ChordSystem, type ParsedChord } from './parse-chord.ts';

/** The names a song uses for its chords, and how it writes sharps and flats. */
export interface Notation {
  system: ChordSystem;
  style: AccidentalStyle;
}

/** Enough to tell one system from another; a song has some dozen different chords. */
const sampleSize = 200;
const bracket = /\[([^\]*\n\r][^\]\n\r]{0,31})\]/g;
const systems = ['german', 'latin', 'solfege', 'roman', 'nashville'] as const satisfies readonly ChordSystem[];

/**
 * The system in which most of the different chords of a text can be read; the common one where two are equal. `Do` is a D diminished
 * until a Re or Sol is beside it, B is what it is until there is an H.
 */
export function detectNotation(text: string): Notation {
  const names = new Set<string>();
  for (const match of text.matchAll(bracket)) {
    names.add((match[1] ?? '').trim());
    if (names.size >= sampleSize) break;
  }
  return notationOf(names);
}

export function notationOf(names: Iterable<string>): Notation {
  const all = [...names];
  let best: ParsedChord[] = readable(all, 'common');
  let system: ChordSystem = 'common';
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
 * An H says German. Without one, a B would be another tone than the one that was meant, so then only a song that has no B may be read
 * as German, for its minor chords in lower case.
 */
function mayBeGerman(names: readonly string[]): boolean {
  return (
    names.some((name) => /^\(?[Hh]/.test(name) && parseChord(name, 'german') !== null) ||
    !names.some((name) => /^\(?[Bb]|\/[Bb]/.test(name))
  );
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
