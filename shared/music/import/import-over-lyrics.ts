import type { ChordSystem } from '../parse-chord.ts';
import { chordsAlone, mergeChords, readChordLine, systemOfLines, type PlacedChord } from './chord-line.ts';
import { ChordProWriter, type Imported } from './chordpro-writer.ts';
import { directiveClass } from '../directive-names.ts';
import { readDirectives } from '../read-directive.ts';
import { readHeading, type Heading } from './heading.ts';
import { writeField } from './header-fields.ts';

const tabLine = /^\s*(?:[A-Ga-g][#b]?\s*)?\|?[-|]{2}[-|\dhpbrsxXtv~/\\()<>^.=*: ]{4,}$/;
const bracketsOnly = /^\s*(?:\[[^\]]*\]\s*)+$/;

export interface BodyOptions {
  system: ChordSystem;
  /** OnSong and Ultimate Guitar: a section lasts until the next heading, over empty lines. */
  sectionsGoOn: boolean;
  /** What names a section. */
  readHeading: (line: string) => Heading | null;
}

/** Plain text with chords above the words. The lines before the first empty line are title and artist when no chord is among them. */
export function importOverLyrics(text: string): Imported {
  const writer = new ChordProWriter();
  const lines = textLines(text);
  const system = systemOfLines(lines);
  writeBody(writer, lines.slice(writeTitle(writer, lines, system)), { system, sectionsGoOn: false, readHeading });
  return writer.finish();
}

export function textLines(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
}

/** How many lines at the top were title, artist and fields. */
export function writeTitle(writer: ChordProWriter, lines: readonly string[], system: ChordSystem): number {
  const start = lines.findIndex((line) => line.trim() !== '');
  if (start < 0) return lines.length;
  const empty = lines.findIndex((line, index) => index > start && line.trim() === '');
  const block = empty < 0 ? [] : lines.slice(start, empty);
  const isTitle =
    block.length > 0 &&
    block.length <= 12 &&
    block.every((line) => readChordLine(line, system) === null && readHeading(line) === null && readHeadedChords(line, system) === null);
  const names = block.filter((line) => !isField(line));
  if (!isTitle || names.length > 3 || block.some((line) => tabLine.test(line) || /\[[^\]]+\]/.test(line.replace(/^.*:/, '')))) return start;
  writeNames(writer, names);
  for (const line of block) writeField(writer, line);
  return empty;
}

function isField(line: string): boolean {
  return writeField(new ChordProWriter(), line);
}

function writeNames(writer: ChordProWriter, names: readonly string[]): void {
  const [title, second, third] = names.map((name) => name.trim());
  const dashed = /^(.{1,80}?)\s+[-–—]\s+(.{1,80})$/.exec(title ?? '');
  if (dashed?.[1] !== undefined && dashed[2] !== undefined && second === undefined) {
    writer.meta('title', dashed[1]);
    writer.meta('artist', dashed[2]);
    return;
  }
  writer.meta('title', title ?? '');
  writer.meta('artist', (second ?? '').replace(/^by\s+/i, ''));
  writer.meta('subtitle', third ?? '');
}

/** Sections, chord lines over words, tabs, metadata in between. */
export function writeBody(writer: ChordProWriter, lines: readonly string[], options: BodyOptions): void {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const next = lines[at + 1] ?? '';
    const headed = readHeadedChords(line, options.system);
    const heading = bracketsOnly.test(line) && readBracketChords(line, options.system) ? null : options.readHeading(line);
    if (line.trim() === '') {
      const isSectionEnd = !options.sectionsGoOn && writer.openSection !== null;
      if (isSectionEnd) writer.endSection();
      writer.line('');
    } else if (heading !== null) {
      writer.startSection(heading.type, heading.label);
    } else if (headed !== null) {
      writer.startSection(headed.heading.type, headed.heading.label);
      writer.line(chordsAlone(headed.chords));
    } else if (tabLine.test(line)) {
      at = writeTab(writer, lines, at) - 1;
    } else if (writeField(writer, line)) {
      continue;
    } else if (/^\s*\{.*\}\s*$/.test(line)) {
      if (startsSection(line)) writer.endSection();
      writer.line(line.trim());
    } else {
      const chords = readChordLine(line, options.system);
      if (chords === null) {
        writer.line(line);
      } else if (!isRhythm(chords) && takesChords(next, options)) {
        writer.line(mergeChords(chords, next));
        at += 1;
      } else {
        writer.line(chordsAlone(chords));
      }
    }
  }
}

const startsSection = (line: string): boolean => readDirectives(line)?.some(({ name }) => directiveClass(name) === 'start') === true;

/** `Intro: G D/F# Em`: the name of a section and its chords on one line. */
function readHeadedChords(line: string, system: ChordSystem): { heading: Heading; chords: readonly PlacedChord[] } | null {
  const match = /^\s*([^:|[\]]{2,40}):\s*(\S.*)$/.exec(line);
  const heading = match?.[1] === undefined ? null : readHeading(`${match[1]}:`);
  const chords = match?.[2] === undefined || heading === null ? null : readChordLine(match[2], system);
  return heading === null || chords === null ? null : { heading, chords };
}

/** `[Am] [G]` is a line of chords, not the name of a section. */
function readBracketChords(line: string, system: ChordSystem): boolean {
  return readChordLine(line.replace(/[[\]]/g, ' '), system) !== null;
}

/** `| D / / / | G / / / |`: beats are counted, nothing is sung below. */
function isRhythm(chords: readonly PlacedChord[]): boolean {
  return chords.some(({ text }) => text.includes('|')) && chords.some(({ text }) => text === '/');
}

/** `(Repeat 2x)`, `x4`: said about the chords, not sung. */
const repeats = /^\s*\(?\s*(?:repeat\b.{0,20}|[xX×]\s?\d{1,2}|\d{1,2}\s?[xX×])\s*\)?\s*$/i;

function takesChords(line: string, { system, readHeading: heading }: BodyOptions): boolean {
  if (line.trim() === '' || repeats.test(line) || tabLine.test(line) || heading(line) !== null) return false;
  return readChordLine(line, system) === null && !line.includes('[') && readDirectives(line) === null;
}

/** Consecutive tab lines in {start_of_tab}; what section they are in stays open around them in name only, since sections do not nest. */
function writeTab(writer: ChordProWriter, lines: readonly string[], from: number): number {
  let to = from;
  while (to < lines.length && tabLine.test(lines[to] ?? '')) to += 1;
  // “Solo” over a tab names the tab.
  writer.startSection('tab', writer.takeBackEmptySection());
  for (const line of lines.slice(from, to)) writer.line(line);
  writer.endSection();
  return to;
}
