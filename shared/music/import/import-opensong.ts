import { expandTabs, mergeChords, type PlacedChord } from './chord-line.ts';
import { ChordProWriter, type Imported } from './chordpro-writer.ts';
import { customType, readHeading, readShortHeading } from './heading.ts';
import { textLines } from './import-over-lyrics.ts';
import { readXml, type XmlElement } from './read-xml.ts';

const fields: readonly (readonly [string, string])[] = [
  ['title', 'title'],
  ['aka', 'subtitle'],
  ['author', 'artist'],
  ['copyright', 'copyright'],
  ['key', 'key'],
  ['capo', 'capo'],
  ['tempo', 'tempo'],
  ['time_sig', 'time'],
];
const kept = ['ccli', 'presentation', 'theme', 'hymn_number', 'user1', 'user2', 'user3'];
/** OpenSong's XML. Null where it is no OpenSong song. */
export function importOpenSong(source: string): Imported | null {
  const song = readXml(source);
  if (song === null || song.name !== 'song') return null;
  const writer = new ChordProWriter();
  for (const [element, name] of fields) {
    const value = textOf(song, element);
    if (value !== '' && !(name === 'capo' && value === '0')) writer.meta(name, value);
  }
  for (const name of kept) {
    const value = textOf(song, name);
    if (value !== '') writer.meta('meta', `${name} ${value}`);
  }
  const lyrics = song.children.find((child) => child.name === 'lyrics');
  if (lyrics === undefined) writer.note('The file has no lyrics.');
  else writeLyrics(writer, textLines(lyrics.text));
  return writer.finish();
}

const textOf = (song: XmlElement, name: string): string => song.children.find((child) => child.name === name)?.text.trim() ?? '';

/** Lines of one block under a heading; verses may share one line of chords, each with its number at the line's start. */
function writeLyrics(writer: ChordProWriter, lines: readonly string[]): void {
  let block: string[] = [];
  let heading: string | null = null;
  const flush = (): void => {
    if (block.some((line) => line.trim() !== '') || heading !== null) writeBlock(writer, heading, block);
    block = [];
  };
  for (const line of lines) {
    const found = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (found === undefined) {
      block.push(line);
    } else {
      flush();
      heading = found.trim();
    }
  }
  flush();
}

function writeBlock(writer: ChordProWriter, heading: string | null, lines: readonly string[]): void {
  const numbers = [...new Set(lines.flatMap((line) => (/^\d/.test(line) ? [line.charAt(0)] : [])))];
  if (numbers.length === 0) {
    writeSection(writer, heading, lines);
    return;
  }
  // Each number is a verse of its own, with the chord lines that all of them share.
  for (const number of numbers) {
    const own = lines.filter((line) => !/^\d/.test(line) || line.startsWith(number));
    writeSection(
      writer,
      `${(heading ?? 'V').replace(/\d+$/, '')}${number}`,
      own.map((line) => line.replace(/^\d/, ' ')),
    );
  }
}

function writeSection(writer: ChordProWriter, heading: string | null, lines: readonly string[]): void {
  if (heading !== null && heading !== '') {
    const { type, label } = readShortHeading(heading) ?? readHeading(`[${heading}]`) ?? { type: customType(heading), label: heading };
    writer.startSection(type, label);
  }
  let chords: PlacedChord[] | null = null;
  const flushChords = (): void => {
    if (chords !== null) writer.line(mergeChords(chords, ''));
    chords = null;
  };
  for (const line of lines) {
    const mark = line.charAt(0);
    const rest = line.slice(1);
    if (mark === '.') {
      flushChords();
      chords = placedChords(rest);
    } else if (mark === ';') {
      flushChords();
      writer.directive('comment', rest.trim());
    } else if (line.startsWith('---')) {
      flushChords();
      writer.directive('new_page', '');
    } else if (line.startsWith('-!!')) {
      flushChords();
      writer.directive('column_break', '');
    } else {
      const words = mark === ' ' || mark === '' ? rest : line;
      writer.line(tidy(chords === null ? words : mergeChords(chords, words)));
      chords = null;
    }
  }
  flushChords();
  writer.endSection();
}

function placedChords(line: string): PlacedChord[] {
  const words = [...expandTabs(line).matchAll(/\S+/g)].filter((match) => !/^[|:]+$/.test(match[0]));
  return words.map((match) => ({ text: match[0], column: match.index, isChord: true }));
}

/** Underscores and bars are OpenSong's means to make room for chords and to break lines on slides. */
function tidy(line: string): string {
  return line.replace(/ ?\|\|? ?/g, ' ').replace(/_+/g, '');
}
