import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openChartPages, type ChartPages } from '../../support/chart-page/open-chart-page.ts';
import { seriousFindsNow } from '../../support/serious-finds.ts';

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

const editor = (index: number) => page.getByRole('textbox', { name: 'Song source' }).nth(index);
const texts = (): Promise<string[]> => page.evaluate(() => window.chartPage.texts());
const show = (source: string): Promise<void> => page.evaluate((text) => window.chartPage.showEditors(text), source);

describe('the editor of a shared song', () => {
  test('[R-LOC-4] what one types, all have; undo takes back one’s own only', async () => {
    await show('[G]Silent night');
    await editor(0).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(', holy');
    await page.evaluate(() => window.chartPage.edit(1, 0, '{key: G}\n'));
    expect(await texts()).toEqual(['{key: G}\n[G]Silent night, holy', '{key: G}\n[G]Silent night, holy']);
    await editor(0).click();
    await page.keyboard.press('Control+z');
    expect(await texts()).toEqual(['{key: G}\n[G]Silent night', '{key: G}\n[G]Silent night']);
    await page.keyboard.press('Control+z');
    expect((await texts())[0]).toBe('{key: G}\n[G]Silent night');
    await page.keyboard.press('Control+y');
    expect((await texts())[1]).toBe('{key: G}\n[G]Silent night, holy');
  });

  test('others see where one is, by name', async () => {
    await show('[G]Silent night\n[D]All is calm');
    await editor(0).click();
    await page.keyboard.press('Control+Home');
    const label = editor(1).locator('.cm-ySelectionInfo');
    await label.waitFor();
    expect(await label.textContent()).toBe('Ann');
    expect(await editor(0).locator('.cm-ySelectionInfo').count()).toBe(0);
  });

  test('a state from a broken or hostile program harms nothing', async () => {
    await show('[G]Silent night');
    await page.evaluate(() => {
      window.chartPage.awarenessField(1, 'user', { name: 'x'.repeat(10_000), color: 'red; background: url(//evil)' });
      window.chartPage.awarenessField(1, 'cursor', { anchor: { item: 'nonsense' }, head: 7 });
      window.chartPage.awarenessField(1, 'cursor', { anchor: { item: { client: 9, clock: 9 } }, head: { item: { client: 9, clock: 9 } } });
      window.chartPage.awarenessField(1, 'cursor', { anchor: { tname: 'song', assoc: 0 }, head: { tname: 'song', assoc: 0 } });
    });
    await editor(0).locator('.cm-ySelectionInfo').waitFor();
    expect(await editor(0).locator('.cm-ySelectionInfo').textContent()).toBe('Somebody');
    expect(await editor(0).locator('.cm-ySelectionCaret').getAttribute('style')).not.toContain('url');
    await editor(0).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    expect((await texts())[1]).toBe('[G]Silent night!');
  });

  test('a file with the line ends of Windows keeps them, and typing at a line end stays before them', async () => {
    await show('[G]One\r\n[D]Two\r\n');
    await editor(0).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.type(' more');
    expect((await texts())[0]).toBe('[G]One more\r\n[D]Two\r\n');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('x');
    expect((await texts())[0]).toBe('[G]One more\r\nx[D]Two\r\n');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    expect(await texts()).toEqual(['[G]One more[D]Two\r\n', '[G]One more[D]Two\r\n']);
  });

  test('[R-LOC-4] [R-DOC-3] a replaced document is bound anew: selection stays, old undo steps are gone, both ways work', async () => {
    await show('[G]Silent night\n[D]All is calm');
    await editor(0).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    await page.evaluate(() => window.chartPage.replaceFirst('{key: G}\n[G]Silent night\n[D]All is calm!'));
    await page.keyboard.type('?');
    expect((await texts())[0]).toBe('{key: G}\n[G]Silent night\n[D]All is calm!?');
    expect((await texts())[1]).toBe('[G]Silent night\n[D]All is calm!');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect((await texts())[0]).toBe('{key: G}\n[G]Silent night\n[D]All is calm!');
    await page.evaluate(() => window.chartPage.edit(0, 0, '# new\n'));
    expect(await editor(0).innerText()).toContain('# new');
  });

  test('[R-LOC-5] who may only read can select, and nothing of theirs is written, undo included', async () => {
    await show('[G]Silent night');
    await editor(0).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('!');
    await page.evaluate(() => window.chartPage.setReadOnly(true));
    await page.keyboard.type('x');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Backspace');
    expect((await texts())[0]).toBe('[G]Silent night!');
    await page.keyboard.press('Control+a');
    expect(await page.evaluate(() => document.getSelection()?.toString())).toContain('Silent night!');
    expect(await editor(0).getAttribute('aria-readonly')).toBe('true');
  });

  test('axe finds nothing serious, to write or to read', async () => {
    await show(`{title: x}\n${'[G]Silent night\n'.repeat(80)}`);
    for (const isReadOnly of [false, true]) {
      await page.evaluate((value) => window.chartPage.setReadOnly(value), isReadOnly);
      expect(await seriousFindsNow(page)).toEqual([]);
    }
  });

  test('characters outside the basic plane are never cut', async () => {
    await show('a😀b');
    await editor(0).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    expect(await texts()).toEqual(['ab', 'ab']);
    await page.keyboard.insertText('\ud83d');
    expect((await texts())[1]?.isWellFormed()).toBe(true);
  });
});
