import { limits } from '../base/limits.ts';
import { keepChordNames } from './chord-names.ts';
import type { Chart, ChartLine, ChartSection, Diagnostic, LinePosition } from './chart-model.ts';
import { NotationWatch } from './detect-notation.ts';
import type { LineMemory } from './line-memory.ts';
import { lineEdit, type LineEdit } from './line-edit.ts';
import type { LineProblem } from './read-line.ts';
import { Diagnostics } from './song-context.ts';

/** One line got longer or shorter: what starts after `at` moves by so much, what starts there ends so much later. */
interface Shift {
  at: number;
  by: number;
}

interface Found {
  section: number;
  line: number;
}

/** Lines that may be edited one after the other before the text is read as a whole again; each costs a step for a place that is asked for. */
const mostShifts = 50;
/** What else than its own words can give a line a meaning, or give one to other lines: directives, escapes, substitution, recalled chords. */
const special = /[{\\\t]|\[\^\]|^#|^\ufeff/;

/** Recalled chords may come from any line, texts may name all chords, and each song of a book has its own names. */
const farReaching = /\[\^\]|\{[\t ]*(?:ns|new_song)\b|%\{(?:num)?chords/i;

/**
 * The chart after an edit within the words of one line: that line is read, and all else is taken from the chart before, so that a
 * keystroke costs the same in any song. Every other edit is answered with null: then the text is to be read as a whole.
 */
export class EditedChart {
  private readonly memory: LineMemory;
  private text = '';
  /** As it was read whole; places are asked from its positions. */
  private base: Chart | null = null;
  private chart: Chart | null = null;
  private shifts: readonly Shift[] = [];
  private notations: NotationWatch | null = null;

  constructor(memory: LineMemory) {
    this.memory = memory;
  }

  /** A text that was read as a whole. */
  keep(text: string, songs: readonly Chart[]): void {
    const [first] = songs;
    const isSimple = songs.length === 1 && !farReaching.test(text);
    this.base = isSimple && first !== undefined ? first : null;
    this.chart = this.base;
    this.text = text;
    this.shifts = [];
    this.notations = null;
  }

  read(text: string): Chart | null {
    const { base, chart } = this;
    if (base === null || chart === null) return null;
    if (text === this.text) return chart;
    const edit = lineEdit(this.text, text);
    if (edit === null || isSpecial(edit.before) || isSpecial(edit.after)) return null;
    const found = findLine(base, this.placeInBase(edit.from));
    const line = found === null ? undefined : chart.sections[found.section]?.lines[found.line];
    if (found === null || line === undefined || line.source !== edit.before) return null;
    const section = chart.sections[found.section];
    const isRecalled = section?.type === 'chorus' && chart.sections.some((other) => other.is_recall);
    const read = isRecalled ? null : this.memory.readAgain(line, edit.after);
    if (read === null || !this.isNotationKept(chart, edit, section?.type === 'grid')) return null;
    const shifts = withShift(this.shifts, { at: edit.from, by: edit.after.length - edit.before.length });
    if (shifts.length > mostShifts) return null;
    const number = base.sections[found.section]?.positions[found.line]?.line ?? 0;
    const diagnostics = diagnosticsAfter(chart.diagnostics, edit, number, read.problems);
    if (diagnostics.length >= limits.diagnosticsPerSong) return null;
    const sections = sectionsAfter(base, chart, found, read.line, shifts);
    const next: Chart = { ...chart, sections, diagnostics, to: text.length };
    if (hasSameChords(line, read.line)) keepChordNames(chart, next);
    this.text = text;
    this.chart = next;
    this.shifts = shifts;
    return next;
  }

  private placeInBase(place: number): number {
    return this.shifts.reduceRight((at, shift) => (at > shift.at ? at - shift.by : at), place);
  }

  private isNotationKept({ notation }: Chart, edit: LineEdit, isGrid: boolean): boolean {
    this.notations ??= new NotationWatch(this.text);
    const next = this.notations.replace(edit.before, edit.after, isGrid);
    // What was counted for an edit that is then not taken is counted anew with the next whole reading.
    return next === 'same' || (next !== null && next.system === notation.system && next.style === notation.style);
  }
}

const isSpecial = (line: string): boolean => special.test(line) || line.trim() === '';

/** A later edit of the same line adds to the one before it. */
function withShift(shifts: readonly Shift[], shift: Shift): readonly Shift[] {
  const last = shifts.at(-1);
  return last?.at === shift.at ? [...shifts.slice(0, -1), { at: shift.at, by: last.by + shift.by }] : [...shifts, shift];
}

function shifted(position: LinePosition, shifts: readonly Shift[]): LinePosition {
  let { from, to } = position;
  for (const { at, by } of shifts) {
    if (from < at) continue;
    if (from > at) from += by;
    to += by;
  }
  return { line: position.line, from, to };
}

/** Lines stand in their order, but for those of a recalled chorus, which stand where that is. */
function findLine(chart: Chart, from: number): Found | null {
  for (const [section, { positions, is_recall: isRecall }] of chart.sections.entries()) {
    if (isRecall || (positions.at(-1)?.from ?? -1) < from) continue;
    let low = 0;
    let high = positions.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((positions[middle]?.from ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return positions[low]?.from === from ? { section, line: low } : null;
  }
  return null;
}

function sectionsAfter(base: Chart, chart: Chart, found: Found, line: ChartLine, shifts: readonly Shift[]): ChartSection[] {
  return chart.sections.map((section, at) => {
    const read = base.sections[at];
    if (at < found.section || read === undefined) return section;
    return movedSection(section, read, at === found.section ? section.lines.with(found.line, line) : section.lines, shifts);
  });
}

/** Places are asked for by a press on a chord, not by each keystroke: they are counted when they are. */
function movedSection(section: ChartSection, read: ChartSection, lines: readonly ChartLine[], shifts: readonly Shift[]): ChartSection {
  let positions: readonly LinePosition[] | null = null;
  const { type, label, is_recall, attributes, label_style } = section;
  return {
    type,
    label,
    lines,
    is_recall,
    attributes,
    ...(label_style === undefined ? {} : { label_style }),
    opened_at: read.opened_at === null ? null : shifted(read.opened_at, shifts),
    get positions() {
      return (positions ??= read.positions.map((position) => shifted(position, shifts)));
    },
  };
}

function diagnosticsAfter(
  before: readonly Diagnostic[],
  { from, after, before: line }: LineEdit,
  number: number,
  problems: readonly LineProblem[],
): readonly Diagnostic[] {
  if (before.length === 0 && problems.length === 0) return before;
  const by = after.length - line.length;
  const own = new Diagnostics();
  for (const problem of problems) own.add(problem.code, { number, from }, problem.from, problem.to, problem.message);
  const others = before
    .filter((diagnostic) => diagnostic.line !== number)
    .map((diagnostic) => (diagnostic.from <= from ? diagnostic : { ...diagnostic, from: diagnostic.from + by, to: diagnostic.to + by }));
  return [...others, ...own.list].sort((one, other) => one.from - other.from);
}

const chordsOf = (line: ChartLine): string[] => line.segments.flatMap(({ chord }) => chord ?? []);

function hasSameChords(before: ChartLine, after: ChartLine): boolean {
  const [one, other] = [chordsOf(before), chordsOf(after)];
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
