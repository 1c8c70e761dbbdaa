import { readExtension } from './chord-extension.ts';
import { degreeName, degreeOf } from './degree.ts';
import type { Key } from './key.ts';
import { mod12, ordOf, spellOrd, type Note } from './note.ts';
import { noteName } from './note-names.ts';
import { isOfDegrees, type ChordSystem, type ChordTone, type ParsedChord } from './parse-chord.ts';
import { readChord } from './read-chord.ts';

export interface ChordNaming {
  /** The names the song uses. */
  from: ChordSystem;
  to: ChordSystem;
  /** Of the chords as they are given; degrees need one to become notes, and notes to become degrees. */
  key: Key | null;
}

/**
 * A chord in the names of another system; what is no chord, and what cannot be said without a key, stays as it is. Degrees count
 * from the tonic, in minor too: Am in A minor is 1m and i.
 */
export function nameChord(text: string, naming: ChordNaming): string {
  const parsed = readChord(text, naming.from);
  if (parsed?.root === null || parsed === null) return text;
  const fromDegrees = isOfDegrees(parsed.system);
  const toDegrees = isOfDegrees(naming.to);
  if (parsed.system === naming.to || (naming.key === null && fromDegrees !== toDegrees)) return text;
  const root = toneName(parsed.root, parsed, naming);
  const bass = parsed.bass === null ? '' : `/${bassName(parsed.bass, naming)}`;
  const rest = naming.to === 'roman' ? romanRest(parsed) : plainRest(parsed);
  return parsed.isOptional ? withBrackets(text, root + rest + bass) : root + rest + bass;
}

function withBrackets(text: string, name: string): string {
  const trimmed = text.trim();
  return (trimmed.startsWith('(') ? '(' : '') + name + (trimmed.endsWith(')') && !name.endsWith(')') ? ')' : '');
}

function toneName(tone: ChordTone, parsed: ParsedChord, naming: ChordNaming): string {
  return isOfDegrees(naming.to)
    ? degreeName(degreeIn(tone, naming.key), naming.to, parsed.quality === 'minor' || parsed.quality === 'diminished')
    : noteIn(tone, naming, naming.to);
}

function bassName(tone: ChordTone, naming: ChordNaming): string {
  if (isOfDegrees(naming.to)) return degreeName(degreeIn(tone, naming.key), naming.to, false);
  return noteIn(tone, naming, naming.to);
}

function degreeIn(tone: ChordTone, key: Key | null): { step: number; accidental: number } {
  if (tone.note === null || key === null) return degreeOf(tone.ord);
  const ord = mod12(ordOf(tone.note) - ordOf(key.tonic));
  const step = ((tone.note.letter - key.tonic.letter + 7) % 7) + 1;
  let accidental = mod12(ord - (([0, 2, 4, 5, 7, 9, 11] as const)[step - 1] ?? 0));
  if (accidental > 6) accidental -= 12;
  return Math.abs(accidental) <= 1 ? { step, accidental } : degreeOf(ord);
}

function noteIn(tone: ChordTone, naming: ChordNaming, system: 'common' | 'german' | 'latin' | 'solfege'): string {
  const style = tone.style === 'unicode' ? 'unicode' : system === 'german' ? 'syllable' : 'ascii';
  return noteName(tone.note ?? noteOfDegree(tone.ord, naming.key), system, style);
}

/** The tone a degree stands for, with the accidentals that the key writes. */
function noteOfDegree(ord: number, key: Key | null): Note {
  const tonic = key?.tonic ?? { letter: 0, accidental: 0 };
  const isFlat = tonic.accidental < 0 || (tonic.letter === 3 && tonic.accidental === 0) || key?.isMinor === true;
  const degree = degreeOf(ord);
  return spellOrd(ordOf(tonic) + ord, degree.accidental < 0 || (isFlat && degree.accidental === 0) ? 'flats' : 'sharps');
}

/** What follows the root, with the `m` that lower case stood for. */
function plainRest(parsed: ParsedChord): string {
  const rest = restOf(parsed);
  const isImplied = parsed.root?.isLowerCase === true && parsed.quality === 'minor' && readExtension(rest)?.quality === 'major';
  return isImplied ? `m${rest}` : rest;
}

/** Lower case says minor; ° and + are written out. */
function romanRest(parsed: ParsedChord): string {
  const { quality, extension } = parsed;
  if (quality === 'diminished') return /^[øØ⌀h]/.test(extension) ? extension : `°${extension}`;
  return quality === 'augmented' ? `+${extension}` : extension;
}

function restOf({ text, root, bass, isOptional }: ParsedChord): string {
  const end = bass === null ? text.length : bass.from - 1;
  const rest = text.slice(root?.to ?? 0, end).trimEnd();
  return isOptional && bass === null && rest.endsWith(')') && !rest.includes('(') ? rest.slice(0, -1) : rest;
}
