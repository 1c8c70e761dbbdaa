import { intervalBetween, isDiatonic, signatureOf, type Key } from './key.ts';
import { mod12, moveNote, ordOf, spellOrd, type AccidentalStyle, type Note } from './note.ts';
import { noteName } from './note-names.ts';
import { parseChord, type ChordSystem, type ChordTone, type ParsedChord } from './parse-chord.ts';

/** How the notes of a transposed chord are named: by a key, or with one sort of accidentals. */
export type Spelling = 'sharps' | 'flats' | { from: Key; to: Key };

/** What happens to the chords from some place of a song on. */
export interface ChordShift {
  /** The names the song uses, and how it writes accidentals. */
  system: ChordSystem;
  style: AccidentalStyle;
  semitones: number;
  spelling: Spelling;
}

export const unshifted: ChordShift = { system: 'common', style: 'ascii', semitones: 0, spelling: 'sharps' };

/** Two shifts with the same key do the same. */
export function shiftKey(shift: ChordShift): string {
  const { spelling } = shift;
  const by =
    typeof spelling === 'string'
      ? spelling
      : [spelling.from, spelling.to].map((key) => `${key.tonic.letter}${key.tonic.accidental}${key.isMinor}`).join();
  return `${shift.system} ${shift.style} ${shift.semitones} ${by}`;
}

/** A chord in the system of the song; German songs may have a `Bb` that others wrote, others an `H`. Null for what is no chord. */
export function readChord(text: string, system: ChordSystem): ParsedChord | null {
  return parseChord(text, system) ?? (system === 'common' ? null : parseChord(text, 'common'));
}

/** The chord after the shift, everything but root and bass as typed; null for what is no chord. Degrees of a key stay what they are. */
export function shiftChord(text: string, shift: ChordShift | null): string | null {
  const parsed = readChord(text, shift?.system ?? 'common');
  if (parsed === null) return null;
  if (shift === null || shift.semitones === 0) return text;
  return rewriteTones(parsed, (tone) => (tone.note === null ? null : shiftNote(tone.note, shift)), shift.style);
}

/** The text of a chord with its root and bass renamed; null from `rename` leaves one as it is. */
export function rewriteTones(parsed: ParsedChord, rename: (tone: ChordTone) => Note | null, style: AccidentalStyle): string {
  let { text } = parsed;
  // From the right, so that the ranges to the left stay true.
  for (const tone of [parsed.bass, parsed.root]) {
    if (tone === null) continue;
    const note = rename(tone);
    if (note !== null) text = text.slice(0, tone.from) + toneName(note, parsed.system, tone, style) + text.slice(tone.to);
  }
  return text;
}

function toneName(note: Note, system: ChordSystem, tone: ChordTone, style: AccidentalStyle): string {
  if (system === 'nashville' || system === 'roman') throw new TypeError('Degrees have no notes.');
  const name = noteName(note, system, tone.style ?? style);
  return tone.isLowerCase ? name.toLowerCase() : name;
}

/** A note after the shift. By a key it moves as the tonic does, which keeps a flat seventh a flat seventh. */
export function shiftNote(note: Note, shift: Pick<ChordShift, 'semitones' | 'spelling'>): Note {
  const { semitones, spelling } = shift;
  if (mod12(semitones) === 0 && typeof spelling !== 'string') return note;
  const ord = ordOf(note) + semitones;
  if (typeof spelling === 'string') return spellOrd(ord, spelling);
  const { letters } = intervalBetween(spelling.from, spelling.to);
  const moved = moveNote(note, letters, semitones);
  // E#, Cb and doubles are named only where the key has them.
  if (moved !== null && (isPlain(moved) || isDiatonic(moved, spelling.to))) return moved;
  return spellOrd(ord, signatureOf(spelling.to) < 0 ? 'flats' : 'sharps');
}

function isPlain(note: Note): boolean {
  if (note.accidental === 0) return true;
  return Math.abs(note.accidental) === 1 && note.letter !== (note.accidental > 0 ? 2 : 3) && note.letter !== (note.accidental > 0 ? 6 : 0);
}

export type SeenBracket = { kind: 'chord' | 'unknown' | 'annotation' | 'text'; text: string };

/** What stands in a bracket of a line of lyrics, after the shift. `[]` is nothing but a place. */
export function classifyBracket(content: string, shift: ChordShift): SeenBracket {
  if (content.startsWith('*')) return { kind: 'annotation', text: content.slice(1) };
  const trimmed = content.trim();
  if (trimmed === '') return { kind: 'text', text: '' };
  const chord = shiftChord(trimmed, shift);
  return chord === null ? { kind: 'unknown', text: trimmed } : { kind: 'chord', text: chord };
}
