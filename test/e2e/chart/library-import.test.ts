import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Musician } from '../../support/musician.ts';

let ann: Musician;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chordme-songs-'));
  ann = await Musician.start('Ann');
  ann.page.setDefaultTimeout(10_000);
  await ann.page.getByText('Your songbook is empty.').waitFor();
});
afterAll(async () => {
  await ann.end();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const titles = (): Promise<string[]> => ann.page.getByRole('list', { name: 'Songs' }).locator('.song-row-title').allInnerTexts();

async function openLibrary(): Promise<void> {
  await ann.page.goto(`${ann.origin}/library`);
  await ann.button('Import songs').waitFor();
}

async function choose(paths: readonly string[]): Promise<void> {
  const chooser = ann.page.waitForEvent('filechooser');
  await ann.button('Import songs').click();
  await (await chooser).setFiles([...paths]);
}

async function openSong(title: string): Promise<void> {
  await openLibrary();
  await ann.page.getByRole('link', { name: new RegExp(title, 'u') }).click();
  await ann.source.waitFor();
}

test('the sample songs are added from the empty library', async () => {
  await ann.button('Add the sample songs').click();
  await ann.page.getByText('9 songs added.').waitFor();
  expect(await titles()).toHaveLength(9);
});

test('ChordPro goes in at once; what is written in another way is looked at first, song by song', async () => {
  await openLibrary();
  await choose([
    file('plain.cho', '{title: Plain}\n[G]One\n'),
    file('book.cho', '{title: First of Two}\n[G]One\n{new_song}\n{title: Second of Two}\n[H]Two\n'),
    file('Above the words.txt', 'G        D7\nSilent night, holy night\n'),
    file('hymn.onsong', 'Hymn of Ours\nThe Band\nKey: [D]\n\nVerse 1:\n[D]Sing it [A]out\n'),
    file('broken.xml', '<song><title>Broken'),
    file('picture.png', Uint8Array.of(0x89, 0x50, 0, 0)),
  ]);
  const dialog = ann.page.getByRole('dialog', { name: 'Import 3 songs' });
  await dialog.waitFor();
  await ann.page.getByText('This is no song file.').waitFor();
  expect(await titles()).toContain('Plain');
  expect(await dialog.getByLabel('Written as').inputValue()).toBe('over-lyrics');
  await dialog.getByLabel('Song', { exact: true }).selectOption({ index: 1 });
  expect(await dialog.getByLabel('Written as').inputValue()).toBe('onsong');
  expect(await dialog.getByRole('region', { name: 'Preview' }).locator('[data-chord]').allInnerTexts()).toEqual(['D', 'A']);
  await dialog.getByLabel('Song', { exact: true }).selectOption({ index: 2 });
  await dialog.getByText('This is not OpenSong (XML). Choose how it is written.').waitFor();
  await dialog.getByRole('button', { name: 'Import 2 songs' }).click();
  await ann.page.getByText('5 songs added.').waitFor();
  await expect.poll(titles).toEqual(expect.arrayContaining(['Above the words', 'Hymn of Ours', 'First of Two', 'Second of Two']));
  await openSong('Above the words');
  expect(await ann.text()).toBe('{title: Above the words}\n[G]Silent ni[D7]ght, holy night\n');
});

test('a pasted page is looked at and kept under the title it is given', async () => {
  await openLibrary();
  await ann.button('Paste a song').click();
  await ann.field('Song').fill('[Verse 1]\nC       G\nDown by the river\n');
  await ann.field('Title').fill('Op.12');
  await ann.button('Look at it').click();
  expect(await ann.page.getByLabel('Written as').inputValue()).toBe('ultimate-guitar');
  await ann.button('Import song').click();
  await ann.page.getByText('1 song added.').waitFor();
  expect(await titles()).toContain('Op.12');
});

test('a folder is dropped: its songs come, also from folders in it, its other files do not', async () => {
  const album = join(folder, 'album');
  mkdirSync(join(album, 'live'), { recursive: true });
  writeFileSync(join(album, 'one.cho'), '{title: Dropped One}\n');
  writeFileSync(join(album, 'live', 'two.chopro'), '{title: Dropped Two}\n');
  writeFileSync(join(album, 'cover.jpg'), Uint8Array.of(0xff, 0xd8));
  await openLibrary();
  const cdp = await ann.page.context().newCDPSession(ann.page);
  const data = { items: [], files: [album], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  await ann.page.getByText('2 songs added.').waitFor();
  expect(await titles()).toEqual(expect.arrayContaining(['Dropped One', 'Dropped Two']));
  expect(await ann.page.getByText('cover.jpg').count()).toBe(0);
});

test('a song leaves as the bytes it came in', async () => {
  const bytes = Buffer.from('{title: Caf\xe9}\r\n{artist: Ann}\r\n[G]Caf\xe9 \t\r\nlast line', 'latin1');
  await openLibrary();
  await choose([file('cafe.crd', bytes)]);
  await ann.page.getByText('1 song added.').waitFor();
  await openSong('Café');
  const waiting = ann.page.waitForEvent('download');
  await ann.button('Export').click();
  await ann.page.getByRole('menuitem', { name: 'ChordPro (.cho)' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('cafe.crd');
  expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
});

test('the song page: a chord leads to its place, keys transpose outside the source too, the menu edits', async () => {
  await openLibrary();
  await choose([file('edit.cho', '{title: Edited}\n{key: G}\n[G]One [D]two\n')]);
  await ann.page.getByText('1 song added.').waitFor();
  await openSong('Edited');
  await ann.page.getByRole('region', { name: 'Song sheet' }).locator('[data-chord]').nth(1).click();
  await ann.page.keyboard.type('[Em]');
  expect(await ann.text()).toContain('[G]One [Em]two');
  await ann.page.getByRole('heading', { name: 'Source' }).click();
  await ann.page.keyboard.press('Control+Shift+ArrowUp');
  await ann.page.getByText('Transposed 1 up.').waitFor();
  expect(await ann.text()).toBe('{title: Edited}\n{key: Ab}\n[Ab]One [Fm]two\n');
  await ann.button('Undo').click();
  expect(await ann.text()).toBe('{title: Edited}\n{key: G}\n[G]One [Em]two\n');
  await ann.placeCursor('One');
  await ann.button('What to do in the source').click();
  await ann.page.getByRole('menuitem', { name: 'Chords of this line above it, or in it' }).click();
  await expect.poll(() => ann.text()).toBe('{title: Edited}\n{key: G}\nG   Em\nOne two\n');
  await ann.button('What to do in the source').click();
  await ann.page.getByRole('menuitem', { name: 'Transpose the song 1 down' }).click();
  await expect.poll(() => ann.text()).toContain('{key: F#}');
});
