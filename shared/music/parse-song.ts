import { limits } from '../base/limits.ts';
import type { Chart } from './chart-model.ts';
import { chordNames } from './chord-names.ts';
import { detectNotationFrom, NotationMemory, type Notation } from './detect-notation.ts';
import { EditedChart } from './edited-chart.ts';
import { LineMemory } from './line-memory.ts';
import { readDirectives, startsSong } from './read-directive.ts';
import { SongBuilder } from './song-builder.ts';
import type { ParseOptions } from './song-context.ts';
import { lineContent, sourceLines } from './source-lines.ts';

/** The first song of a text as a chart. Any text gives one: what is not understood is a diagnostic. Never throws. */
export function parseSong(text: string, options: ParseOptions = {}): Chart {
  const [first] = readSongs(text, options, new LineMemory(false), null);
  if (first === undefined) throw new Error('A text has at least one song.');
  return first;
}

/** All songs of a text: {new_song} starts the next. At least one. */
export function parseSongs(text: string, options: ParseOptions = {}): Chart[] {
  return readSongs(text, options, new LineMemory(false), null);
}

/**
 * A reader that is used again and again for the same song while somebody types: lines that did not change are the same objects in the
 * next chart, so a view can keep what it drew for them (compare `line` by identity).
 */
export function createChartReader(options: ParseOptions = {}): (text: string) => Chart {
  const read = createSongsReader(options);
  return (text) => {
    const [first] = read(text);
    if (first === undefined) throw new Error('A text has at least one song.');
    return first;
  };
}

/** The same for all songs of a text. */
export function createSongsReader(options: ParseOptions = {}): (text: string) => Chart[] {
  const memory = new LineMemory(true);
  const notations = new NotationMemory();
  const edited = new EditedChart(memory);
  return (text) => {
    const chart = edited.read(text);
    if (chart !== null) return [chart];
    memory.turn();
    const songs = readSongs(text, options, memory, notations);
    edited.keep(text, songs);
    return songs;
  };
}

type Items = readonly (readonly [string, string])[];

const asksForChords = /%\{(?:num)?chords/i;

/** @param notations of the times before; null: the text is read once */
function readSongs(text: string, options: ParseOptions, memory: LineMemory, notations: NotationMemory | null): Chart[] {
  const songs = readOnce(text, options, memory, notations, []);
  // Which chords there are is known at the end only, and may be said at the start.
  return asksForChords.test(text) ? readOnce(text, options, memory, notations, songs.map(chordItems)) : songs;
}

function chordItems(chart: Chart): Items {
  const names = [...chordNames(chart)];
  return [
    ['chords', names.join(', ')],
    ['numchords', String(names.length)],
  ];
}

function readOnce(
  text: string,
  options: ParseOptions,
  memory: LineMemory,
  notations: NotationMemory | null,
  items: readonly Items[],
): Chart[] {
  const songs: Chart[] = [];
  const itemsOf = (index: number): Items => [['songindex', String(index + 1)], ...(items[index] ?? [])];
  const notationAt = (from: number): Notation => notations?.read(text, from, songs.length) ?? detectNotationFrom(text, from);
  let builder = new SongBuilder(notationAt(0), options, memory, 0, itemsOf(0));
  let count = 0;
  for (const line of sourceLines(text)) {
    count += 1;
    if (count > limits.linesPerSong) {
      builder.noteTooLong(line);
      break;
    }
    const typed = lineContent(line);
    if (builder.isVerbatim && !startsSong(typed)) {
      builder.addVerbatim(typed, line);
      continue;
    }
    // A tab stop means nothing among words: it is a blank, as in the reference.
    const content = typed.includes('\t') ? typed.replaceAll('\t', ' ') : typed;
    const directives = content.includes('{') ? readDirectives(content) : null;
    if (directives === null) {
      builder.addWords(content, line);
      continue;
    }
    for (const directive of directives) {
      if (directive.name === 'new_song' && builder.isChosen(directive)) {
        // A {new_song} before anything else opens the first song.
        if (!builder.isEmpty || songs.length > 0) songs.push(builder.finish(line.from));
        const from = songs.length === 0 ? 0 : line.from;
        builder = new SongBuilder(notationAt(line.from), options, memory, from, itemsOf(songs.length));
      } else {
        builder.addDirective(directive, content, line);
      }
    }
    if (directives.length > 1) builder.noteSeveral(content, line);
  }
  songs.push(builder.finish(text.length));
  return songs;
}
