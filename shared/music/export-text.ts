import type { Chart, ChartLine, ChartSection, Segment } from './chart-model.ts';
import { capoOf, capoWords, chartVoice, type ChartVoice, type VoiceChoice } from './chart-voice.ts';
import { songKeyName } from './key.ts';
import { withoutMarkup } from './markup.ts';
import { textWidth } from './text-width.ts';

export interface TextChoice extends VoiceChoice {
  /** Columns of the page; longer lines are broken between words. */
  width?: number;
}

const defaultWidth = 80;
const narrowest = 20;
const sectionNames: Readonly<Record<string, string>> = { chorus: 'Chorus' };

/** The chart as plain text: chords over lyrics, for a monospaced font. Ends with a line end. */
export function chartText(chart: Chart, choice: TextChoice = {}): string {
  const voice = chartVoice(chart, choice);
  const width = Math.max(choice.width ?? defaultWidth, narrowest);
  const blocks = [headText(chart, choice, voice)];
  for (const section of chart.sections) blocks.push(sectionText(section, voice.show, width));
  const text = blocks.filter((block) => block !== '').join('\n\n');
  return `${text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}

function headText(chart: Chart, choice: TextChoice, voice: ChartVoice): string {
  const key = voice.key === null ? null : songKeyName(voice.key, choice.notation ?? voice.notation.system);
  const { meta } = chart;
  const all = (name: string): string => meta[name]?.join(', ') ?? '';
  const capo = choice.capo ?? capoOf(chart);
  const facts = [
    key === null ? '' : `Key: ${key}`,
    capoWords(capo, voice.key, choice.notation ?? voice.notation.system) ?? '',
    all('tempo') === '' ? '' : `Tempo: ${all('tempo')}`,
    all('time') === '' ? '' : `Time: ${all('time')}`,
  ].filter((fact) => fact !== '');
  const lines = [...(meta['title'] ?? []), ...(meta['subtitle'] ?? []), all('artist'), facts.join('  ')];
  return lines
    .filter((line) => line !== '')
    .map(withoutMarkup)
    .join('\n');
}

function sectionText(section: ChartSection, show: (chord: string) => string, width: number): string {
  const label = section.label ?? sectionNames[section.type] ?? null;
  const lines = section.lines.map((line) => lineText(line, show, width)).filter((line) => line !== null);
  // Not by a pattern: long runs of line ends or blanks would cost their square.
  let first = 0;
  while (lines[first] === '') first += 1;
  while (lines.length > first && lines.at(-1) === '') lines.pop();
  const text = lines.slice(first).join('\n');
  return label === null ? text : `${withoutMarkup(label)}:\n${text}`.trimEnd();
}

function lineText(line: ChartLine, show: (chord: string) => string, width: number): string | null {
  switch (line.type) {
    case 'lyrics':
      return wrapSegments(line.segments, show, width);
    case 'comment':
      return wrapSegments(bracketed(line.segments), show, width);
    case 'tab':
    case 'grid':
      return line.segments.map(({ chord, lyrics }) => (chord === null ? '' : show(chord)) + lyrics).join('');
    case 'empty':
      return '';
    case 'image':
    case 'directive':
      return null;
  }
}

/** A comment is set in brackets, so that it is not sung. */
function bracketed(segments: readonly Segment[]): Segment[] {
  const last = segments.length - 1;
  return segments.map((segment, index) => ({
    ...segment,
    lyrics: (index === 0 ? '(' : '') + segment.lyrics + (index === last ? ')' : ''),
  }));
}

interface Piece {
  above: string;
  below: string;
}

/**
 * Pieces that each fit above their words, set line by line. A chord that is longer than its words pushes what follows; inside of a word
 * it does so with hyphens, so the word does not fall apart.
 */
function wrapSegments(segments: readonly Segment[], show: (chord: string) => string, width: number): string {
  const pieces: Piece[] = [];
  for (const segment of segments) {
    const above = segment.kind === 'annotation' ? (segment.annotation ?? '') : segment.chord === null ? '' : show(segment.chord);
    const parts = segment.lyrics.match(/\s*\S+\s*|\s+/g) ?? [''];
    parts.forEach((below, index) => pieces.push({ above: index === 0 ? above : '', below }));
  }
  if (pieces.every((piece) => piece.above === '')) return wrapWords(pieces.map((piece) => piece.below).join(''), width);
  const rows: string[] = [];
  let above = '';
  let below = '';
  const flush = (): void => {
    if (above.trim() !== '') rows.push(above.trimEnd());
    if (below.trim() !== '') rows.push(below.trimEnd());
    above = '';
    below = '';
  };
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    const needed = Math.max(textWidth(piece.above), textWidth(piece.below.trimEnd()));
    const isWordStart = below === '' || /\s$/.test(below);
    if (textWidth(below) + needed > width && isWordStart) flush();
    const start = Math.max(textWidth(above), textWidth(below));
    above = piece.above === '' ? above : padTo(above, start) + piece.above;
    below = padTo(below, piece.above === '' ? textWidth(below) : start) + piece.below;
    if (next === undefined || next.above === '') return;
    const short = textWidth(above) + 1 - textWidth(below);
    if (short > 0) below += isInsideWord(piece.below, next.below) ? '-'.repeat(short) : ' '.repeat(short);
  });
  flush();
  return rows.join('\n');
}

const isInsideWord = (left: string, right: string): boolean => /\S$/.test(left) && /^\S/.test(right);

const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

function wrapWords(text: string, width: number): string {
  const rows: string[] = [];
  let row = '';
  for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
    if (row !== '' && textWidth(row) + textWidth(word) > width) {
      rows.push(row.trimEnd());
      row = word.trimStart();
    } else {
      row += word;
    }
  }
  rows.push(row.trimEnd());
  return rows.join('\n');
}
