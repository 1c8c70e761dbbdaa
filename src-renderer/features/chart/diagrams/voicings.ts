import { z } from 'zod';
import type { ChordDefinition } from '../../../../shared/music/chart-model.ts';
import { withBass } from './bass-of-grip.ts';
import { ordOf, spellOrd } from '../../../../shared/music/note.ts';
import { noteName } from '../../../../shared/music/note-names.ts';
import type { ParsedChord } from '../../../../shared/music/parse-chord.ts';

/** One way to grip a chord. */
export interface Voicing {
  /** From the lowest string; 0 is open, 1 the base fret; null does not sound. */
  frets: readonly (number | null)[];
  /** From the lowest string; 0 or missing: none named. */
  fingers: readonly (number | null)[];
  baseFret: number;
  /** Frets that one finger holds across strings. */
  barres: readonly number[];
}

/** What we use of chords-db; it has more. */
export const voicingsSchema = z.object({
  main: z.object({ strings: z.int() }),
  chords: z.record(
    z.string(),
    z.array(
      z.object({
        suffix: z.string(),
        positions: z.array(
          z.object({
            frets: z.array(z.int()),
            fingers: z.array(z.int()),
            baseFret: z.int(),
            barres: z.array(z.int()),
          }),
        ),
      }),
    ),
  ),
});

export type VoicingTable = z.infer<typeof voicingsSchema>;

const naturals: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

function ordOfName(name: string): number {
  const natural = naturals[name.charAt(0)] ?? 0;
  const sign = name.slice(1);
  return (natural + (sign === 'sharp' || sign === '#' ? 1 : sign === 'b' ? 11 : 0)) % 12;
}

/** The kind of a chord in the words of chords-db: `m7`, `maj9`, `sus4`. */
export function suffixOf({ quality, extension }: Pick<ParsedChord, 'quality' | 'extension'>): string {
  const plain = extension
    .replaceAll(/[()\s,.*'’!]/gu, '')
    .replaceAll('♯', '#')
    .replaceAll('♭', 'b')
    .replaceAll(/Δ|∆|△|\^|major|maj|Maj|MAJ|ma(?=\d)|Ma(?=\d)|M(?=\d|$)|j(?=\d)/gu, 'maj')
    .replaceAll(/6[/\\]9/gu, '69')
    .replaceAll(/\+(?=5|9|11)/gu, '#')
    .replaceAll(/[-−–](?=5|9|11|13)/gu, 'b')
    .replace(/^maj$/u, 'maj7')
    .replace(/sus$/iu, 'sus4')
    .replace(/^add2$/u, 'add9')
    .replace(/^7(?:\+|#5)$/u, 'aug7');
  if (/^[øØ⌀h]7?$/u.test(plain)) return 'm7b5';
  if (quality === 'minor') return plain === '' ? 'minor' : `m${plain}`;
  if (quality === 'diminished') return plain === '7' ? 'dim7' : plain === '' ? 'dim' : `dim${plain}`;
  if (quality === 'augmented') return plain === '' ? 'aug' : `aug${plain}`;
  return plain === '' ? 'major' : plain;
}

/** The first grip of the table for a chord, on the guitar with its bass below; null when there is none. */
export function findVoicing(table: VoicingTable, chord: ParsedChord): Voicing | null {
  if (chord.root?.note === null || chord.root === null) return null;
  const ord = ordOf(chord.root.note);
  const kinds = Object.entries(table.chords).find(([name]) => ordOfName(name) === ord)?.[1];
  if (kinds === undefined) return null;
  const suffix = suffixOf(chord);
  const grip = (name: string): Voicing | null => {
    const position = kinds.find((kind) => kind.suffix === name)?.positions[0];
    return position === undefined ? null : { ...position, frets: position.frets.map((fret) => (fret < 0 ? null : fret)) };
  };
  const bass = chord.bass?.note ?? null;
  const plain = grip(suffix);
  // Only on the guitar is the lowest string the lowest note.
  const isBassLow = table.main.strings === 6;
  if (bass !== null && isBassLow && plain?.baseFret === 1) {
    const near = withBass(plain, ordOf(bass));
    if (near !== null) return near;
  }
  if (bass !== null && (suffix === 'major' || suffix === 'minor')) {
    for (const side of ['sharps', 'flats'] as const) {
      const found = grip(`${suffix === 'minor' ? 'm' : ''}/${noteName(spellOrd(ordOf(bass), side), 'common', 'ascii')}`);
      if (found !== null) return found;
    }
  }
  if (plain === null || !isBassLow) return plain;
  return withBass(plain, bass === null ? ord : ordOf(bass)) ?? (bass === null ? plain : null);
}

/** What a song says of a chord; `name` is as its chart shows it. */
function definitionsOf(definitions: readonly ChordDefinition[], name: string): ChordDefinition[] {
  return definitions.filter((definition) => !definition.is_inline && (definition.shown === name || definition.name === name));
}

/** The grip that a song defines itself; null when it defines none for this number of strings. */
export function definedVoicing(definitions: readonly ChordDefinition[], name: string, strings: number): Voicing | null {
  const found = definitionsOf(definitions, name).findLast(({ frets }) => frets.length === strings);
  return found === undefined ? null : { frets: found.frets, fingers: found.fingers, baseFret: found.base_fret, barres: [] };
}

/** The chord whose grip a definition without frets of its own takes over: `{define: Bstar copy B}`. */
export function copiedChord(definitions: readonly ChordDefinition[], name: string): string | null {
  const found = definitionsOf(definitions, name).at(-1);
  return found === undefined || found.frets.length > 0 ? null : found.copy;
}

/** False where the song wants no diagram for a chord. */
export function isDrawn(definitions: readonly ChordDefinition[], name: string): boolean {
  return definitionsOf(definitions, name).at(-1)?.is_drawn ?? true;
}

/** The colour in which a song wants the diagram of a chord. */
export function diagramColour(definitions: readonly ChordDefinition[], name: string): string | null {
  return definitionsOf(definitions, name).at(-1)?.colour ?? null;
}

/** The keys of the piano that a song defines for a chord, in semitones above its root; null where it defines none. */
export function definedKeys(definitions: readonly ChordDefinition[], name: string): readonly number[] | null {
  return definitionsOf(definitions, name).findLast(({ keys }) => keys.length > 0)?.keys ?? null;
}

/** For a screen reader, as players say it: `x 3 2 0 1 0`. */
export function voicingWords({ frets, baseFret }: Voicing): string {
  return frets.map((fret) => (fret === null ? 'x' : fret === 0 ? '0' : String(fret + baseFret - 1))).join(' ');
}
