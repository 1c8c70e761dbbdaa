import type { AccidentalStyle, Note } from './note.ts';

export type NoteSystem = 'common' | 'german' | 'latin' | 'solfege';

/** A note name found at the start of a text. */
export interface FoundNote {
  note: Note;
  style: AccidentalStyle | null;
  /** Characters of the name. */
  length: number;
  /** Germans write minor chords in lower case. */
  isLowerCase: boolean;
}

const letters = 'CDEFGAB';
const syllables: readonly (readonly [string, number])[] = [
  ['dó', 0],
  ['do', 0],
  ['ré', 1],
  ['re', 1],
  ['mi', 2],
  ['fá', 3],
  ['fa', 3],
  ['sol', 4],
  ['so', 4],
  ['lá', 5],
  ['la', 5],
  ['si', 6],
  ['ti', 6],
];

/** In solfège each semitone has a syllable of its own, sharps first; `Si` is a raised So there, and the 7 is `Ti`. */
const chromaticSyllables: readonly (readonly [string, Note])[] = [
  ['di', { letter: 0, accidental: 1 }],
  ['ri', { letter: 1, accidental: 1 }],
  ['fi', { letter: 3, accidental: 1 }],
  ['si', { letter: 4, accidental: 1 }],
  ['li', { letter: 5, accidental: 1 }],
  ['ra', { letter: 1, accidental: -1 }],
  ['me', { letter: 2, accidental: -1 }],
  ['ma', { letter: 2, accidental: -1 }],
  ['se', { letter: 4, accidental: -1 }],
  ['le', { letter: 5, accidental: -1 }],
  ['lo', { letter: 5, accidental: -1 }],
  ['te', { letter: 6, accidental: -1 }],
  ['ta', { letter: 6, accidental: -1 }],
];

const accidentals: readonly (readonly [string, number, AccidentalStyle])[] = [
  ['##', 2, 'ascii'],
  ['bb', -2, 'ascii'],
  ['♯♯', 2, 'unicode'],
  ['♭♭', -2, 'unicode'],
  ['𝄪', 2, 'unicode'],
  ['𝄫', -2, 'unicode'],
  ['#', 1, 'ascii'],
  ['b', -1, 'ascii'],
  ['♯', 1, 'unicode'],
  ['♭', -1, 'unicode'],
  ['♮', 0, 'unicode'],
];

