import { parseArgs } from 'node:util';
import { chartsHtml } from '../shared/music/export-html.ts';
import { songsJson } from '../shared/music/export-json.ts';
import { chartText } from '../shared/music/export-text.ts';
import type { Chart } from '../shared/music/chart-model.ts';
import { lacksKey } from '../shared/music/chart-voice.ts';
import { chordJson } from '../shared/music/export-chords.ts';
import { importFormats, importSong, type ImportFormat } from '../shared/music/import/import-song.ts';
import { parseKey } from '../shared/music/key.ts';
import type { ChordSystem } from '../shared/music/parse-chord.ts';
import { parseSongs } from '../shared/music/parse-song.ts';
import { decodeSong, encodeSong, encodingNotes, type SongText } from '../shared/music/song-bytes.ts';
import { transposeText, type SpellingChoice, type TransposeTarget } from '../shared/music/transpose-text.ts';

const usage = `Reads songs in ChordPro from files or standard input, writes to standard output.

  npm run -s chart -- parse [FILE…]                    the chart as JSON
  npm run -s chart -- transpose --semitones N [FILE…]  ChordPro, N semitones up or (negative) down
  npm run -s chart -- transpose --to KEY [FILE…]       ChordPro in another key
        --spelling auto|sharps|flats
  npm run -s chart -- chords [FILE…]                   one chord a line in, one JSON object a line out
        --system common|german|latin|solfege|nashville|roman
  npm run -s chart -- import --from FORMAT [FILE…]     ChordPro; FORMAT is ${importFormats.join(', ')}
  npm run -s chart -- render --format text|html [FILE…]
        --notation common|german|latin|solfege|nashville|roman  --capo N  --width N

Exit codes: 0 done, 1 the input or the command cannot be used, 2 a song has no key that it could be transposed from.
`;

const systems = ['common', 'german', 'latin', 'solfege', 'nashville', 'roman'] as const satisfies readonly ChordSystem[];
/** Larger than any songbook; what is larger is another kind of file. */
const largestBytes = 64 * 1024 * 1024;

/** What a command reads and writes; it may throw a `Refusal`. */
export interface ChartStreams {
  /** `-` is standard input. */
  read: (name: string) => Uint8Array;
  write: (bytes: Uint8Array) => void;
  /** A line that is no part of the result. */
  note: (line: string) => void;
}

/** Ends the command with a message and an exit code. */
export class Refusal extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

interface Input extends SongText {
  name: string;
}

const commands: Readonly<Record<string, (args: readonly string[], streams: ChartStreams) => void>> = {
  parse: (args, streams) => {
    const { files } = readOptions(args, {});
    const inputs = readInputs(files, streams);
    const songs = inputs.flatMap(({ text, encoding }) =>
      parseSongs(text).map((song, index) =>
        index > 0 ? song : { ...song, diagnostics: [...encodingNotes(encoding), ...song.diagnostics] },
      ),
    );
    writeText(streams, `${JSON.stringify(songsJson(songs), null, 2)}\n`);
  },
  transpose: (args, streams) => {
    const { files, values } = readOptions(args, { semitones: true, to: true, spelling: true });
    const target = readTarget(values['semitones'], values['to']);
    const choice = oneOf<SpellingChoice>('spelling', values['spelling'] ?? 'auto', ['auto', 'sharps', 'flats']);
    const transposed = readInputs(files, streams).map(({ name, text, encoding }) => {
      const moved = transposeText(text, target, choice);
      if (moved === null)
        throw new Refusal(`${name}: the song has no {key: …} that is a key, so it cannot be transposed to one. Use --semitones.`, 2);
      return encodeSong({ text: moved, encoding });
    });
    // All or nothing.
    for (const bytes of transposed) streams.write(bytes);
  },
  chords: (args, streams) => {
    const { files, values } = readOptions(args, { system: true });
    const system = oneOf<ChordSystem>('system', values['system'] ?? 'common', systems);
    for (const input of readInputs(files, streams)) {
      const lines = input.text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
      if (lines.at(-1) === '') lines.pop();
      writeText(streams, lines.map((line) => `${JSON.stringify(chordJson(line, system))}\n`).join(''));
    }
  },
  import: (args, streams) => {
    const { files, values } = readOptions(args, { from: true });
    const format = oneOf<ImportFormat>('from', values['from'], importFormats);
    const songs = readInputs(files, streams).map(({ name, text }) => {
      const imported = importSong(text, format);
      if (imported === null) throw new Refusal(`${name}: this is no ${format} file.`);
      for (const note of imported.notes) streams.note(`${name}: ${note}`);
      return imported.chordpro;
    });
    writeText(streams, songs.join('{new_song}\n'));
  },
  render: (args, streams) => {
    const { files, values } = readOptions(args, { format: true, notation: true, capo: true, width: true });
    const format = oneOf('format', values['format'], ['text', 'html']);
    const notation = values['notation'] === undefined ? {} : { notation: oneOf<ChordSystem>('notation', values['notation'], systems) };
    const capo = values['capo'] === undefined ? {} : { capo: wholeNumber('capo', values['capo'], 0, 24) };
    const width = values['width'] === undefined ? {} : { width: wholeNumber('width', values['width'], 20, 1000) };
    const choice = { ...notation, ...capo, ...width };
    const charts = readInputs(files, streams).flatMap(({ name, text }) => {
      const songs = parseSongs(text);
      for (const song of songs)
        if (lacksKey(song, choice))
          streams.note(`${name}: ${titleOf(song)} has no {key: …} that is a key, so its chords stay as they are written.`);
      return songs;
    });
    writeText(streams, format === 'html' ? chartsHtml(charts, choice) : charts.map((chart) => chartText(chart, choice)).join('\n'));
  },
};

