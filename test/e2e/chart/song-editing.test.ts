import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openChartPages, type ChartPages } from '../../support/chart-page/open-chart-page.ts';

let pages: ChartPages;
let page: Page;

beforeAll(async () => {
  pages = await openChartPages();
});
afterAll(async () => {
  await pages.close();
});
beforeEach(async () => {
  page = await pages.freshPage();
});

const text = async (): Promise<string | undefined> => {
  const [first, second] = await page.evaluate(() => window.chartPage.texts());
  expect(second).toBe(first);
  return first;
};

/** Shows a song; `|` is where the caret is put. */
async function edit(marked: string): Promise<void> {
  const at = marked.indexOf('|');
  await page.evaluate((source) => window.chartPage.showEditors(source), marked.replace('|', ''));
  await page.getByRole('textbox', { name: 'Song source' }).first().click();
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowRight');
}

describe('editing a shared song', () => {
  test('is transposed for everybody by a key, and back by one undo', async () => {
    await edit('{key: G}\n[G]One [D/F#]two|\nno chord');
    await page.keyboard.press('Control+Shift+ArrowUp');
    await page.keyboard.press('Control+Shift+ArrowUp');
    expect(await text()).toBe('{key: A}\n[A]One [E/G#]two\nno chord');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await text()).toBe('{key: G}\n[G]One [D/F#]two\nno chord');
    await page.keyboard.press('Control+Shift+ArrowDown');
    expect(await text()).toBe('{key: F#}\n[F#]One [C#/E#]two\nno chord');
    expect(await page.evaluate(() => window.chartPage.pressed())).toEqual(['transposed 1', 'transposed 1', 'transposed -1']);
  });

  test('a chord is picked from those of the song', async () => {
    await edit('[G]One [D7]two [D7]three\n|four');
    await page.keyboard.press('Control+[');
    await page.locator('.cm-tooltip-autocomplete li').first().waitFor();
    expect(await page.locator('.cm-tooltip-autocomplete li').allInnerTexts()).toEqual(['D7', 'G']);
    await page.keyboard.type('G');
    await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: 'G' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await text()).toBe('[G]One [D7]two [D7]three\n[G]four');
  });

  test('a directive is completed with its value place', async () => {
    await edit('|');
    await page.keyboard.type('{artis');
    await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: 'artist' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Ann');
    expect(await text()).toBe('{artist: Ann}');
  });

  test('a section is completed with its end, and an open one is closed first of all', async () => {
    await edit('{sov}\na\n|\n\n');
    const first = page.locator('.cm-tooltip-autocomplete li').first();
    await page.keyboard.type('{e');
    await first.getByText('end_of_verse').waitFor();
    await page.keyboard.press('Enter');
    expect(await text()).toBe('{sov}\na\n{end_of_verse}\n\n');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('{sta');
    await first.getByText('start_of_verse').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('b');
    expect(await text()).toBe('{sov}\na\n{end_of_verse}\n\n{start_of_verse}\nb\n{end_of_verse}');
    // Where the end is there already it is not written twice.
    await edit('|\na\n{eoc}\n');
    await page.keyboard.type('{start_of_ch');
    await first.getByText('start_of_chorus').waitFor();
    await page.keyboard.press('Enter');
    expect(await text()).toBe('{start_of_chorus: }\na\n{eoc}\n');
  });

  test('sections move, are doubled and renamed', async () => {
    await edit('{title: x}\n\n{sov: One}\na|\n{eov}\n\nb\n');
    await page.keyboard.press('Alt+PageDown');
    expect(await text()).toBe('{title: x}\n\nb\n\n{sov: One}\na\n{eov}\n');
    await page.keyboard.press('Alt+PageUp');
    expect(await text()).toBe('{title: x}\n\n{sov: One}\na\n{eov}\n\nb\n');
    await page.keyboard.press('F2');
    await page.keyboard.type('Two');
    expect(await text()).toBe('{title: x}\n\n{sov: Two}\na\n{eov}\n\nb\n');
    await page.keyboard.press('Control+Shift+d');
    expect(await text()).toBe('{title: x}\n\n{sov: Two}\na\n{eov}\n\n{sov: Two}\na\n{eov}\n\nb\n');
    await page.keyboard.press('Control+z');
    expect(await text()).toBe('{title: x}\n\n{sov: Two}\na\n{eov}\n\nb\n');
  });

  test('a line goes from ChordPro to chords over words and back', async () => {
    await edit('[G]Silent |night, [D7]holy');
    await page.keyboard.press('Control+Shift+l');
    expect(await text()).toBe('G             D7\nSilent night, holy');
    await page.keyboard.press('Control+Shift+l');
    expect(await text()).toBe('[G]Silent night, [D7]holy');
  });

  test('what is not understood is marked, with a fix', async () => {
    await edit('{titel: x}\n[G]One|');
    const mark = page.locator('.cm-lintRange').first();
    await mark.waitFor();
    await mark.hover();
    await page.getByRole('button', { name: 'Write title' }).click();
    expect(await text()).toBe('{title: x}\n[G]One');
  });

  test('a section folds and unfolds', async () => {
    await edit('{sov}|\n[G]One\n[D]Two\n{eov}\nrest');
    await page.keyboard.press('Control+Shift+BracketLeft');
    await page.locator('.cm-foldPlaceholder').waitFor();
    expect(await page.getByRole('textbox').first().innerText()).not.toContain('One');
    await page.keyboard.press('Control+Shift+BracketRight');
    expect(await page.getByRole('textbox').first().innerText()).toContain('One');
  });
});
