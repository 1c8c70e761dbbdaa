import { gridCells } from './read-grid.ts';

/** Enough to tell one system from another; a song has some dozen different chords. */
export const sampleSize = 200;
/** What is longer is no chord. */
const longestName = 32;
/** A song changes its key a few times. */
const mostKeys = 20;

const songStart = /[\n\r][\t ]*\{[\t ]*(?:ns|new_song)\b/gi;
const keyDirective = /\{[\t ]*(?:meta[\t ]*[\t :][\t ]*)?key[\t ]*[\t :][\t ]*\[?([^\]}\r\n]{1,24})/gi;
const gridStart = /\{[\t ]*(?:start_of_grid|sog)\b/gi;
const gridEnd = /\{[\t ]*(?:end_of_grid\b|eog\b|start_of_|so[bctv]\b)/gi;
const anyLine = /[^\r\n]+/g;

/** What a song writes by which its notation can be told. */
export interface WrittenNames {
  /** Of chords; each once. Some may be words. */
  names: Set<string>;
  /** Values of {key}, as typed. */
  keys: readonly string[];
}

/** Of the song that starts at `from`, up to the next {new_song}; the first of them where they are many. Linear. */
export function writtenNames(text: string, from: number): WrittenNames {
  songStart.lastIndex = from;
  // Cut out, so that what is looked for in vain is not looked for in all songs below it as well.
  const song = text.slice(from, songStart.exec(text)?.index);
  const names = new Set<string>();
  for (const found of [bracketNames(song), gridNames(song)]) {
    for (const name of found) {
      if (names.size >= sampleSize) break;
      names.add(name);
    }
  }
  return { names, keys: keyValues(song) };
}

/** The same of a text that holds one song, with each name as often as it is written. */
export function everyName(text: string): { names: Iterable<string>; keys: readonly string[] } {
  const names = [...bracketNames(text), ...gridNames(text)];
  return { names, keys: keyValues(text) };
}

/** The same of a line that may be one of a grid. */
export function lineNames(line: string, isGrid: boolean): string[] {
  const inBrackets = [...bracketNames(line)];
  return isGrid ? [...inBrackets, ...cellNames(line)] : inBrackets;
}

export const hasCells = (line: string): boolean => cellNames(line).next().done !== true;

function keyValues(text: string): string[] {
  const values: string[] = [];
  for (const [, value = ''] of text.matchAll(keyDirective)) {
    if (values.length >= mostKeys) break;
    values.push(value);
  }
  return values;
}

function* bracketNames(text: string): Generator<string> {
  for (let close = text.indexOf(']'); close >= 0; close = text.indexOf(']', close + 1)) {
    const name = nameBefore(text, close);
    if (name !== null) yield name;
  }
}

/** What stands between the `]` at `close` and the nearest `[`, so that a bracket that was never closed hides nothing; null where that is no name. */
function nameBefore(text: string, close: number): string | null {
  const first = Math.max(0, close - longestName - 1);
  for (let at = close - 1; at >= first; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 91) return at + 1 === close ? null : text.slice(at + 1, close).trim();
    // An asterisk makes it a remark; no name goes over the end of its line.
    if (code === 42 || code === 10 || code === 13) return null;
  }
  return null;
}

/** In grids chords stand without brackets. */
function* gridNames(text: string): Generator<string> {
  gridStart.lastIndex = 0;
  for (let start = gridStart.exec(text); start !== null; start = gridStart.exec(text)) {
    gridEnd.lastIndex = gridStart.lastIndex;
    const end = gridEnd.exec(text)?.index ?? text.length;
    for (const [line] of text.slice(start.index, end).matchAll(anyLine)) if (!line.startsWith('#')) yield* cellNames(line);
    gridStart.lastIndex = end;
  }
}

function* cellNames(line: string): Generator<string> {
  // A directive has a colon, too.
  if (/^[\t ]*\{/.test(line)) return;
  for (const { from, to } of gridCells(line)) if (to - from <= longestName) yield line.slice(from, to);
}
