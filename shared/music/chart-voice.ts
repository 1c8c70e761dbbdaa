import type { Chart } from './chart-model.ts';
import type { Notation } from './detect-notation.ts';
import { parseKey, songKeyName, transposeKey, type Key } from './key.ts';
import { nameChord } from './name-chord.ts';
import { isOfDegrees, type ChordSystem } from './parse-chord.ts';
import { shiftChord, type ChordShift } from './shift-chord.ts';

export interface VoiceChoice {
  notation?: ChordSystem;
  /** Fret of the reader's own capo. What sounds stays; without it the chords are those of the song. */
  capo?: number;
}

/** How one reader sees the chords of a chart. */
export interface ChartVoice {
  show: (chord: string) => string;
  /** Of the chords shown. */
  key: Key | null;
  notation: Notation;
}

/** Sounding key = shape key + capo: another capo means other shapes for the same sound. */
export function chartVoice(chart: Chart, choice: VoiceChoice): ChartVoice {
  const { notation } = chart;
  const written = parseKey(chart.meta['key_actual']?.[0] ?? chart.meta['key']?.[0] ?? '', notation.system);
  const semitones = choice.capo === undefined ? 0 : capoOf(chart) - choice.capo;
  const key = written === null ? null : transposeKey(written, semitones);
  const shift: ChordShift = {
    ...notation,
    semitones,
    spelling: written === null || key === null ? (semitones < 0 ? 'flats' : 'sharps') : { from: written, to: key },
  };
  const show = (chord: string): string => {
    const shifted = shiftChord(chord, shift) ?? chord;
    return choice.notation === undefined ? shifted : nameChord(shifted, { from: notation.system, to: choice.notation, key });
  };
  return { show, key, notation };
}

/** Between names and numbers only a key tells which is which: without one the chords are shown as they are written. */
export function lacksKey(chart: Chart, choice: VoiceChoice): boolean {
  if (choice.notation === undefined) return false;
  const { key, notation } = chartVoice(chart, choice);
  return key === null && isOfDegrees(notation.system) !== isOfDegrees(choice.notation);
}

/** `Capo: 2 (sounds in A)`, for the head of a page; null without one. `key` is that of the chords shown. */
export function capoWords(capo: number, key: Key | null, system: ChordSystem): string | null {
  if (capo === 0) return null;
  return key === null ? `Capo: ${capo}` : `Capo: ${capo} (sounds in ${songKeyName(transposeKey(key, capo), system)})`;
}

/** The fret of {capo}; 0 where there is none, or what stands there is no fret. */
export function capoOf(chart: Chart): number {
  const fret = /^\s*(\d{1,2})\b/.exec(chart.meta['capo']?.at(-1) ?? '')?.[1];
  return fret === undefined ? 0 : Number(fret);
}
