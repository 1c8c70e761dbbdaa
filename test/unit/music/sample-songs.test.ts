import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseSongs } from '../../../shared/music/parse-song.ts';
import { printTree, songParser } from '../../../shared/music/song-tree.ts';
import { transposeText } from '../../../shared/music/transpose-text.ts';

const folder = fileURLToPath(new URL('../../../assets/songs/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.cho'));

test.each(names)('%s is understood in full, and comes back from every transposition', (name) => {
  const text = readFileSync(folder + name, 'utf8');
  const charts = parseSongs(text);
  expect(charts).toHaveLength(1);
  expect(charts[0]?.diagnostics).toEqual([]);
  expect(charts[0]?.meta).toMatchObject({ title: [expect.any(String)], copyright: ['Public domain'], key: [expect.any(String)] });
  expect(printTree(songParser.parse(text), text)).toBe(text);
  for (let semitones = -11; semitones <= 11; semitones += 1) {
    const there = transposeText(text, { semitones }) ?? '';
    expect([semitones, transposeText(there, { semitones: -semitones })]).toEqual([semitones, text]);
  }
});

test('there are songs of every kind', () => {
  const all = names.map((name) => readFileSync(folder + name, 'utf8'));
  for (const mark of [
    '{time: 3/4}',
    '{key: Dm}',
    '{transpose: 2}',
    '{capo: 2}',
    '{start_of_grid',
    '{start_of_tab',
    '{column_break}',
    'Очи',
    'שלום',
  ]) {
    expect([mark, all.some((text) => text.includes(mark))]).toEqual([mark, true]);
  }
});
