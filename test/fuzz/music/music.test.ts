import { TreeFragment } from '@lezer/common';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal, runChartCommand } from '../../../scripts/chart-command.ts';
import { chordNames } from '../../../shared/music/chord-names.ts';
import { chartHtml } from '../../../shared/music/export-html.ts';
import { chartText } from '../../../shared/music/export-text.ts';
import { importFormats, importSong } from '../../../shared/music/import/import-song.ts';
import { detectNotationFrom } from '../../../shared/music/detect-notation.ts';
import { parseChord, type ChordSystem } from '../../../shared/music/parse-chord.ts';
import { createChartReader, parseSong, parseSongs } from '../../../shared/music/parse-song.ts';
import { decodeSong, encodeSong } from '../../../shared/music/song-bytes.ts';
import { printTree, songParser } from '../../../shared/music/song-tree.ts';
import { transposeText } from '../../../shared/music/transpose-text.ts';
import { treeOutline } from '../../unit/music/tree-outline.ts';

// fast-check prints seed and path of what it finds; FUZZ_SEED replays them.
const seed = process.env['FUZZ_SEED'];
const parameters = { numRuns: 2_000, ...(seed === undefined ? {} : { seed: Number(seed) }) };

const scraps = [
  '{', '}', '[', ']', '|', ':', '%{', '\\', '\n', '\r', '\r\n', '\t', ' ', '#', '*', '.', '-', '~', '\ufeff', '\\u0041', '\ud800', '𝄫', 'é',
  '{soc}', '{eoc}', '{sot}', '{eot}', '{sog}', '{eog}', '{chorus}', '{new_song}', '{transpose: 2}', '{transpose: -3k}', '{transpose}', '{key: F}',
  '{key: h}', '{title: a}', '%{title}', '{c: [G] x}', '{c-guitar!: y}', '{start_of_x label="1"}', '{end_of_x}', '{define: G base-fret 1 frets 3 2 0 0 0 3}',
  '[G]', '[Am7/G]', '[H]', '[Do]', '[4]', '[iv]', '[*x]', '[N.C.]', '| G . | C7 :|', 'word', '<song>', '</song>', '&amp;', '<lyrics>', '[Verse 1]', 'Key: G', 'e|--2--|',
]; // prettier-ignore
const song = fc.oneof(
  fc.array(fc.constantFrom(...scraps), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...scraps), { maxLength: 40 }).map((parts) => parts.join('\n')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('any text: its tree is the text, its chart is a chart, and every exporter takes it', () => {
  fc.assert(
    fc.property(song, (text) => {
      const tree = songParser.parse(text);
      expect(printTree(tree, text)).toBe(text);
      const chart = parseSong(text);
      for (const section of chart.sections) {
        expect(section.positions.length).toBe(section.lines.length);
        for (const { from, to } of section.positions) expect(from >= 0 && from <= to && to <= text.length).toBe(true);
      }
      for (const { from, to } of chart.diagnostics) expect(from >= 0 && from <= to).toBe(true);
      expect(chartText(chart, { notation: 'roman', capo: 2, width: 20 })).toMatch(/\n$/);
      expect(chartHtml(chart)).not.toMatch(/<(?:script|song|lyrics)/);
    }),
    parameters,
  );
});

test('any text: an edit gives the tree and the chart that reading it anew gives', () => {
  fc.assert(
    fc.property(song, fc.nat(), fc.nat({ max: 20 }), fc.constantFrom(...scraps, ''), (text, place, removed, insert) => {
      const from = place % (text.length + 1);
      const to = Math.min(text.length, from + removed);
      const edited = text.slice(0, from) + insert + text.slice(to);
      const changes = [{ fromA: from, toA: to, fromB: from, toB: from + insert.length }];
      const fragments = TreeFragment.applyChanges(TreeFragment.addTree(songParser.parse(text)), changes, 2);
      const again = songParser.parse(edited, fragments);
      expect(treeOutline(again)).toBe(treeOutline(songParser.parse(edited)));
      expect(printTree(again, edited)).toBe(edited);
      const read = createChartReader();
      read(text);
      expect(read(edited)).toEqual(parseSong(edited));
    }),
    parameters,
  );
});

interface Typed {
  place: number;
  removed: number;
  insert: string;
  /** At the place where the edit before ended, as in typing. */
  isTyped: boolean;
}

/** Mostly words and lines of them, where the chart before is gone on from. */
const edit = fc.record({
  place: fc.nat(),
  removed: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 6 })),
  insert: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', ' ', ']', '[', 'Am', '', '\n') }, fc.constantFrom(...scraps)),
  isTyped: fc.boolean(),
});

