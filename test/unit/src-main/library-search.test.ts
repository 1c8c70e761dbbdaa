import { beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { findLine, spokenLine, wordsOfSong } from '../../../src-main/core/library/search-text.ts';
import { ask } from '../../support/ask.ts';
import { openTestCore, type TestCore } from '../../support/test-core.ts';

let core: TestCore;
const found = async (q: string) => (await ask(core, 'library.search', { q })).songs.map(({ title }) => title);
const add = async (title: string, artist: string, text: string): Promise<string> =>
  (await ask(core, 'library.create', { chordpro: `{title: ${title}}\n{artist: ${artist}}\n{key: G}\n${text}\n` })).id;

const lineOf = async (q: string) => (await ask(core, 'library.search', { q })).songs[0]?.line;

beforeEach(async () => {
  core = await openTestCore();
});

describe('search', () => {
  test('title before artist before text, and in titles the beginning first', async () => {
    await add('Evening', 'The Rivers', '[G]Nothing of it');
    await add('Shenandoah', 'Trad.', 'Away, you rolling [D]river');
    await add('Moon River', 'Mancini', 'Wider than a mile');
    await add('River Deep', 'Spector', 'When I was');
    await add('Driver', 'X', 'no');
    expect(await found('river')).toEqual(['River Deep', 'Moon River', 'Driver', 'Evening', 'Shenandoah']);
    expect(await found('RÍVER')).toEqual(await found('river'));
  });

  test('words in any place and order, parts of words, over title, artist and text', async () => {
    await add('Silent Night', 'Gruber', 'Si[G]lent night, ho[D7]ly night');
    await add('O Holy Night', 'Adam', 'The [C]stars are brightly shining');
    expect(await found('night gruber')).toEqual(['Silent Night']);
    expect(await found('holy night')).toEqual(['O Holy Night', 'Silent Night']);
    expect(await found('ight sta')).toEqual(['O Holy Night']);
    expect(await found('o holy')).toEqual(['O Holy Night']);
    expect(await found('ad o night')).toEqual(['O Holy Night']);
    expect(await found('o ad xy night')).toEqual([]);
    expect(await found('holy xyz')).toEqual([]);
  });

  test('one or two letters: where a word of title or artist begins', async () => {
    await add('O Holy Night', 'Adam', 'x');
    await add('Amazing Grace', 'Olson', 'x');
    await add('Clementine', 'Trad.', 'O my darling');
    expect(await found('o')).toEqual(['O Holy Night', 'Amazing Grace']);
    expect(await found('ho')).toEqual(['O Holy Night']);
    expect(await found('o h')).toEqual(['O Holy Night']);
    expect(await found('%')).toEqual([]);
  });

  test('the line that was found is shown as it is sung; none where title or artist says it', async () => {
    await add('Silent Night', 'Gruber', '{comment: slowly}\n[G]All is [D]calm,\n[G]Ro[C]und yon Virgin');
    expect(await lineOf('round yon')).toBe('Round yon Virgin');
    expect(await lineOf('virgin calm')).toBe('All is calm,');
    expect(await lineOf('slow')).toBe('slowly');
    expect(await lineOf('silent')).toBeNull();
  });

  test('names of directives, chords and remarks are no words of a song', async () => {
    await add('One', 'Two', '{start_of_chorus}\n# remark\n[Gmaj7]sing\n{define: Gadd9 base-fret 1 frets 3 2 0}');
    for (const q of ['title', 'start_of', 'chorus', 'remark', 'maj7', 'frets']) expect([q, await found(q)]).toEqual([q, []]);
    expect(await found('sing')).toEqual(['One']);
  });

  test('what is changed, removed and brought back is found as it is now', async () => {
    const id = await add('Before', 'X', 'first words');
    await ask(core, 'library.save', { id, chordpro: '{title: After}\nsecond words' });
    expect([await found('first'), await found('before'), await found('second')]).toEqual([[], [], ['After']]);
    await ask(core, 'library.remove', { id });
    expect(await found('after')).toEqual([]);
    await ask(core, 'library.restore', { id });
    expect(await found('after')).toEqual(['After']);
    await core.close();
    core = await openTestCore({ dataDir: core.dataDir });
    expect(await found('second')).toEqual(['After']);
  });

  test('no more than can be looked through, with the number of all where that is quick to tell', async () => {
    const text = new TextEncoder();
    const files = Array.from({ length: 300 }, (_, n) => ({ name: `${n}.cho`, content: text.encode(`{title: Song ${n}}\nla la la\n`) }));
    await ask(core, 'library.import', { files });
    for (const [q, total] of [
      ['song', 300],
      ['so', 300],
      ['la la', 300],
      // Beside a short word each would have to be read to be counted.
      ['la song', null],
      ['song 29', 11],
    ] as const) {
      const { songs, total_count } = await ask(core, 'library.search', { q });
      expect([q, songs.length, total_count]).toEqual([q, Math.min(limits.foundSongs, total ?? limits.foundSongs), total]);
    }
  });
});

describe('words of a song', () => {
  test.each([
    ['Si[G]lent [D7]night', 'Silent night'],
    ['{comment: softly}', 'softly'],
    ['{c:softly}', 'softly'],
    ['{title: Ö}', 'Ö'],
    ['{start_of_verse: label="x"}', ''],
    ['{key: G}', ''],
    ['# remark', ''],
    ['{not closed', '{not closed'],
    ['', ''],
  ])('%j', (line, spoken) => {
    expect(spokenLine(line)).toBe(spoken);
  });

  test('a word that a line of chords ends in stays apart from the next; any ends of lines', () => {
    expect(wordsOfSong('one\rtwo\r\nthree\nÉtude')).toBe('one two three etude');
    expect(findLine('a\r\nbee\rsea', 'sea')).toBe('sea');
    expect(findLine('a\nb', 'nowhere')).toBeNull();
  });
});
