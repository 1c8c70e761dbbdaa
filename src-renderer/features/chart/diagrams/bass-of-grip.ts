import type { Voicing } from './voicings.ts';

/** Open strings of the guitar from the lowest, in semitones above C. */
const openStrings = [4, 9, 2, 7, 11, 4];
/** Frets that a hand spans. */
const span = 4;
/** Strings above the bass that still make a chord. */
const least = 3;

function noteAt(string: number, fret: number, baseFret: number): number {
  const open = openStrings[string] ?? 0;
  return (open + (fret === 0 ? 0 : fret + baseFret - 1)) % 12;
}

function mutedBelow(frets: readonly (number | null)[], string: number): (number | null)[] {
  return frets.map((fret, at) => (at < string ? null : fret));
}

/**
 * A grip of the guitar with this note in the bass: strings below it are not struck, or another string takes it where the hand
 * reaches it. Null where neither is possible.
 */
export function withBass(voicing: Voicing, ord: number): Voicing | null {
  const { frets, fingers, baseFret } = voicing;
  const sounding = (string: number): number => frets.slice(string + 1).filter((fret) => fret !== null).length;
  for (const [string, fret] of frets.entries()) {
    if (fret === null || noteAt(string, fret, baseFret) !== ord || sounding(string) < least) continue;
    // What lies below is at most two strings: more would be another chord.
    return string > 2 ? null : { ...voicing, frets: mutedBelow(frets, string) };
  }
  const pressed = frets.filter((fret) => fret !== null && fret > 0) as number[];
  const lowest = pressed.length === 0 ? 1 : Math.min(...pressed);
  // An open string first: it needs no finger.
  for (const fret of [0, ...Array.from({ length: span }, (_, at) => lowest + at)]) {
    for (const string of [0, 1, 2]) {
      const isInReach = fret === 0 || Math.max(fret, ...pressed) - Math.min(fret, lowest) < span;
      if (!isInReach || noteAt(string, fret, baseFret) !== ord || sounding(string) < least) continue;
      const moved = mutedBelow(frets, string);
      moved[string] = fret;
      // Which finger takes it is the player's to find: the others may have to move.
      return { ...voicing, frets: moved, fingers: fingers.map((finger, at) => (at === string ? null : finger)) };
    }
  }
  return null;
}
