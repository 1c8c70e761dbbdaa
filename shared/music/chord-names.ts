import type { Chart } from './chart-model.ts';

const known = new WeakMap<Chart, ReadonlySet<string>>();

/** The different chords of a chart, as they are written there, in the order of their first use; the same object as long as they are the same. */
export function chordNames(chart: Chart): ReadonlySet<string> {
  let names = known.get(chart);
  if (names === undefined) {
    const found = new Set<string>();
    for (const { lines } of chart.sections) {
      for (const { segments } of lines) {
        for (const { chord } of segments) if (chord !== null) found.add(chord);
      }
    }
    names = found;
    known.set(chart, names);
  }
  return names;
}

/** The next chart has the chords of the one before: what follows from them need not be asked again. */
export function keepChordNames(before: Chart, next: Chart): void {
  const names = known.get(before);
  if (names !== undefined) known.set(next, names);
}
