import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chartsHtml } from '../shared/music/export-html.ts';
import { songsJson } from '../shared/music/export-json.ts';
import { chartText } from '../shared/music/export-text.ts';
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

/** Ends the command with a message and an exit code. */
class Refusal extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

interface Input extends SongText {
  name: string;
}

const commands: Readonly<Record<string, (args: string[]) => void>> = {
  parse: (args) => {
    const { files } = readOptions(args, {});
    const inputs = readInputs(files);
    const songs = inputs.flatMap(({ text, encoding }) =>
      parseSongs(text).map((song, index) =>
        index > 0 ? song : { ...song, diagnostics: [...encodingNotes(encoding), ...song.diagnostics] },
      ),
    );
    writeText(`${JSON.stringify(songsJson(songs), null, 2)}\n`);
  },
  transpose: (args) => {
    const { files, values } = readOptions(args, { semitones: true, to: true, spelling: true });
    const target = readTarget(values['semitones'], values['to']);
    const choice = oneOf<SpellingChoice>('spelling', values['spelling'] ?? 'auto', ['auto', 'sharps', 'flats']);
    for (const input of readInputs(files)) {
      const text = transposeText(input.text, target, choice);
      if (text === null)
        throw new Refusal(`${input.name}: the song has no {key: …} that is a key, so it cannot be transposed to one. Use --semitones.`, 2);
      writeBytes(encodeSong({ text, encoding: input.encoding }));
    }
  },
  chords: (args) => {
    const { files, values } = readOptions(args, { system: true });
    const system = oneOf<ChordSystem>('system', values['system'] ?? 'common', systems);
    for (const input of readInputs(files)) {
      const lines = input.text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
      if (lines.at(-1) === '') lines.pop();
      writeText(lines.map((line) => `${JSON.stringify(chordJson(line, system))}\n`).join(''));
    }
  },
  import: (args) => {
    const { files, values } = readOptions(args, { from: true });
    const format = oneOf<ImportFormat>('from', values['from'], importFormats);
    readInputs(files).forEach((input, index) => {
      const imported = importSong(input.text, format);
      if (imported === null) throw new Refusal(`${input.name}: this is no ${format} file.`);
      for (const note of imported.notes) process.stderr.write(`${input.name}: ${note}\n`);
      writeText((index > 0 ? '{new_song}\n' : '') + imported.chordpro);
    });
  },
  render: (args) => {
    const { files, values } = readOptions(args, { format: true, notation: true, capo: true, width: true });
    const format = oneOf('format', values['format'], ['text', 'html']);
    const notation = values['notation'] === undefined ? {} : { notation: oneOf<ChordSystem>('notation', values['notation'], systems) };
    const capo = values['capo'] === undefined ? {} : { capo: wholeNumber('capo', values['capo'], 0, 24) };
    const width = values['width'] === undefined ? {} : { width: wholeNumber('width', values['width'], 20, 1000) };
    const charts = readInputs(files).flatMap((input) => parseSongs(input.text));
    const choice = { ...notation, ...capo, ...width };
    writeText(format === 'html' ? chartsHtml(charts, choice) : charts.map((chart) => chartText(chart, choice)).join('\n'));
  },
};

function readOptions(
  args: string[],
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
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

function readTarget(semitones: string | undefined, to: string | undefined): TransposeTarget {
  if ((semitones === undefined) === (to === undefined)) throw new Refusal('Give either --semitones N or --to KEY.');
  if (semitones !== undefined) return { semitones: wholeNumber('semitones', semitones, -1200, 1200) };
  const key = parseKey(to ?? '');
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

function readInputs(files: readonly string[]): Input[] {
  const names = files.length === 0 ? ['-'] : files;
  return names.map((name) => {
    const shown = name === '-' ? 'standard input' : name;
    const bytes = readBytes(name, shown);
    if (bytes.length > largestBytes) throw new Refusal(`${shown}: too large to be a song.`);
    const input = { name: shown, ...decodeSong(bytes) };
    if (input.text.includes('\u0000')) throw new Refusal(`${shown}: this is no text.`);
    if (input.encoding === 'windows-1252') process.stderr.write(`${shown}: not UTF-8, read as windows-1252.\n`);
    return input;
  });
}

function readBytes(name: string, shown: string): Uint8Array {
  try {
    return readFileSync(name === '-' ? 0 : name);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw new Refusal(
      `${shown}: ${code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : 'it cannot be read'}.`,
    );
  }
}

const writeText = (text: string): void => writeBytes(new TextEncoder().encode(text));

/** Synchronous, and again for what a full pipe did not take, so that nothing is lost at the exit. */
function writeBytes(bytes: Uint8Array): void {
  writeFileSync(1, bytes);
}

function main(): void {
  const [name = '', ...args] = process.argv.slice(2);
  if (name === '--help' || name === 'help' || name === '-h' || args.includes('--help')) {
    writeText(usage);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Refusal(`${name === '' ? 'Which command?' : `“${name}” is no command.`}\n\n${usage}`);
  command(args);
}

try {
  main();
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0);
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`chart: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
