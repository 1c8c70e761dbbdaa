import { limits } from '../base/limits.ts';
import { keepChordNames } from './chord-names.ts';
import type { Chart, ChartLine, ChartSection, LinePosition } from './chart-model.ts';
import { NotationWatch } from './detect-notation.ts';
import type { LineMemory } from './line-memory.ts';
import { byLineAbove, linesEdit, type LinesEdit } from './lines-edit.ts';
import { diagnosticsAfter, likeLines, replacementOf, withLines, type ReplacedLines } from './replaced-lines.ts';
import type { ReadLine } from './read-line.ts';

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
const special = /[{\\\t\r]|\[\^\]|^#|^\ufeff/m;

/** Recalled chords may come from any line, texts may name all chords, and each song of a book has its own names. */
const farReaching = /\[\^\]|\{[\t ]*(?:ns|new_song)\b|%\{(?:num)?chords/i;

/** Of characters in lines that come or go; more are pasted, and read as a whole. */
const longestEdit = 1_024;

/**
 * The chart after an edit of words within one section: their lines are read, and all else is taken from the chart before, so that a keystroke,
 * a new line too, costs the same in any song. Every other edit is answered with null: then the text is to be read as a whole.
 */
export class EditedChart {
  private readonly memory: LineMemory;
  private text = '';
  /** As it was read whole, or after lines came or went; places are asked from its positions. */
  private base: Chart | null = null;
  private chart: Chart | null = null;
  private shifts: readonly Shift[] = [];
  private notations: NotationWatch | null = null;
  private lineCount = 0;

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
    this.lineCount = countLines(text);
  }

  read(text: string): Chart | null {
    const { base, chart } = this;
    if (base === null || chart === null) return null;
    if (text === this.text) return chart;
    const first = linesEdit(this.text, text);
    const edit = isPlain(first) ? first : byLineAbove(this.text, first);
    if (edit === null || !isPlain(edit)) return null;
    const next = isOneLine(edit.before) && isOneLine(edit.after) ? this.readWords(base, chart, edit) : this.readLines(chart, edit);
    if (next === null || next.diagnostics.length >= limits.diagnosticsPerSong) return null;
    this.text = text;
    this.chart = next;
    return next;
  }

  /** Within one line: places after it are counted when they are asked for. */
  private readWords(base: Chart, chart: Chart, edit: LinesEdit): Chart | null {
    const found = findLine(base, this.placeInBase(edit.from));
    const line = found === null ? undefined : chart.sections[found.section]?.lines[found.line];
    if (found === null || line === undefined || line.source !== edit.before) return null;
    const section = chart.sections[found.section];
    const read = isRecalled(chart, section) ? null : this.memory.readAgain(line, edit.after);
    if (read === null || !this.isNotationKept(chart, edit, section)) return null;
    const shifts = withShift(this.shifts, { at: edit.from, by: grown(edit) });
    if (shifts.length > mostShifts) return null;
    const number = base.sections[found.section]?.positions[found.line]?.line ?? 0;
    const place = { line: number, from: edit.from, to: edit.from + edit.after.length };
    const diagnostics = diagnosticsAfter(chart.diagnostics, { number, length: 1 }, [{ read, place }], (diagnostic) =>
      diagnostic.from <= edit.from ? diagnostic : { ...diagnostic, from: diagnostic.from + grown(edit), to: diagnostic.to + grown(edit) },
    );
    const sections = sectionsAfter(base, chart, found, read.line, shifts);
    const next: Chart = { ...chart, sections, diagnostics, to: chart.to + grown(edit) };
    if (hasSameChords([line], [read.line])) keepChordNames(chart, next);
    this.shifts = shifts;
    return next;
  }

  /** Lines come or go: all places are counted anew, which is little beside reading, and the next edit goes on from here. */
  private readLines(chart: Chart, edit: LinesEdit): Chart | null {
    if (edit.before.length + edit.after.length > longestEdit) return null;
    // Between the two characters of a line end there is no line.
    const found = this.text.charCodeAt(edit.from - 1) === carriageReturn ? null : findLine(chart, edit.from);
    const section = found === null ? undefined : chart.sections[found.section];
    if (found === null || section === undefined || isRecalled(chart, section)) return null;
    const replacement = replacementOf(this.text, edit);
    const { kept, gone, come } = replacement;
    const first = found.line + kept;
    const where: ReplacedLines = { replacement, section: found.section, first, number: (section.positions[found.line]?.line ?? 0) + kept };
    if (!isThere(section, where)) return null;
    const before = section.lines.slice(first, first + gone.length);
    const like = likeLines(section, where).find((line) => this.memory.isKnown(line));
    if (like === undefined && come.length > 0) return null;
    // A line between two that are others is the same object still.
    const read = come.flatMap((line): ReadLine[] => {
      const again = like === undefined ? null : this.memory.readAgain(like, line);
      return again === null ? [] : [{ ...again, line: before.find(({ source }) => source === line) ?? again.line }];
    });
    if (!this.isNotationKept(chart, edit, section)) return null;
    const next = withLines(chart, where, read, grown(edit));
    // What lies between two sections and says nothing is no section.
    if (section.opened_at === null && next.sections[found.section]?.lines.every(({ type }) => type === 'empty') === true) return null;
    this.lineCount += come.length - gone.length;
    if (this.lineCount > limits.linesPerSong) return null;
    const after = read.map(({ line }) => line);
    if (hasSameChords(before, after)) keepChordNames(chart, next);
    this.base = next;
    this.shifts = [];
    return next;
  }

  private placeInBase(place: number): number {
    return this.shifts.reduceRight((at, shift) => (at > shift.at ? at - shift.by : at), place);
  }

  private isNotationKept({ notation }: Chart, edit: LinesEdit, section: ChartSection | undefined): boolean {
    this.notations ??= new NotationWatch(this.text);
    const next = this.notations.replace(edit.before.split('\n'), edit.after.split('\n'), section?.type === 'grid');
    // What was counted for an edit that is then not taken is counted anew with the next whole reading.
    return next === 'same' || (next !== null && next.system === notation.system && next.style === notation.style);
  }
}

const isPlain = ({ before, after }: LinesEdit): boolean => !special.test(before) && !special.test(after);

const isOneLine = (text: string): boolean => !text.includes('\n') && text.trim() !== '';

const grown = ({ before, after }: LinesEdit): number => after.length - before.length;

/** What is changed in a chorus is changed wherever it is repeated. */
const isRecalled = (chart: Chart, section: ChartSection | undefined): boolean =>
  section?.type === 'chorus' && chart.sections.some((other) => other.is_recall);

/** Whether the section has all these lines, one below the other and as they are in the text. */
function isThere({ lines, positions }: ChartSection, { replacement: { gone, kept }, first, number }: ReplacedLines): boolean {
  for (let at = -kept; at < gone.length; at += 1) {
    if (positions[first + at]?.line !== number + at) return false;
    if (at >= 0 && lines[first + at]?.source !== gone[at]) return false;
  }
  return true;
}

const carriageReturn = 13;

/** At least as many as there are: `\r\n` counts twice. */
function countLines(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === carriageReturn) count += 1;
  }
  return count;
}

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

const chordsOf = (line: ChartLine): string[] => line.segments.flatMap(({ chord }) => chord ?? []);

function hasSameChords(before: readonly ChartLine[], after: readonly ChartLine[]): boolean {
  const [one, other] = [before.flatMap(chordsOf), after.flatMap(chordsOf)];
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
