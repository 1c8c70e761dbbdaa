import type { Chart, ChartLine, ChartSection, Diagnostic, LinePosition } from './chart-model.ts';
import type { LinesEdit } from './lines-edit.ts';
import type { ReadLine } from './read-line.ts';
import { Diagnostics } from './song-context.ts';

/** Lines that others take the place of: none of `gone` or none of `come` where lines only come or go. */
export interface Replacement {
  /** Where the first of them starts, before and after. */
  from: number;
  gone: readonly string[];
  come: readonly string[];
  /** How many lines of the edit stand above them and stay. */
  kept: number;
}

/** What an edit means line by line, where lines end with `\n`: those that stay as they are, above and below, are none of it. */
export function replacementOf(text: string, { from, before, after }: LinesEdit): Replacement {
  const isLast = from + before.length === text.length;
  const [gone, come] = [linesOf(before, isLast), linesOf(after, isLast)];
  const shorter = Math.min(gone.length, come.length);
  let kept = 0;
  while (kept < shorter && gone[kept] === come[kept]) kept += 1;
  let below = 0;
  while (below < shorter - kept && gone[gone.length - 1 - below] === come[come.length - 1 - below]) below += 1;
  return {
    from: from + lengthOf(gone.slice(0, kept)),
    gone: gone.slice(kept, gone.length - below),
    come: come.slice(kept, come.length - below),
    kept,
  };
}

/** With their ends. */
const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** As the text is read: what follows the last line end is a line only where it says something. */
function linesOf(text: string, isLast: boolean): string[] {
  const lines = text.split('\n');
  return isLast && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Where the lines are in the chart. */
export interface ReplacedLines {
  replacement: Replacement;
  /** Index of the section. */
  section: number;
  /** Index in its lines of the first that goes, or before which others come. */
  first: number;
  /** Its number in the text. */
  number: number;
}

/**
 * The chart with other lines, and new places for what stands below.
 * @param grown by how much the text is longer
 */
export function withLines(chart: Chart, where: ReplacedLines, read: readonly ReadLine[], grown: number): Chart {
  const { replacement, section: index, first, number } = where;
  const { from, gone, come } = replacement;
  const below = from + lengthOf(gone);
  const byLines = come.length - gone.length;
  // Not `grown`: the last line end may come or go as well, below all lines.
  const by = lengthOf(come) - lengthOf(gone);
  const moved = <T extends LinePosition>(place: T): T =>
    place.from < below ? place : { ...place, line: place.line + byLines, from: place.from + by, to: place.to + by };
  let start = from;
  const placed = read.map((one, at): PlacedLine => {
    const line = come[at] ?? '';
    const place = { line: number + at, from: start, to: start + line.length };
    start += line.length + 1;
    return { read: one, place };
  });
  const lines = placed.map(({ read: { line } }) => line);
  const places = placed.map(({ place }) => place);
  return {
    ...chart,
    sections: chart.sections.map((section, at) => {
      if (at < index) return section;
      const positions = section.positions.map(moved);
      const next = { ...section, positions, opened_at: section.opened_at === null ? null : moved(section.opened_at) };
      if (at > index) return next;
      return {
        ...next,
        lines: section.lines.toSpliced(first, gone.length, ...lines),
        positions: positions.toSpliced(first, gone.length, ...places),
      };
    }),
    diagnostics: diagnosticsAfter(chart.diagnostics, { number, length: gone.length }, placed, moved),
    to: chart.to + grown,
  };
}

interface PlacedLine {
  read: ReadLine;
  place: LinePosition;
}

/**
 * What is said of a text after lines of it were read anew.
 * @param gone the lines that were read before in their place: the number of the first, and how many
 * @param moved where a place of another line is now
 */
export function diagnosticsAfter(
  before: readonly Diagnostic[],
  gone: { number: number; length: number },
  come: readonly PlacedLine[],
  moved: (diagnostic: Diagnostic) => Diagnostic,
): readonly Diagnostic[] {
  if (before.length === 0 && come.every(({ read }) => read.problems.length === 0)) return before;
  const own = new Diagnostics();
  for (const { read, place } of come) {
    for (const { code, from, to, message } of read.problems) own.add(code, { number: place.line, from: place.from }, from, to, message);
  }
  const others = before.filter(({ line }) => line < gone.number || line >= gone.number + gone.length).map(moved);
  return [...others, ...own.list].sort((one, other) => one.from - other.from);
}

/**
 * Lines that are read in the same way, the nearest that say something: of those that go, and above and below. Where a directive stands in
 * between it has a number, and none of the lines has it.
 */
export function likeLines({ lines, positions }: ChartSection, { replacement, first, number }: ReplacedLines): ChartLine[] {
  const { length } = replacement.gone;
  const found = lines.slice(first, first + length).filter(saysSomething);
  for (const [start, step] of [
    [-1, -1],
    [length, 1],
  ] as const) {
    for (let by = start; positions[first + by]?.line === number + by; by += step) {
      const line = lines[first + by];
      if (line === undefined || !saysSomething(line)) continue;
      found.push(line);
      break;
    }
  }
  return found;
}

const saysSomething = ({ type }: ChartLine): boolean => type !== 'empty';
