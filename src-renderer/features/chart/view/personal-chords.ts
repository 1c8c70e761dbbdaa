import { useMemo } from 'react';
import type { Chart, Meta } from '../../../../shared/music/chart-model.ts';
import { chordNames } from '../../../../shared/music/chord-names.ts';
import { chordsAtHome } from '../../../../shared/music/chords-at-home.ts';
import type { Notation } from '../../../../shared/music/detect-notation.ts';
import { keyName, parseKey, transposeKey, type Key } from '../../../../shared/music/key.ts';
import { nameChord } from '../../../../shared/music/name-chord.ts';
import { isOfDegrees } from '../../../../shared/music/parse-chord.ts';
import { shiftChord, shiftKey, type ChordShift, type Spelling } from '../../../../shared/music/shift-chord.ts';
import type { ViewSettings } from '../view-settings.ts';
import type { ShowChord } from './line-view.tsx';

export interface PersonalChords {
  show: ShowChord;
  /** The key that sounds, as this person names it; null when the song gives none. */
  songKey: string | null;
  /** Fret of the capo this person uses; 0 for none, and for those who see what sounds. */
  capo: number;
  /** The key of the shapes that a capo raises; null without either. */
  shapeKey: string | null;
  /** The shapes are those that the song writes down. */
  isAsWritten: boolean;
}

export interface SongFacts {
  notation: Notation;
  /** Of the chords as they are written: with a capo, that of the shapes. */
  writtenKey: Key | null;
  soundingKey: Key | null;
  /** As the song has it, for when it is no key that we know. */
  keyText: string | null;
  capo: number;
}

const highestFret = 11;

function fretOf(text: string | undefined): number {
  const fret = /^\s*(\d{1,2})/u.exec(text ?? '')?.[1];
  return fret === undefined ? 0 : Math.min(Number(fret), highestFret);
}

/**
 * What the view needs to know of a song. With a capo some write the key of the shapes and some the key that sounds; the one in
 * which more of the chords are at home is that of the chords.
 */
export function songFacts(chart: Chart): SongFacts {
  return factsOf(chordNames(chart), chart.meta, chart.notation);
}

function factsOf(names: ReadonlySet<string>, meta: Meta, notation: Notation): SongFacts {
  const keyText = meta['key_actual']?.[0] ?? meta['key']?.[0] ?? null;
  const capo = fretOf(meta['capo']?.at(-1));
  const key = keyText === null ? null : parseKey(keyText, isOfDegrees(notation.system) ? 'common' : notation.system);
  if (key === null || capo === 0) return { notation, writtenKey: key, soundingKey: key, keyText, capo };
  const below = transposeKey(key, -capo);
  const atHome = (candidate: Key): number => chordsAtHome(names, candidate, notation.system);
  if (atHome(below) > atHome(key)) return { notation, writtenKey: below, soundingKey: key, keyText, capo };
  return { notation, writtenKey: key, soundingKey: transposeKey(key, capo), keyText, capo };
}

function spellingFor(key: Key | null, semitones: number): Spelling {
  if (key !== null) return { from: key, to: transposeKey(key, semitones) };
  return semitones > 0 ? 'sharps' : 'flats';
}

function shiftFor(facts: SongFacts, semitones: number): ChordShift {
  return { ...facts.notation, semitones, spelling: spellingFor(facts.writtenKey, semitones) };
}