function readsEachAnew(start: string, edits: readonly Typed[]): void {
  const read = createChartReader();
  let text = start;
  let end = 0;
  read(text);
  for (const { place, removed, insert, isTyped } of edits) {
    const from = isTyped ? end : place % (text.length + 1);
    text = text.slice(0, from) + insert + text.slice(from + removed);
    end = from + insert.length;
    const chart = read(text);
    const anew = parseSong(text);
    expect(chart).toEqual(anew);
    expect([...chordNames(chart)]).toEqual([...chordNames(anew)]);
  }
}

test('any text: typing on and on gives the chart that reading each text anew gives', () => {
  fc.assert(fc.property(song, fc.array(edit, { minLength: 1, maxLength: 12 }), readsEachAnew), parameters);
});

/** As people write them. */
const songLines = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('[G]a', 'a', '', '  ', '[Zz]b [A') },
  fc.constantFrom('{soc}', '{eoc}', '{chorus}', '{sot}', '{eot}', '{transpose: 2}', '{transpose}', '{textsize: 9}', '{c: x}', '# x', 'b\\'),
);
const lineEdit = fc.record({
  place: fc.nat(),
  removed: fc.oneof(fc.constant(0), fc.nat({ max: 9 })),
  insert: fc.constantFrom('', 'a', '[G]', '\n', '\n\n', '[D]a\n[Zz]b', '\na\n'),
  isTyped: fc.boolean(),
});

test('any song: lines that come and go give the chart that reading it anew gives', () => {
  const songs = fc.array(songLines, { maxLength: 12 }).map((all) => all.join('\n'));
  fc.assert(fc.property(songs, fc.array(lineEdit, { minLength: 1, maxLength: 8 }), readsEachAnew), parameters);
});

/** All that is sung, by song, section and line. */
const words = (text: string) =>
  parseSongs(text).map(({ sections }) =>
    sections.map(({ lines }) => lines.map(({ type, segments }) => [type, segments.map(({ lyrics }) => lyrics)])),
  );

test('any text: transposing changes nothing but chords, keys and shapes, and twelve semitones change nothing', () => {
  fc.assert(
    fc.property(song, fc.integer({ min: -24, max: 24 }), (text, semitones) => {
      const moved = transposeText(text, { semitones });
      expect(moved).not.toBeNull();
      expect(transposeText(text, { semitones: 12 })).toBe(text);
      expect(moved?.split(/\r\n|\r|\n/).length).toBe(text.split(/\r\n|\r|\n/).length);
      if (!text.includes('%{') && !text.includes('\\')) expect(words(moved ?? '')).toEqual(words(text));
    }),
    parameters,
  );
});

const roots = [
  'C',
  'C#',
  'Db',
  'D',
  'D#',
  'Eb',
  'E',
  'E#',
  'Fb',
  'F',
  'F#',
  'Gb',
  'G',
  'G#',
  'Ab',
  'A',
  'A#',
  'Bb',
  'B',
  'B#',
  'Cb',
  'F##',
  'Ebb',
];
const chord = fc
  .tuple(
    fc.constantFrom(...roots),
    fc.constantFrom('', 'm', 'dim7', 'aug', 'maj7', '7sus4', 'm7b5', '6/9', '(b5)'),
    fc.option(fc.constantFrom(...roots)),
  )
  .map(([root, rest, bass]) => root + rest + (bass === null ? '' : `/${bass}`));
const keys = fc.constantFrom('', '{key: C}\n', '{key: F}\n', '{key: Ebm}\n', '{key: F#}\n', '{key: A}\n', '{key: Gb}\n', '{key: C#}\n');

