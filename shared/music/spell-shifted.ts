import { intervalBetween, signatureOf, type Key } from './key.ts';
import { fifthsOf, mod12, moveNote, ordOf, spellOrd, type Note } from './note.ts';

type Side = 'sharps' | 'flats';

/** What the signature of a key writes; C major and A minor write neither. */
function sideOf(key: Key): Side | null {
  const signature = signatureOf(key);
  return signature === 0 ? null : signature > 0 ? 'sharps' : 'flats';
}

/** Not E#, B#, Cb, Fb, nor a double: what charts avoid. */
export function isPlain(note: Note): boolean {
  if (note.accidental === 0) return true;
  if (Math.abs(note.accidental) > 1) return false;
  const avoided = note.accidental > 0 ? [2, 6] : [0, 3];
  return !avoided.includes(note.letter);
}

/**
 * The root of a chord after a transposition from one key to another, by the target key: a sharp key writes sharps, a flat key flats.
 * What was written against its key on purpose (Bb in G) keeps its distance from the tonic, and so do diminished chords, which lead
 * upwards. In C and A minor both sorts are at home, so there the distance from the tonic decides: Bb, Eb, F#. It does so too where a
 * chord that was no sharp would be one: the G of a song in E is the Bb of G, as it was when it came from there.
 */
export function shiftRoot(note: Note, from: Key, to: Key, semitones: number, isDiminished: boolean): Note {
  const { letters } = intervalBetween(from, to);
  const moved = moveNote(note, letters, semitones);
  const plain = moved !== null && isPlain(moved) ? moved : null;
  const fromSide = sideOf(from);
  const toSide = sideOf(to);
  const ord = ordOf(note) + semitones;
  // A diminished chord stands on #4, never on b5.
  if (isDiminished && plain !== null && plain.accidental < 0 && toSide === null) return nearTonic(ord, to.tonic);
  if (isDiminished && plain !== null && (plain.accidental >= 0 || toSide !== 'sharps')) return plain;
  if (toSide === null) {
    if (plain !== null && note.accidental !== 0) return plain;
    return isDiminished ? spellOrd(ord, 'sharps') : nearTonic(ord, to.tonic);
  }
  const isByKey = fromSide !== null && isSame(note, spellOrd(ordOf(note), fromSide));
  if (plain !== null && !isByKey) return plain;
  return toSide === 'sharps' && note.accidental <= 0 ? nearTonic(ord, to.tonic) : spellOrd(ord, toSide);
}

/** Letters from a root up to the tones that chords have: the third of C# is E#, whatever stands there. Null where two are usual. */
const lettersUp: readonly (number | null)[] = [0, null, 1, 2, 2, 3, null, 4, null, 5, 6, 6];

const isSingle = (note: Note | null): note is Note => note !== null && Math.abs(note.accidental) <= 1;

/**
 * A bass stays as far from its root in letters as it was, so A/C# never becomes A/Db, and D/F# comes back from C#/E#. Where that would
 * be a double sharp (D#/G for D#/F##), the bass is spelled by the key, and moves as the tone that it stands for.
 */
export function shiftBass(bass: Note, root: Note, shiftedRoot: Note, to: Key, semitones: number): Note {
  const distance = mod12(ordOf(bass) - ordOf(root));
  const usual = lettersUp[distance] ?? null;
  const isEvasive = usual !== null && !isSingle(moveNote(root, usual, distance));
  const moved = moveNote(shiftedRoot, isEvasive ? usual : bass.letter - root.letter, distance);
  return isSingle(moved) ? moved : spellOrd(ordOf(bass) + semitones, sideOf(to) ?? 'sharps');
}

/** b2, b3, #4, b6, b7: the usual names of the tones around a tonic. */
function nearTonic(ord: number, tonic: Note): Note {
  const sharp = spellOrd(ord, 'sharps');
  return fifthsOf(sharp) - fifthsOf(tonic) <= 6 ? sharp : spellOrd(ord, 'flats');
}

const isSame = (one: Note, other: Note): boolean => one.letter === other.letter && mod12(one.accidental) === mod12(other.accidental);