/** `\ud834` starts 𝄪 and 𝄫. */
const startsAccidental = /[#b♯♭♮\ud834ies]/;
const sharpSyllables: readonly (readonly [string, number])[] = [
  ['isis', 2],
  ['is', 1],
];
const flatSyllables: readonly (readonly [string, number])[] = [
  ['eses', -2],
  ['es', -1],
];
/** A and E lose the e: As, Ases, Es, Eses. */
const shortFlatSyllables: readonly (readonly [string, number])[] = [
  ['ses', -2],
  ['s', -1],
];

/**
 * Every way in which a text can start with a note of the system, the longest name first: `Esus4` is Es + us4 or E + sus4, and only
 * who reads on can tell.
 */
export function findNotes(text: string, at: number, system: NoteSystem): FoundNote[] {
  if (system === 'common' || system === 'german') return findLetters(text, at, system === 'german', system === 'german');
  const chromatic = system === 'solfege' ? findChromatic(text, at) : null;
  return chromatic === null ? findSyllables(text, at) : [chromatic];
}

/** A bass in common names may be in lower case: Am/g. */
export function findBassNotes(text: string, at: number, system: NoteSystem): FoundNote[] {
  return system === 'common' ? findLetters(text, at, false, true) : findNotes(text, at, system);
}

function findLetters(text: string, at: number, isGerman: boolean, mayBeLowerCase: boolean): FoundNote[] {
  const first = text.charAt(at);
  const upper = first.toUpperCase();
  const isLowerCase = first !== upper;
  if (isLowerCase && !mayBeLowerCase) return [];
  const letter = upper === 'H' && isGerman ? 6 : letters.indexOf(upper);
  if (letter < 0 || upper === '') return [];
  // German B is the note below H, with its flat already in the name.
  const isGermanB = isGerman && upper === 'B';
  const found: FoundNote[] = [];
  const add = (accidental: number, style: AccidentalStyle | null, length: number): void => {
    found.push({ note: { letter, accidental }, style, length: 1 + length, isLowerCase });
  };
  if (!startsAccidental.test(text.charAt(at + 1))) {
    add(isGermanB ? -1 : 0, null, 0);
    return found;
  }
  const rest = text.slice(at + 1, at + 5);
  const names = [...sharpSyllables, ...flatSyllables, ...(upper === 'A' || upper === 'E' ? shortFlatSyllables : [])];
  for (const [name, accidental] of names) {
    // “Bb”, “Bes” in a German song are what others call so: nobody means a Heses.
    if (rest.startsWith(name)) add(isGermanB && accidental > 0 ? accidental - 1 : accidental, 'syllable', name.length);
  }
  for (const [sign, accidental, style] of accidentals) {
    if (rest.startsWith(sign)) add(isGermanB && accidental > 0 ? accidental - 1 : accidental, style, sign.length);
  }
  add(isGermanB ? -1 : 0, null, 0);
  return found.sort((one, other) => other.length - one.length);
}

function findChromatic(text: string, at: number): FoundNote | null {
  const start = text.slice(at, at + 2).toLowerCase();
  const known = chromaticSyllables.find(([name]) => name === start);
  return known === undefined ? null : { note: known[1], style: 'syllable', length: 2, isLowerCase: false };
}

function findSyllables(text: string, at: number): FoundNote[] {
  const start = text.slice(at, at + 3).toLowerCase();
  const found: FoundNote[] = [];
  for (const [name, letter] of syllables) {
    if (!start.startsWith(name)) continue;
    // Some programs part the accent of Ré from its letter.
    const length = name.length + (text.charAt(at + name.length) === '\u0301' ? 1 : 0);
    const rest = text.slice(at + length, at + length + 2);
    for (const [sign, accidental, style] of accidentals) {
      if (rest.startsWith(sign)) found.push({ note: { letter, accidental }, style, length: length + sign.length, isLowerCase: false });
    }
    found.push({ note: { letter, accidental: 0 }, style: null, length, isLowerCase: false });
  }
  return found.sort((one, other) => other.length - one.length);
}

const latinNames = ['Do', 'Re', 'Mi', 'Fa', 'Sol', 'La', 'Si'];
const solfegeNames = ['Do', 'Re', 'Mi', 'Fa', 'So', 'La', 'Ti'];

/** A note in the words of a system. */
export function noteName(note: Note, system: NoteSystem, style: AccidentalStyle): string {
  switch (system) {
    case 'common':
      return letters.charAt(note.letter) + accidentalName(note, style);
    case 'german':
      return germanName(note, style);
    case 'latin':
      return (latinNames[note.letter] ?? '') + accidentalName(note, style === 'syllable' ? 'ascii' : style);
    case 'solfege':
      return solfegeName(note, style);
  }
}

function solfegeName(note: Note, style: AccidentalStyle): string {
  const chromatic = chromaticSyllables.find(([, known]) => known.letter === note.letter && known.accidental === note.accidental)?.[0];
  if (chromatic !== undefined) return chromatic.charAt(0).toUpperCase() + chromatic.slice(1);
  return (solfegeNames[note.letter] ?? '') + accidentalName(note, style === 'syllable' ? 'ascii' : style);
}

function germanName(note: Note, style: AccidentalStyle): string {
  if (note.letter === 6 && note.accidental === -1) return 'B';
  return (note.letter === 6 ? 'H' : letters.charAt(note.letter)) + accidentalName(note, style);
}

function accidentalName({ letter, accidental }: Note, style: AccidentalStyle): string {
  const count = Math.abs(accidental);
  if (count === 0) return '';
  if (style === 'ascii') return (accidental > 0 ? '#' : 'b').repeat(count);
  if (style === 'unicode') return count === 2 ? (accidental > 0 ? '𝄪' : '𝄫') : accidental > 0 ? '♯' : '♭';
  if (accidental > 0) return 'is'.repeat(count);
  // A and E swallow the first e: As, Ases, Es, Eses.
  const flats = 'es'.repeat(count);
  return letter === 5 || letter === 2 ? flats.slice(1) : flats;
}
