import { parseChord, type ChordSystem, type ParsedChord } from './parse-chord.ts';

/** A chord in the system of the song; German songs may have a `Bb` that others wrote, others an `H`. Null for what is no chord. */
export function readChord(text: string, system: ChordSystem): ParsedChord | null {
  return parseChord(text, system) ?? (system === 'common' ? null : parseChord(text, 'common'));
}
