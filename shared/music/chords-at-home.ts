import { signatureOf, type Key } from './key.ts';
import { fifthsOf, moveNote, type Note } from './note.ts';
import type { ChordSystem } from './parse-chord.ts';
import { readChord } from './read-chord.ts';

/** Whether a note is one of the key's own seven. */
function isDiatonic(note: Note, key: Key): boolean {
  const distance = fifthsOf(note) - signatureOf(key);
  return distance >= -1 && distance <= 5;
}

/** How many of these chords have root and third in the key. */
export function chordsAtHome(names: Iterable<string>, key: Key, system: ChordSystem): number {
  let count = 0;
  for (const name of names) {
    const chord = readChord(name, system);
    const note = chord?.root?.note;
    if (chord === null || note === null || note === undefined || !isDiatonic(note, key)) continue;
    const third = moveNote(note, 2, chord.quality === 'minor' || chord.quality === 'diminished' ? 3 : 4);
    if (third !== null && isDiatonic(third, key)) count += 1;
  }
  return count;
}
