import { parseChord } from '../parse-chord.ts';
import { readChordLine, systemOfLines } from './chord-line.ts';
import { ChordProWriter, type Imported } from './chordpro-writer.ts';
import { readHeading } from './heading.ts';
import { writeField } from './header-fields.ts';
import { textLines, writeBody } from './import-over-lyrics.ts';

const byline = /^(.{1,120}?)\s+(?:chords|tab|tabs|ukulele chords|bass tabs)\s+(?:\(ver(?:sion)? \d+\)\s+)?by\s+(.{1,120})$/i;
/** What a copied page has around the song. */
const furniture =
  /^(?:\d(?:\.\d+)?|chords|strumming|tuning|difficulty|author|last edit|last update|views|rating|page \d+\/\d+|x|transpose|simplify|autoscroll|print|report bad tab|font|[\d,.]+ (?:views|saves|comments).*|there (?:is|are) no strumming.*|\d+ (?:more )?votes?.*|edit|save|share|download pdf)$/i;
/** What is longer is no title, shape or button; and patterns with two gaps cost the square of a line. */
const longestPageLine = 300;
const vote = /^(?:[+-]\d{1,6}|(?:last update|rating|added on|comments?)\b.{0,60})$/i;
const author = /^(?:author|tabbed by|contributor)\b.*$/i;
const shape = /^\s*([A-Ha-h][^\s:=]{0,12})\s*[:=]?\s+(?:\(?)((?:[xX\d]\s?){6}|(?:[xX\d]{1,2}-){5}[xX\d]{1,2})\)?\s*$/;

/** The text of an Ultimate Guitar page: headings in brackets, chords above the words, with or without its [ch] and [tab] tags. */
export function importUltimateGuitar(text: string): Imported {
  const writer = new ChordProWriter();
  const lines = untagged(textLines(text.replace(/\[\/?tab\]/g, '')));
  const start = lines.findIndex((line) => readHeading(line) !== null && line.includes('['));
  // Before the first heading there is the page; without one all of it is the song.
  const body: string[] = [];
  lines.forEach((line, index) => {
    const isPage = start >= 0 ? index < start : body.every((kept) => kept.trim() === '');
    if (!isPage || !writePageLine(writer, line, start >= 0))
      body.push(furniture.test(line.trim()) && line.trim().toLowerCase() === 'x' ? '' : line);
  });
  dropPageEnd(writer, body);
  writeBody(writer, body, { system: systemOfLines(body), sectionsGoOn: true, readHeading });
  return writer.finish();
}

/** Votes and dates that a copied page has below the song. */
function dropPageEnd(writer: ChordProWriter, body: string[]): void {
  for (let last = (body.at(-1) ?? '').trim(); body.length > 0; last = (body.at(-1) ?? '').trim()) {
    if (last !== '' && !(furniture.test(last) || author.test(last) || vote.test(last))) return;
    if (last !== '' && last.toLowerCase() !== 'x') writer.note(`Left out: “${last}”`);
    body.pop();
  }
}

/** A line of chords is one without its tags; in a line of words they become the brackets that they stand for. */
function untagged(lines: readonly string[]): string[] {
  const plain = lines.map((line) => line.replace(/\[\/?ch\]/g, ''));
  const system = systemOfLines(plain);
  return plain.map((line, at) => {
    const typed = lines[at] ?? '';
    return line === typed || readChordLine(line, system) !== null ? line : typed.replace(/\[ch\]/g, '[').replace(/\[\/ch\]/g, ']');
  });
}

/** A line above the song: true when it was written as metadata, or is nothing of the song. */
function writePageLine(writer: ChordProWriter, line: string, hasHeading: boolean): boolean {
  const text = line.trim();
  if (text === '') return true;
  if (text.length > longestPageLine) return false;
  const named = byline.exec(text);
  if (named?.[1] !== undefined && named[2] !== undefined) {
    writer.meta('title', named[1]);
    writer.meta('artist', named[2]);
    return true;
  }
  if (furniture.test(text) || author.test(text)) {
    if (!/^x$/i.test(text)) writer.note(`Left out: “${text}”`);
    return true;
  }
  if (writeShape(writer, text) || writeField(writer, text)) return true;
  // Above the first heading a page lists the chords of the song, one a line, and how the guitar is tuned.
  return hasHeading && (parseChord(text, 'common') !== null || /^(?:[A-G][#b]?\s+){5}[A-Ga-g][#b]?$/.test(text));
}

/** `Am  x02210` is how the chord is gripped. */
function writeShape(writer: ChordProWriter, text: string): boolean {
  const match = shape.exec(text);
  if (match?.[1] === undefined || match[2] === undefined || parseChord(match[1], 'common') === null) return false;
  const frets = match[2].includes('-') ? match[2].split('-') : match[2].replace(/\s/g, '').split('');
  const numbers = frets.flatMap((fret) => (/\d/.test(fret) ? [Number(fret)] : []));
  const fretted = numbers.filter((fret) => fret > 0);
  const base = Math.max(0, ...numbers) <= 4 ? 1 : Math.min(...fretted);
  const shown = frets.map((fret) => (/\d/.test(fret) ? (Number(fret) === 0 ? '0' : String(Number(fret) - base + 1)) : 'x'));
  writer.meta('define', `${match[1]} base-fret ${base} frets ${shown.join(' ')}`);
  return true;
}
