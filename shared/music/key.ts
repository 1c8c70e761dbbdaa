import { fifthsOf, mod12, ordOf, spellOrd, type AccidentalStyle, type Note } from './note.ts';
import { findNotes, noteName, type NoteSystem } from './note-names.ts';
import { isOfDegrees, type ChordSystem } from './parse-chord.ts';

/** A key: `G`, `Bbm`. */
export interface Key {
  tonic: Note;
  isMinor: boolean;
}

const minor = /^(?:\s*-|[\s-]*(?:m|min|mi|minor|moll|mineur|minore?|menor))\s*$/i;
const major = /^\s*(?:[\s-]*(?:M|maj|major|dur|majeur|maggiore|mayor|maior))?\s*$/i;

/** A key, and where its tonic is in the text. */
export interface ReadKey {
  key: Key;
  from: number;
  to: number;
  system: NoteSystem;
  style: AccidentalStyle | null;
  isLowerCase: boolean;
}

/** `Am`, `A minor`, `F#`, `fis` (German, minor in lower case), `Sol`. Null for what is no key, such as a degree or a mode. */
export function readKey(text: string, system: NoteSystem): ReadKey | null {
  const trimmed = text.trim();
  if (trimmed.length > 24) return null;
  const from = text.indexOf(trimmed);
  for (const { note, length, style, isLowerCase } of findNotes(trimmed, 0, system)) {
    const rest = trimmed.slice(length);
    const isMinor = minor.test(rest) && rest.trim() !== 'M';
    if (!isMinor && !major.test(rest)) continue;
    return { key: { tonic: note, isMinor: isMinor || isLowerCase }, from, to: from + length, system, style, isLowerCase };
  }
  return null;
}

/** The same without the place; common names where the system has no notes, or its names do not fit. */
export function parseKey(text: string, system: ChordSystem = 'common'): Key | null {
  return readSongKey(text, system)?.key ?? null;
}

/** A key in the names of a song; in songs written in degrees, and where its own names do not fit, in common ones. */
export function readSongKey(text: string, system: ChordSystem): ReadKey | null {
  const own = isOfDegrees(system) ? 'common' : system;
  return readKey(text, own) ?? (own === 'common' ? null : readKey(text, 'common'));
}

/** Of its signature: sharps above 0, flats below. A minor has none, as C major. */
export function signatureOf(key: Key): number {
  return fifthsOf(key.tonic) - (key.isMinor ? 3 : 0);
}

/**
 * The key on a tone, as it is usually written: at most five signs, and F# (not Gb) and Ebm (not D#m) where both have six.
 */
export function usualKey(ord: number, isMinor: boolean): Key {
  const relative = mod12(ord + (isMinor ? 3 : 0));
  const side = [1, 3, 5, 8, 10].includes(relative) || (isMinor && relative === 6) ? 'flats' : 'sharps';
  return { tonic: spellOrd(ord, side), isMinor };
}

/** A key with more than six signs under its common name: C# is Db, D# is Eb. */
export function commonKey(key: Key): Key {
  return Math.abs(signatureOf(key)) > 6 ? usualKey(ordOf(key.tonic), key.isMinor) : key;
}

/** The key moved by semitones; by 0 (or 12) it stays as it is written. */
export function transposeKey(key: Key, semitones: number): Key {
  return mod12(semitones) === 0 ? key : usualKey(ordOf(key.tonic) + semitones, key.isMinor);
}

export function keyName(key: Key, system: NoteSystem = 'common'): string {
  return noteName(key.tonic, system, system === 'german' ? 'syllable' : 'ascii') + (key.isMinor ? 'm' : '');
}

/** A key as a song names it: what `readSongKey` reads back. Songs in degrees name their keys in common names. */
export function songKeyName(key: Key, system: ChordSystem): string {
  return keyName(key, isOfDegrees(system) ? 'common' : system);
}

/** Letters and semitones from one tonic up to another. */
export function intervalBetween(from: Key, to: Key): { letters: number; semitones: number } {
  return { letters: to.tonic.letter - from.tonic.letter, semitones: ordOf(to.tonic) - ordOf(from.tonic) };
}
