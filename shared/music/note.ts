/** A note as it is spelled: letter C … B as 0 … 6, accidentals from −2 (double flat) to 2 (double sharp). */
export interface Note {
  letter: number;
  accidental: number;
}

/** How accidentals are written: `#`/`b`, `♯`/`♭`, or as syllables (`is`/`es`, as Germans and Dutch do). */
export type AccidentalStyle = 'ascii' | 'unicode' | 'syllable';

/** Semitones of the natural letters above C. */
const naturals = [0, 2, 4, 5, 7, 9, 11] as const;

/** Of the note above C, 0–11. */
export function ordOf(note: Note): number {
  return mod12((naturals[note.letter] ?? 0) + note.accidental);
}

export function mod12(value: number): number {
  return ((value % 12) + 12) % 12;
}

const sharpNames: readonly Note[] = tableOf([0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6]);
const flatNames: readonly Note[] = tableOf([0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6]);

function tableOf(letters: readonly number[]): Note[] {
  return letters.map((letter, ord) => ({ letter, accidental: ord - (naturals[letter] ?? 0) }));
}

/** The usual name with sharps, or with flats. */
export function spellOrd(ord: number, side: 'sharps' | 'flats'): Note {
  const note = (side === 'sharps' ? sharpNames : flatNames)[mod12(ord)];
  if (note === undefined) throw new RangeError('An ord is 0–11.');
  return note;
}

/** `note` moved by an interval that is so many letters and so many semitones wide; null where it would need a triple accidental. */
export function moveNote(note: Note, letters: number, semitones: number): Note | null {
  const letter = (((note.letter + letters) % 7) + 7) % 7;
  const wanted = mod12(ordOf(note) + semitones);
  let accidental = mod12(wanted - (naturals[letter] ?? 0));
  if (accidental > 6) accidental -= 12;
  return Math.abs(accidental) <= 2 ? { letter, accidental } : null;
}

/** Place on the line of fifths: F −1, C 0, G 1 … F# 6; sharps are above, flats below. */
export function fifthsOf(note: Note): number {
  const ofLetter = [0, 2, 4, -1, 1, 3, 5][note.letter] ?? 0;
  return ofLetter + 7 * note.accidental;
}
