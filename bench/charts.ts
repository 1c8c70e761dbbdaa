import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChordProFormatter, ChordProParser, HtmlDivFormatter } from 'chordsheetjs';
import { chartHtml } from '../shared/music/export-html.ts';
import { createChartReader, parseSong } from '../shared/music/parse-song.ts';
import { transposeText } from '../shared/music/transpose-text.ts';

/**
 * Parse, transpose and render beside chordsheetjs, text in and text out on both sides, the two taking turns in one run. The songs are
 * those of assets/songs and one of 500 lines made of them. Prints milliseconds a pass over all songs (median) and how many times as fast.
 */
const warmUpRounds = 60;
const rounds = 60;
const folder = fileURLToPath(new URL('../assets/songs/', import.meta.url));
const songs = readdirSync(folder)
  .filter((name) => name.endsWith('.cho'))
  .map((name) => readFileSync(folder + name, 'utf8'));
const long = longSong(songs.join('\n'), 500);

interface Task {
  name: string;
  ours: (text: string) => unknown;
  theirs: (text: string) => unknown;
}

const tasks: readonly Task[] = [
  { name: 'parse', ours: (text) => parseSong(text), theirs: (text) => new ChordProParser().parse(text) },
  {
    name: 'transpose',
    ours: (text) => transposeText(text, { semitones: 2 }),
    theirs: (text) => new ChordProFormatter().format(new ChordProParser().parse(text).transpose(2)),
  },
  {
    name: 'render',
    ours: (text) => chartHtml(parseSong(text)),
    theirs: (text) => new HtmlDivFormatter().format(new ChordProParser().parse(text)),
  },
];

/** A text of so many lines without the directives that end or start songs. */
function longSong(text: string, lines: number): string {
  const words = text.split('\n').filter((line) => !/^\{(?:title|new_song|columns|column_break|transpose)/.test(line));
  const repeated: string[] = ['{title: Long}'];
  while (repeated.length < lines) repeated.push(...words.slice(0, lines - repeated.length));
  return repeated.join('\n');
}

/** Milliseconds of one pass. */
function timeOf(run: (text: string) => unknown, texts: readonly string[]): number {
  const start = performance.now();
  for (const text of texts) run(text);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function readable(texts: readonly string[]): string[] {
  return texts.filter((text) =>
    tasks.every(({ name, theirs }) => {
      try {
        theirs(text);
        return true;
      } catch (error) {
        console.log(`left out for ${name}, chordsheetjs refuses it: ${text.slice(0, 40).split('\n')[0]} (${String(error).slice(0, 80)})`);
        return false;
      }
    }),
  );
}

function compare(label: string, texts: readonly string[]): void {
  for (const { name, ours, theirs } of tasks) {
    const mine: number[] = [];
    const other: number[] = [];
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      mine.push(timeOf(ours, texts));
      other.push(timeOf(theirs, texts));
    }
    // Until then both still get faster with each round.
    const [here, there] = [median(mine.slice(warmUpRounds)), median(other.slice(warmUpRounds))];
    console.log(
      `${label}  ${name.padEnd(10)} ${here.toFixed(3)} ms  chordsheetjs ${there.toFixed(3)} ms  ${(there / here).toFixed(1)} times`,
    );
  }
}

const compared = readable(songs);
compare(`${compared.length} songs `, compared);
const [longEnough] = readable([long]);
if (longEnough !== undefined) compare('500 lines', [longEnough]);

// What a keystroke costs in the middle of a song: a letter more, a line more, and the first letter of that line.
for (const lines of [500, 5_000]) {
  let text = longSong(songs.join('\n'), lines);
  const read = createChartReader();
  read(text);
  let at = text.indexOf('\n', text.indexOf('bright', text.length / 2));
  const times = new Map<string, number[]>();
  for (let typed = 0; typed < 600; typed += 1) {
    const inLine = typed % 12;
    const kind = inLine === 11 ? 'new line' : typed > 11 && inLine === 0 ? 'first letter' : 'letter';
    text = text.slice(0, at) + (inLine === 11 ? '\n' : 'x') + text.slice(at);
    at += 1;
    const start = performance.now();
    read(text);
    const time = performance.now() - start;
    if (typed >= 120) times.set(kind, [...(times.get(kind) ?? []), time]);
  }
  const said = [...times].map(([kind, all]) => `${kind} ${median(all).toFixed(3)} ms`);
  console.log(`keystroke in ${lines} lines  ${said.join(', ')}`);
}
