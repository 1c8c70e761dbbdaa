import type { Key } from './key.ts';
import { bareBracket } from './mark-segments.ts';
import type { TextStyle } from './markup.ts';
import { mod12, ordOf, spellOrd, type AccidentalStyle, type Note } from './note.ts';
import { noteName } from './note-names.ts';
import { isOfDegrees, type ChordSystem, type ChordTone, type ParsedChord } from './parse-chord.ts';
import { formatChord } from './format-chord.ts';
import { readChord } from './read-chord.ts';
import { shiftBass, shiftRoot } from './spell-shifted.ts';

/** How the notes of a transposed chord are named: by a key, or with one sort of accidentals. */
export type Spelling = 'sharps' | 'flats' | { from: Key; to: Key };

/** What happens to the chords from some place of a song on. */
export interface ChordShift {
  /** The names the song uses, and how it writes accidentals. */
  system: ChordSystem;
  style: AccidentalStyle;
  semitones: number;
  spelling: Spelling;
  /** Names that {define} made chords, or lets be shown as others. */
  names?: ReadonlyMap<string, NamedChord>;
  /** Tells one set of names from another. */
  names_key?: number;
  /** What brackets were found to be under this shift: a song repeats its few chords on each line. */
  seen?: Map<string, SeenBracket>;
}

/** What {define} says of a name: the chord that is shown for it where the chords are as written, and how its name is set. */
export interface NamedChord {
  shown: string;
  format: string | null;
}

/** Two shifts with the same key do the same. */
export function shiftKey(shift: ChordShift): string {
  const { spelling } = shift;
  const by =
    typeof spelling === 'string'
      ? spelling
      : [spelling.from, spelling.to].map((key) => `${key.tonic.letter}${key.tonic.accidental}${key.isMinor}`).join();
  return `${shift.system} ${shift.style} ${shift.semitones} ${by} ${shift.names_key ?? 0}`;
}

/** The chord after the shift, everything but root and bass as typed; null for what is no chord. Degrees of a key stay what they are. */
export function shiftChord(text: string, shift: ChordShift | null): string | null {
  const parsed = readChord(text, shift?.system ?? 'common');
  if (parsed === null) return null;
  return shift === null || shift.semitones === 0 ? text : shiftParsed(parsed, shift);
}

/** The same for a chord that was parsed before; moves by 0 semitones respell. */
export function shiftParsed(parsed: ParsedChord, shift: ChordShift): string {
  const { root, bass } = parsed;
  const { semitones, spelling } = shift;
  if (root === null && bass !== null && bass.note !== null) return renamed(parsed, null, bassAlone(bass.note, shift), shift.style);
  if (root === null || root.note === null) return parsed.text;
  if (typeof spelling === 'string') {
    const bassNote = bass?.note === null || bass === null ? null : spellOrd(ordOf(bass.note) + semitones, spelling);
    return renamed(parsed, spellOrd(ordOf(root.note) + semitones, spelling), bassNote, shift.style);
  }
  const { from, to } = spelling;
  if (mod12(semitones) === 0 && from === to) return parsed.text;
  const shifted = shiftRoot(root.note, from, to, semitones, parsed.quality === 'diminished');
  const bassNote = bass?.note === null || bass === null ? null : shiftBass(bass.note, root.note, shifted, to, semitones);
  return renamed(parsed, shifted, bassNote, shift.style);
}

/** `/E`: a bass that no chord is named for is spelled as a chord of its own would be. */
function bassAlone(note: Note, { semitones, spelling }: ChordShift): Note {
  if (typeof spelling === 'string') return spellOrd(ordOf(note) + semitones, spelling);
  return mod12(semitones) === 0 && spelling.from === spelling.to ? note : shiftRoot(note, spelling.from, spelling.to, semitones, false);
}

/** The text of a chord with other names for its root and bass. */
function renamed(parsed: ParsedChord, root: Note | null, bass: Note | null, style: AccidentalStyle): string {
  let { text } = parsed;
  // From the right, so that the range to the left stays true.
  if (parsed.bass !== null && bass !== null) text = withTone(text, parsed.bass, bass, parsed.system, style);
  return parsed.root === null || root === null ? text : withTone(text, parsed.root, root, parsed.system, style);
}

function withTone(text: string, tone: ChordTone, note: Note, system: ChordSystem, style: AccidentalStyle): string {
  if (isOfDegrees(system)) return text;
  const written = noteName(note, system, tone.style ?? style);
  return text.slice(0, tone.from) + (tone.isLowerCase ? written.toLowerCase() : written) + setApart(text.slice(tone.to), written);
}

/** C#b5 a semitone up is D(b5): Db5 would be another chord. */
function setApart(rest: string, name: string): string {
  const sign = rest.charAt(0);
  if (!/[#b♯♭]/.test(sign) || (/[#b♯♭]$/.test(name) && !name.endsWith(sign))) return rest;
  return rest.replace(/^.\d{1,2}/, '($&)');
}

export interface SeenBracket {
  kind: 'chord' | 'unknown' | 'annotation' | 'text';
  text: string;
  /** Of its markup. */
  style?: TextStyle;
}

/** What stands in a bracket of a line of lyrics, after the shift. `[]` is nothing but a place. */
export function classifyBracket(content: string, shift: ChordShift): SeenBracket {
  let known = shift.seen?.get(content);
  if (known === undefined) {
    known = content.includes('<') ? classifyMarked(content, shift) : classify(content, shift);
    shift.seen?.set(content, known);
  }
  return known;
}

function classifyMarked(content: string, shift: ChordShift): SeenBracket {
  const { text, style } = bareBracket(content);
  const seen = classify(text, shift);
  return style === null ? seen : { ...seen, style };
}

function classify(content: string, shift: ChordShift): SeenBracket {
  if (content.startsWith('*')) return { kind: 'annotation', text: content.slice(1) };
  const trimmed = content.trim();
  if (trimmed === '') return { kind: 'text', text: '' };
  // A bar line among the words is no chord, and no mistake.
  if (trimmed === '|' || trimmed === '||') return { kind: 'annotation', text: trimmed };
  const named = shift.names?.get(trimmed);
  if (named !== undefined) {
    const text = shift.semitones === 0 ? named.shown : (shiftChord(trimmed, shift) ?? named.shown);
    return { kind: 'chord', text: formatChord(text, named.format, shift.system) };
  }
  const chord = shiftChord(trimmed, shift);
  return chord === null ? { kind: 'unknown', text: trimmed } : { kind: 'chord', text: chord };
}