/** Chords shown by the settings: what sounds is shape + capo; one's own capo changes the shapes and nothing that sounds. */
export function showWith(facts: SongFacts, settings: ViewSettings): ShowChord {
  if (settings.hide_chords) return () => null;
  const capo = settings.capo ?? facts.capo;
  const sounding = shiftFor(facts, facts.capo + settings.transpose);
  const shapes = shiftFor(facts, facts.capo + settings.transpose - capo);
  const known = new Map<string, string>();
  const named = (chord: string, shift: ChordShift): string => {
    // What is no chord is shown as typed, whatever the view.
    const shifted = shiftChord(chord, shift) ?? chord;
    if (settings.notation === 'written') return shifted;
    const key = facts.writtenKey === null ? null : transposeKey(facts.writtenKey, shift.semitones);
    return nameChord(shifted, { from: facts.notation.system, to: settings.notation, key });
  };
  const show = (chord: string): string => {
    const shape = named(chord, shapes);
    if (settings.chords === 'shapes' || capo === 0) return shape;
    const sound = named(chord, sounding);
    return settings.chords === 'sounding' || sound === shape ? sound : `${shape} (${withoutBrackets(sound)})`;
  };
  return (chord) => {
    let shown = known.get(chord);
    if (shown === undefined) {
      shown = show(chord);
      known.set(chord, shown);
    }
    return shown;
  };
}

const withoutBrackets = (chord: string): string => /^\((.*)\)$/u.exec(chord)?.[1] ?? chord;

export interface GrippedChord {
  /** As the song has it. */
  written: string;
  /** What the hands do; at the piano, what sounds. */
  gripped: string;
  /** The name of it in this person's notation. */
  shown: string;
}

/** The different chords of a chart in the order of their first use. */
export function grippedChords(chart: Chart, facts: SongFacts, settings: ViewSettings): GrippedChord[] {
  const capo = settings.diagrams === 'piano' ? 0 : (settings.capo ?? facts.capo);
  const shift = shiftFor(facts, facts.capo + settings.transpose - capo);
  const show = showWith(facts, { ...settings, capo, chords: 'shapes', hide_chords: false });
  const found = new Map<string, GrippedChord>();
  for (const name of chordNames(chart)) {
    // A chord that may be left out is gripped as any other.
    const written = withoutBrackets(name);
    const gripped = shiftChord(written, shift);
    if (gripped !== null && !found.has(gripped)) found.set(gripped, { written, gripped, shown: show(written) ?? gripped });
  }
  return [...found.values()];
}

/** Two views with the same text here show each chord alike; what does not change keeps its lines as they are on the screen. */
function viewText(facts: SongFacts, settings: ViewSettings): string {
  const { transpose, capo, chords, notation, hide_chords } = settings;
  if (hide_chords) return 'hidden';
  const shift = shiftKey(shiftFor(facts, transpose + facts.capo));
  const key = facts.writtenKey === null ? '' : keyName(facts.writtenKey);
  return [shift, shiftKey(shiftFor(facts, transpose)), key, facts.capo, capo, chords, notation].join(' ');
}

/** The chords of a chart as this person's view shows them. */
export function usePersonalChords(chart: Chart, settings: ViewSettings): PersonalChords {
  const names = chordNames(chart);
  const { meta, notation } = chart;
  const facts = useMemo(() => factsOf(names, meta, notation), [names, meta, notation]);
  const text = viewText(facts, settings);
  // The facts are new with each keystroke, what follows from them for a chord is not.
  // oxlint-disable-next-line react/exhaustive-deps
  const show = useMemo(() => showWith(facts, settings), [text]);
  const sounding = facts.soundingKey === null ? null : transposeKey(facts.soundingKey, settings.transpose);
  const system = settings.notation === 'written' ? facts.notation.system : settings.notation;
  const named = (key: Key): string => keyName(key, isOfDegrees(system) ? 'common' : system);
  const songKey = sounding === null ? facts.keyText : named(sounding);
  const capo = settings.chords === 'sounding' ? 0 : (settings.capo ?? facts.capo);
  const shapeKey = capo === 0 || sounding === null ? null : named(transposeKey(sounding, -capo));
  const gripCapo = settings.diagrams === 'piano' ? 0 : (settings.capo ?? facts.capo);
  const isAsWritten = facts.capo + settings.transpose === gripCapo;
  return { show, songKey, capo, shapeKey, isAsWritten };
}
