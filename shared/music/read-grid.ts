import { limits } from '../base/limits.ts';
import type { Segment } from './chart-model.ts';
import { isStroke, isStrumRow } from './grid-strokes.ts';
import type { ChordSystem } from './parse-chord.ts';
import { readChord } from './read-chord.ts';
import { shiftChord, type ChordShift } from './shift-chord.ts';

/** Bars, repeats, endings (`|1`, `:|2>`), and what stands in a cell for no chord of its own. */
const barOf = /^(?:\|\||\|\.|\|:|:\|:|:?\|\d*>?|:\||::|\{|\}|\}\{|%{1,2}|\.|\/{1,2})$/;
const token = /\S+/g;
const bar = /[|:]/;

/**
 * A grid line as segments that make up the line again: chords in `chord`, everything else in `lyrics`. What stands before the first
 * bar and after the last one is margin, words even where they look like chords. Cells may hold several chords: `C~Am`.
 */
export function readGridSegments(content: string, shift: ChordShift): Segment[] {
  const segments: Segment[] = [];
  let words = 0;
  for (const { from, to } of gridChords(content, shift.system)) {
    const chord = shiftChord(content.slice(from, to), shift);
    if (from > words && segments.length === 0)
      segments.push({ chord: null, lyrics: content.slice(0, from), kind: 'text', from: 0, to: from });
    else if (segments.length > 0) extendLast(segments, content.slice(words, from));
    segments.push({ chord, lyrics: '', kind: 'chord', from, to });
    words = to;
  }
  if (segments.length === 0) return [{ chord: null, lyrics: content, kind: 'text', from: 0, to: content.length }];
  extendLast(segments, content.slice(words));
  return segments;
}

function extendLast(segments: Segment[], lyrics: string): void {
  const last = segments.pop();
  if (last !== undefined) segments.push({ ...last, lyrics: last.lyrics + lyrics });
}

/** Where the chords of a grid line are, in the names of the song. */
export function gridChords(content: string, system: ChordSystem): Place[] {
  return gridCells(content).filter(({ from, to }) => readChord(content.slice(from, to), system) !== null);
}

interface Place {
  from: number;
  to: number;
}

/** What stands between the bars of a grid line and is no sign: chords, and what may be none. */
export function gridCells(content: string): Place[] {
  const first = content.search(bar);
  if (first < 0) return [];
  const last = Math.max(content.lastIndexOf('|'), content.lastIndexOf(':'));
  const found: Place[] = [];
  const isStrum = isStrumRow(content);
  for (const match of content.matchAll(token)) {
    if (found.length >= limits.bracketsPerLine) break;
    if (match.index < first || match.index > last || barOf.test(match[0])) continue;
    if (isStrum && /^\|[sS]$/.test(match[0])) continue;
    // Bars may touch chords: `|C` and `G|`.
    for (const part of match[0].matchAll(/[^|:~]+/g)) {
      const from = match.index + part.index;
      if (isStrum && isStroke(part[0])) continue;
      if (found.length < limits.bracketsPerLine && !barOf.test(part[0])) found.push({ from, to: from + part[0].length });
    }
  }
  return found;
}