const shifted = (tone: { ord: number } | null | undefined, shift: number): number | null =>
  tone === null || tone === undefined ? null : (tone.ord + shift + 24) % 12;

/** What the chords of a text are, moved by so many semitones. */
const sound = (text: string, shift: number) =>
  [...text.matchAll(/\[([^\]]*)\]/g)].map((match) => {
    const parsed = parseChord(match[1] ?? '', 'common');
    return [shifted(parsed?.root, shift), parsed?.quality, parsed?.extension, shifted(parsed?.bass, shift)];
  });

test('up and down again sounds the same, in every key, and keeps quality and extension', () => {
  fc.assert(
    fc.property(keys, fc.array(chord, { minLength: 1, maxLength: 8 }), fc.integer({ min: -11, max: 11 }), (key, chords, semitones) => {
      const source = key + chords.map((name) => `[${name}]`).join(' ');
      // In F a B may be the German one.
      fc.pre(detectNotationFrom(source, 0).system === 'common');
      const moved = transposeText(source, { semitones }) ?? '';
      expect(sound(moved, 0)).toEqual(sound(source, semitones));
      expect(sound(transposeText(moved, { semitones: -semitones }) ?? '', 0)).toEqual(sound(source, 0));
    }),
    parameters,
  );
});

test('any string: chords, importers and encodings give an answer', () => {
  const systems: ChordSystem[] = ['common', 'german', 'latin', 'solfege', 'nashville', 'roman'];
  fc.assert(
    fc.property(song, fc.uint8Array({ maxLength: 60 }), (text, bytes) => {
      for (const system of systems) {
        const parsed = parseChord(text.slice(0, 40), system);
        if (parsed?.root) expect(parsed.root.ord >= 0 && parsed.root.ord < 12).toBe(true);
      }
      for (const format of importFormats) {
        const imported = importSong(text, format);
        if (imported !== null) expect(typeof imported.chordpro).toBe('string');
      }
      expect(Buffer.from(encodeSong(decodeSong(bytes))).equals(bytes)).toBe(true);
    }),
    parameters,
  );
});

const commands = [
  'parse', 'transpose --semitones 0', 'transpose --semitones -5 --spelling flats', 'transpose --to Eb', 'render --format text --capo 3 --width 20',
  'render --format html --notation nashville', 'chords', 'chords --system roman', ...importFormats.map((format) => `import --from ${format}`),
]; // prettier-ignore
const bytesOfSong = fc.oneof(
  song.map((text) => Buffer.from(text)),
  song.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  fc.uint8Array({ maxLength: 80 }),
);

test('any bytes: each command of the command line gives an answer, or says why not; moved by nothing they are the same', () => {
  fc.assert(
    fc.property(bytesOfSong, fc.constantFrom(...commands), (bytes, command) => {
      const written: Uint8Array[] = [];
      try {
        runChartCommand(command.split(' '), { read: () => bytes, write: (part) => written.push(part), note: () => undefined });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(written).toEqual([]);
        return;
      }
      if (command === 'transpose --semitones 0') expect(Buffer.concat(written).equals(bytes)).toBe(true);
    }),
    { ...parameters, numRuns: 500 },
  );
});

const plainLines = fc.array(
  fc.constantFrom('', 'G  D/F#  Em', 'words to sing', '[Chorus]', 'Chorus', 'Verse 1:', 'V2:', '(Bridge)', 'Solo', 'e|--2--|', 'Key: G', '| G . |', '[G]la', 'Tab:', 'x2'),
  { maxLength: 16 },
); // prettier-ignore

test('what importers write has each section closed, and lyrics that are all there', () => {
  fc.assert(
    fc.property(plainLines, fc.constantFrom('over-lyrics', 'onsong', 'ultimate-guitar'), (lines, format) => {
      const chordpro = importSong(lines.join('\n'), format)?.chordpro ?? '';
      const codes = parseSongs(chordpro).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
      expect(codes.filter((code) => /section|directive/.test(code))).toEqual([]);
      const sung = lines.filter((line) => line === 'words to sing').length;
      expect(chordpro.replace(/\[[^\]]*\]/g, '').split('words to sing').length - 1).toBe(sung);
    }),
    { ...parameters, numRuns: 500 },
  );
});
