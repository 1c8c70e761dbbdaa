import { readFile } from 'node:fs/promises';
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

const song = '{title: Silent: Night}\r\n{key: G}\r\n[G]Silent night, [D7]holy night\r\n';

describe('a song is taken out', () => {
  test.each([
    ['ChordPro (.cho)', 'Silent Night.cho'],
    ['Text, chords over words (.txt)', 'Silent Night.txt'],
    ['Web page (.html)', 'Silent Night.html'],
    ['Data (.json)', 'Silent Night.json'],
  ])('as %s', async (label, name) => {
    await page.evaluate((source) => window.chartPage.showExport(source), song);
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: label }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(name);
    const text = await readFile(await download.path(), 'utf8');
    if (name.endsWith('.cho')) expect(text).toBe(song);
    else expect(text).toMatch(/holy/u);
    if (name.endsWith('.json')) expect(JSON.parse(text)).toMatchObject({ meta: { title: ['Silent: Night'] } });
  });

  test('on paper: each song begins a page, nothing else of the page is printed, a hostile title harms nothing', async () => {
    const long = `{title: Long "}; body { display: none } @page { content: "}\n${Array.from({ length: 90 }, (_, at) => `[G]Line ${at} with [D]chords${at % 6 === 5 ? '\n' : ''}`).join('\n')}`;
    await page.evaluate(
      async (sources) => {
        document.body.append(Object.assign(document.createElement('p'), { textContent: 'not on paper', id: 'other' }));
        await window.chartPage.showPrint(sources, { diagrams: 'guitar' });
      },
      // A bass alone has no diagram, and a grip may stand where there is no other.
      [song, long, song, '{title: Bass}\n[/E]only\n{chord: Am}'],
    );
    // Nothing of it was on the screen, and yet its letters are there.
    expect(await page.evaluate(() => ['400 1em Inter', '600 1em Inter'].map((font) => document.fonts.check(font, 'holy')))).toEqual([
      true,
      true,
    ]);
    expect(await page.locator('.chart-diagram-in-place svg').count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#other').isVisible()).toBe(false);
    expect(await page.locator('.chart-print').isVisible()).toBe(true);
    expect(await page.locator('.chart-print .chart-diagram svg').count()).toBeGreaterThanOrEqual(4);
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    const count = pdf.match(/\/Type\s*\/Page\b(?!s)/gu)?.length ?? 0;
    // One for each short song, several for the long one.
    expect(count).toBeGreaterThanOrEqual(6);
    expect(count).toBeLessThanOrEqual(9);
  });
});

describe('songs are taken in', () => {
  test('as they would become, with what was not understood; another format can be chosen', async () => {
    await page.evaluate(() =>
      window.chartPage.showImport([
        { name: 'one.txt', text: 'G        D7\nSilent night, holy night' },
        { name: 'two.xml', text: '<song><title>Broken' },
      ]),
    );
    expect(await page.getByLabel('Written as').inputValue()).toBe('over-lyrics');
    expect(await page.getByRole('region', { name: 'Preview' }).locator('[data-chord]').allInnerTexts()).toEqual(['G', 'D7']);
    expect(await seriousFindsNow(page)).toEqual([]);
    await page.getByLabel('Written as').selectOption('chordpro');
    expect(await page.getByRole('region', { name: 'Preview' }).locator('[data-chord]').count()).toBe(0);
    await page.getByLabel('Written as').selectOption('over-lyrics');
    await page.getByRole('button', { name: /^Import/u }).click();
    const [taken] = await page.evaluate(() => window.chartPage.pressed());
    expect(JSON.parse(taken ?? '')).toMatchObject([{ name: 'one.txt', chordpro: expect.stringContaining('[G]Silent n') as string }]);
  });
});
