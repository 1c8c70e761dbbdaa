import type { Chart } from '../../../../shared/music/chart-model.ts';

export interface ChordPlace {
  /** In UTF-16 units of the source: the bracket with its content. */
  from: number;
  to: number;
  /** As the shared chart has it. */
  chord: string;
}

/**
 * The chord of the source behind a pressed one. Lines know no position of their own, since that would draw all of them anew when
 * one is added above; the n-th line of lyrics on the screen is the n-th one of the chart that shows anything.
 */
export function placeOfChord(chart: Chart, view: Element, target: EventTarget): ChordPlace | null {
  if (!(target instanceof Element)) return null;
  const chord = target.closest('[data-chord]');
  const line = chord?.closest('.chart-line');
  const section = line?.closest('.chart-section');
  if (chord === null || chord === undefined || line === null || line === undefined || section === null || section === undefined)
    return null;
  const number = [...view.querySelectorAll('.chart-line')].indexOf(line);
  let seen = -1;
  for (const { lines, positions } of chart.sections) {
    for (const [at, candidate] of lines.entries()) {
      if (candidate.type !== 'lyrics' && candidate.type !== 'comment') continue;
      const hasChords = candidate.segments.some((segment) => segment.chord !== null || segment.kind === 'annotation');
      const hasWords = candidate.segments.some((segment) => segment.lyrics.trim() !== '');
      if (candidate.type === 'comment' ? !hasChords : !hasChords && !hasWords) continue;
      seen += 1;
      if (seen !== number) continue;
      const segment = candidate.segments[Number(chord.getAttribute('data-chord'))];
      const position = positions[at];
      if (segment === undefined || position === undefined || segment.chord === null) return null;
      return { from: position.from + segment.from, to: position.from + segment.to, chord: segment.chord };
    }
  }
  return null;
}
