import type { ChartSection } from './chart-model.ts';
import { parseSong } from './parse-song.ts';

/** A verse, a chorus, … or a paragraph outside of all of them: what of a song is brought back by itself. */
export interface SongPart {
  /** As in the chart; `none` for a paragraph. */
  type: string;
  label: string | null;
  /** Its first words, without chords. */
  words: string;
  /** In the text it was read from, UTF-16 units, its directives included. */
  from: number;
  to: number;
  text: string;
}

const closing = /^[ \t]*\{[ \t]*(?:end_of_\w+|eo\w)[ \t]*(?::[^}]*)?\}[ \t]*/i;
/** Of words, beside which two paragraphs are the same one that was changed. */
const alike = 0.3;

const wordsOf = ({ lines }: ChartSection, from: number, to: number): string =>
  lines
    .slice(from, to)
    .map(({ segments }) => segments.map(({ lyrics }) => lyrics).join(''))
    .find((words) => words.trim() !== '')
    ?.trim() ?? '';

/** The parts of a song's first {new_song}, in their order. A recalled chorus is none. */
export function partsOf(text: string): SongPart[] {
  const { sections } = parseSong(text);
  return sections.flatMap((section) => (section.opened_at === null ? paragraphsOf(section, text) : (sectionPart(section, text) ?? [])));
}

function part(section: ChartSection, words: string, text: string, from: number, to: number): SongPart {
  return { type: section.type, label: section.label, words, from, to, text: text.slice(from, to) };
}

function sectionPart(section: ChartSection, text: string): SongPart | null {
  const { opened_at, is_recall, positions, lines } = section;
  if (opened_at === null || is_recall) return null;
  const last = Math.max(opened_at.to, positions.at(-1)?.to ?? 0);
  const next = text.indexOf('\n', last) + 1;
  const end = next === 0 ? null : closing.exec(text.slice(next).split('\n', 1)[0] ?? '');
  const to = end === null ? last : next + end[0].trimEnd().length;
  return part(section, wordsOf(section, 0, lines.length), text, opened_at.from, to);
}

/** Runs of lines without an empty one between. */
function paragraphsOf(section: ChartSection, text: string): SongPart[] {
  const parts: SongPart[] = [];
  let first: number | null = null;
  for (let at = 0; at <= section.lines.length; at++) {
    const line = section.lines[at];
    const isIn = line !== undefined && line.type !== 'empty';
    if (isIn && first === null) first = at;
    if (isIn || first === null) continue;
    const [begin, end] = [section.positions[first], section.positions[at - 1]];
    const words = wordsOf(section, first, at);
    if (begin !== undefined && end !== undefined && words !== '') parts.push(part(section, words, text, begin.from, end.to));
    first = null;
  }
  return parts;
}

const isSameKind = (one: SongPart, other: SongPart): boolean => one.type === other.type && one.label === other.label;

/** Without directives and chords. */
const sungIn = (text: string): string[] =>
  text
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Of what is sung. 0: no word in common, 1: the same words. */
function likeness(one: string, other: string): number {
  const [own, theirs] = [sungIn(one), sungIn(other)];
  const left = new Map<string, number>();
  for (const word of own) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of theirs) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  return (2 * common) / Math.max(1, own.length + theirs.length);
}

/** What became of a part of an older version: of the same kind and label what reads most like it, else the one with its place among those. */
function foundIn(parts: readonly SongPart[], sought: SongPart, older: readonly SongPart[]): SongPart | null {
  const same = parts.filter((one) => isSameKind(one, sought));
  const ranked = same.map((one) => ({ one, likeness: likeness(one.text, sought.text) })).sort((a, b) => b.likeness - a.likeness);
  const [best] = ranked;
  if (best !== undefined && best.likeness >= alike) return best.one;
  if (sought.type === 'none') return null;
  const place = older.filter((one) => isSameKind(one, sought)).findIndex(({ from }) => from === sought.from);
  return same[place] ?? null;
}

/**
 * A song in which one part reads as in an older version: in the place of what became of it, or where nothing did behind what stood
 * before it then.
 * @param sought one of `partsOf(older)`
 */
export function withPart(text: string, sought: SongPart, older: string): string {
  const [now, then] = [partsOf(text), partsOf(older)];
  const found = foundIn(now, sought, then);
  if (found !== null) return text.slice(0, found.from) + sought.text + text.slice(found.to);
  const before = then.filter(({ from }) => from < sought.from).toReversed();
  const behind = before.map((one) => foundIn(now, one, then)).find((one) => one !== null);
  if (behind !== undefined && behind !== null) return `${text.slice(0, behind.to)}\n\n${sought.text}${text.slice(behind.to)}`;
  const [first] = now;
  if (first !== undefined) return `${text.slice(0, first.from)}${sought.text}\n\n${text.slice(first.from)}`;
  return text === '' ? sought.text : `${text.trimEnd()}\n\n${sought.text}\n`;
}
