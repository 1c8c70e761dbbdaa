import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Refusal, runChartCommand } from '../../../scripts/chart-command.ts';

interface Outcome {
  code: number | null;
  out: string;
  bytes: Buffer;
  error: string;
}

/** In this process; `files` beside standard input. */
function chart(args: readonly string[], input: string | Uint8Array = '', files: Readonly<Record<string, string>> = {}): Outcome {
  const written: Uint8Array[] = [];
  const notes: string[] = [];
  let code = 0;
  try {
    runChartCommand(args, {
      read: (name) => Buffer.from(name === '-' ? input : (files[name] ?? '')),
      write: (bytes) => written.push(bytes),
      note: (line) => notes.push(line),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    code = error.exitCode;
    notes.push(error.message);
  }
  const bytes = Buffer.concat(written);
  return { code, out: bytes.toString(), bytes, error: notes.join('\n') };
}

/** As people start it. */
function started(args: readonly string[], input: string): Outcome {
  const script = fileURLToPath(new URL('../../../scripts/chart.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { input });
  return { code: status, out: stdout.toString(), bytes: stdout, error: stderr.toString() };
}

test('the process: standard input and output, exit codes', () => {
  const long = `{key: G}\n${'[G]la\n'.repeat(50_000)}`;
  expect(started(['transpose', '--semitones', '0', '-'], long).out).toBe(long);
  expect(started(['transpose', '--to', 'C'], '[G]')).toMatchObject({ code: 2, out: '' });
  const nowhere = started(['parse', '/nowhere/at/all.cho', '.'], '');
  expect(nowhere).toMatchObject({ code: 1, out: '', error: 'chart: /nowhere/at/all.cho: there is no such file.\n' });
  expect(started(['parse', '.'], '').error).toContain('folder');
});

test('parse: one song, several songs, several files', () => {
  const song = '{title: A}\n{transpose: 2}\n{soc: Chorus}\n[G]la [*x]la\n{eoc}\n';
  const expected = {
    meta: { title: ['A'] },
    sections: [
      {
        type: 'chorus',
        label: 'Chorus',
        lines: [
          {
            type: 'lyrics',
            segments: [
              { chord: 'A', lyrics: 'la ' },
              { chord: null, lyrics: 'la', annotation: 'x' },
            ],
          },
        ],
      },
    ],
    diagnostics: [],
  };
  expect(JSON.parse(chart(['parse'], song).out)).toEqual(expected);
  const other = { meta: { title: ['B'] }, sections: [], diagnostics: [] };
  expect(JSON.parse(chart(['parse'], `${song}{new_song}\n{t:B}`).out)).toEqual({ ...expected, songs: [expected, other] });
  expect(JSON.parse(chart(['parse', 'a.cho', 'b.cho'], '', { 'a.cho': song, 'b.cho': '{t:B}' }).out)).toEqual({
    ...expected,
    songs: [expected, other],
  });
});

test('transpose: by semitones, to a key, and a song without a key', () => {
  expect(chart(['transpose', '--semitones', '-2'], '{key: D}\r\n[D]a').out).toBe('{key: C}\r\n[C]a');
  expect(chart(['transpose', '--semitones=1', '--spelling', 'sharps'], '[C]a').out).toBe('[C#]a');
  expect(chart(['transpose', '--to', 'Bb'], '{key: A}\n[A]a').out).toBe('{key: Bb}\n[Bb]a');
  const files = { 'a.cho': '{key: A}\n[A]\n', 'b.cho': '[A]' };
  expect(chart(['transpose', '--to', 'Bb', 'a.cho', 'b.cho'], '', files)).toMatchObject({ code: 2, out: '' });
  expect(chart(['transpose', '--to', 'fis'], '{key: h}\n[h]a').out).toBe('{key: fis}\n[fis]a');
});

function utf32(text: string): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return Buffer.concat(codes.map((code) => Buffer.from([code >> 24, (code >> 16) & 255, (code >> 8) & 255, code & 255])));
}

test('bytes of windows-1252, UTF-16 and UTF-32 come back', () => {
  const old = Buffer.from([0x5b, 0x47, 0x5d, 0xe9, 0x20, 0x80, 0x81, 0x0d, 0x0a]);
  expect(chart(['transpose', '--semitones', '2'], old).bytes).toEqual(Buffer.from([0x5b, 0x41, 0x5d, 0xe9, 0x20, 0x80, 0x81, 0x0d, 0x0a]));
  expect(JSON.parse(chart(['parse'], old).out)).toMatchObject({ diagnostics: [{ code: 'not-utf-8' }] });
  const wide = Buffer.from('\ufeff[G]é', 'utf16le');
  expect(chart(['transpose', '--semitones', '2'], wide).bytes).toEqual(Buffer.from('\ufeff[A]é', 'utf16le'));
  for (const bytesOf of [utf32, (text: string) => utf32(text).swap32()]) {
    expect(chart(['transpose', '--semitones', '2'], bytesOf('\ufeff[G]é😀')).bytes).toEqual(bytesOf('\ufeff[A]é😀'));
  }
});

test('chords: a line in, a line out', () => {
  const lines = chart(['chords', '--system', 'german'], 'H7\nfoo\nB/D\n').out.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { input: 'H7', valid: true, root: 'H', root_ord: 11, quality: 'major', extension: '7', bass: null, bass_ord: null },
    { input: 'foo', valid: false, root: null, root_ord: null, quality: null, extension: null, bass: null, bass_ord: null },
    { input: 'B/D', valid: true, root: 'B', root_ord: 10, quality: 'major', extension: '', bass: 'D', bass_ord: 2 },
  ]);
});

test('render: text, another notation, another capo, a narrow page', () => {
  const song = '{title: A}\n{key: C}\n{capo: 2}\n[C]one [Am7]two\n';
  expect(chart(['render', '--format', 'text'], song).out).toBe('A\nKey: C  Capo: 2 (sounds in D)\n\nC   Am7\none two\n');
  expect(chart(['render', '--format', 'text', '--notation', 'roman'], song).out).toContain('\nI   vi7\n');
  expect(chart(['render', '--format', 'text', '--capo', '0'], song).out).toBe('A\nKey: D\n\nD   Bm7\none two\n');
  expect(chart(['render', '--format', 'text', '--width', '20'], `${'[C]lala '.repeat(6)}\n`).out).toBe(
    'C    C    C    C\nlala lala lala lala\nC    C\nlala lala\n',
  );
  expect(chart(['render', '--format', 'html'], '{t: <b>}\n[C]<i>').out).toContain('<h1>&#60;b&#62;</h1>');
});

const nashville = (song: string) => chart(['render', '--format', 'text', '--notation', 'nashville'], song);

test('render: numbers need a key, and who asks for them without one is told', () => {
  expect(nashville('{key: G}\n[C]one\n')).toMatchObject({ error: '', out: expect.stringContaining('4\none') as string });
  const without = nashville('{title: A}\n[C]one\n{ns}\n{key: C}\n[C]two\n{ns}\n[1]three');
  expect(without).toMatchObject({ code: 0, out: expect.stringContaining('C\none') as string });
  expect(without.error).toBe('standard input: “A” has no {key: …} that is a key, so its chords stay as they are written.');
});

test.each([
  [[], 'Which command?'],
  [['sing'], 'no command'],
  [['parse', '--loud'], 'loud'],
  [['transpose'], '--semitones N or --to KEY'],
  [['transpose', '--semitones', '1', '--to', 'C'], 'either'],
  [['transpose', '--semitones', 'two'], 'whole number'],
  [['transpose', '--to', 'X'], 'no key'],
  [['transpose', '--semitones', '1', '--spelling', 'odd'], '--spelling'],
  [['chords', '--system', 'klingon'], '--system'],
  [['import'], '--from'],
  [['import', '--from', 'opensong'], 'no opensong file'],
  [['render'], '--format'],
  [['render', '--format', 'text', '--capo', '-1'], '--capo'],
] as const)('chart %j ends with 1 and says why', (args, message) => {
  const { code, out, error } = chart(args, 'a\n');
  expect([code, out]).toEqual([1, '']);
  expect(error).toContain(message);
});

test('what is no text is refused; a stray NUL among words is kept', () => {
  expect(chart(['parse'], Buffer.from([0x89, 0x50, 0x00, 0x00, 0x01]))).toMatchObject({ code: 1, out: '' });
  expect(chart(['parse'], '[\0G\0]\0')).toMatchObject({ code: 1, out: '' });
  expect(chart(['transpose', '--semitones', '2'], '[G]some\0 words\n').out).toBe('[A]some\0 words\n');
});
