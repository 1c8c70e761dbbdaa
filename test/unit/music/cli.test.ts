import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/chart.ts', import.meta.url));
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(`${tmpdir()}/chart-`);
});
afterAll(() => rmSync(folder, { recursive: true }));

function chart(
  args: readonly string[],
  input: string | Uint8Array = '',
): { code: number | null; out: string; bytes: Buffer; error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { input });
  return { code: status, out: stdout.toString(), bytes: stdout, error: stderr.toString() };
}

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
  writeFileSync(`${folder}/a.cho`, song);
  writeFileSync(`${folder}/b.cho`, '{t:B}');
  expect(JSON.parse(chart(['parse', `${folder}/a.cho`, `${folder}/b.cho`]).out)).toEqual({ ...expected, songs: [expected, other] });
});

test('transpose: by semitones, to a key, and a song without a key', () => {
  expect(chart(['transpose', '--semitones', '-2'], '{key: D}\r\n[D]a').out).toBe('{key: C}\r\n[C]a');
  expect(chart(['transpose', '--semitones=1', '--spelling', 'sharps'], '[C]a').out).toBe('[C#]a');
  expect(chart(['transpose', '--to', 'Bb'], '{key: A}\n[A]a').out).toBe('{key: Bb}\n[Bb]a');
  expect(chart(['transpose', '--to', 'Bb'], '[A]a')).toMatchObject({ code: 2, out: '' });
});

test('bytes of windows-1252 and UTF-16 come back', () => {
  const old = Buffer.from([0x5b, 0x47, 0x5d, 0xe9, 0x20, 0x80, 0x81, 0x0d, 0x0a]);
  expect(chart(['transpose', '--semitones', '2'], old).bytes).toEqual(Buffer.from([0x5b, 0x41, 0x5d, 0xe9, 0x20, 0x80, 0x81, 0x0d, 0x0a]));
  expect(JSON.parse(chart(['parse'], old).out)).toMatchObject({ diagnostics: [{ code: 'not-utf-8' }] });
  const wide = Buffer.from('\ufeff[G]é', 'utf16le');
  expect(chart(['transpose', '--semitones', '2'], wide).bytes).toEqual(Buffer.from('\ufeff[A]é', 'utf16le'));
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

test.each([
  [[], 'Which command?'],
  [['sing'], 'no command'],
  [['parse', '/nowhere/at/all.cho'], 'no such file'],
  [['parse', '.'], 'folder'],
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

test('what is no text is refused', () => {
  expect(chart(['parse'], Buffer.from([0x89, 0x50, 0x00, 0x00, 0x01]))).toMatchObject({ code: 1, out: '' });
});