const titleOf = ({ meta }: Chart): string => (meta['title']?.[0] === undefined ? 'a song' : `“${meta['title'][0]}”`);

function readOptions(
  args: readonly string[],
  known: Readonly<Record<string, true>>,
): { files: string[]; values: Record<string, string | undefined> } {
  const options = Object.fromEntries(Object.keys(known).map((name) => [name, { type: 'string' as const }]));
  try {
    // A negative number is a value here, not an option.
    const joined = args.flatMap((arg, index) => {
      const isValue = /^-\d+$/.test(arg) && /^--[a-z]+$/.test(args[index - 1] ?? '');
      if (isValue) return [];
      return /^-\d+$/.test(args[index + 1] ?? '') && /^--[a-z]+$/.test(arg) ? [`${arg}=${args[index + 1]}`] : [arg];
    });
    const { values, positionals } = parseArgs({ args: joined, options, allowPositionals: true, strict: true });
    return { files: positionals, values };
  } catch (error) {
    // The first sentence says what is wrong, the others how Node would have it.
    throw new Refusal((error instanceof Error ? error.message : String(error)).replace(/\. .*$/s, '.'));
  }
}

function readTarget(semitones: string | undefined, to: string | undefined): TransposeTarget {
  if ((semitones === undefined) === (to === undefined)) throw new Refusal('Give either --semitones N or --to KEY.');
  if (semitones !== undefined) return { semitones: wholeNumber('semitones', semitones, -1200, 1200) };
  const key = systems.map((system) => parseKey(to ?? '', system)).find((read) => read !== null) ?? null;
  if (key === null) throw new Refusal(`--to: “${to ?? ''}” is no key. Write it like G, Bb, F#m.`);
  return { to: key };
}

function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Refusal(`--${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

function wholeNumber(name: string, value: string, low: number, high: number): number {
  const number = /^[+-]?\d{1,4}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high)) throw new Refusal(`--${name} must be a whole number from ${low} to ${high}.`);
  return number;
}

function readInputs(files: readonly string[], streams: ChartStreams): Input[] {
  const names = files.length === 0 ? ['-'] : files;
  return names.map((name) => {
    const shown = name === '-' ? 'standard input' : name;
    const bytes = streams.read(name);
    if (bytes.length > largestBytes) throw new Refusal(`${shown}: too large to be a song.`);
    const input = { name: shown, ...decodeSong(bytes) };
    if (!isText(input)) throw new Refusal(`${shown}: this is no text.`);
    if (input.encoding === 'windows-1252') streams.note(`${shown}: not UTF-8, read as windows-1252.`);
    return input;
  });
}

/** A stray NUL is kept as any other character is; pictures and archives are full of them, or no UTF-8. */
function isText({ text, encoding }: SongText): boolean {
  const nuls = text.split('\u0000').length - 1;
  return nuls === 0 || (encoding !== 'windows-1252' && nuls * 10 < text.length);
}

function writeText(streams: ChartStreams, text: string): void {
  streams.write(new TextEncoder().encode(text));
}

/** One command: `args` without the program's own name. Throws a `Refusal` where it cannot be done. */
export function runChartCommand([name = '', ...args]: readonly string[], streams: ChartStreams): void {
  if (name === '--help' || name === 'help' || name === '-h' || args.includes('--help')) {
    writeText(streams, usage);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Refusal(`${name === '' ? 'Which command?' : `“${name}” is no command.`}\n\n${usage}`);
  command(args, streams);
}
