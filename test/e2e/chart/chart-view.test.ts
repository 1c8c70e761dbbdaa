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

type Settings = Parameters<typeof window.chartPage.showChart>[1];
const show = (source: string, settings: Settings = {}): Promise<void> =>
  page.evaluate(([text, own]) => window.chartPage.showChart(text, own), [source, settings] as const);
const chords = (): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('.chart-line [data-chord]')].map((chord) => chord.textContent ?? ''));

const stage = (source: string): Promise<void> => page.evaluate((text) => window.chartPage.showStage(text), source);
const size = (): Promise<number> =>
  page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('.chart-stage-sheet') as Element).fontSize));

const odd = `{title: Odd}
[Gmaj7/F#]O [D]come [Ebm7b5/Bbb]let us a[C#m7]dore [Gsus4]Him
Al[G]le[D7]lu[Em7/D]ia, a[G]men[D]
[G] [D] [Em7] [C]
words without end words without end words without end words without end at the right[Gmaj7/F#]
[Am]שלום על[Dm]יכם מלא[E7]כי השר[Am]ת
[G]Լուռ գի[D7]շեր, [G]սուրբ գիշեր
`;

describe('the chart', () => {
  test.each([1280, 700, 320])('at %i px no chord touches another, none leaves the chart, no word is torn', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const size of [12, 16, 32]) {
      await show(odd, { size });
      const problems = await page.evaluate(() => {
        const found: string[] = [];
        const range = document.createRange();
        const all = [...document.querySelectorAll('.chart-line [data-chord]')].map((chord) => {
          range.selectNodeContents(chord);
          return { text: chord.textContent, box: range.getBoundingClientRect() };
        });
        const edge = document.documentElement.clientWidth;
        for (const [at, one] of all.entries()) {
          if (one.box.right > edge || one.box.left < 0) found.push(`${one.text} leaves the chart`);
          for (const other of all.slice(at + 1)) {
            const isBeside = one.box.right + 2 <= other.box.left || other.box.right + 2 <= one.box.left;
            const isAbove = one.box.bottom <= other.box.top + 1 || other.box.bottom <= one.box.top + 1;
            if (!isBeside && !isAbove) found.push(`${one.text} touches ${other.text}`);
          }
        }
        for (const word of document.querySelectorAll('.chart-word')) {
          const tops = new Set([...word.querySelectorAll('.chart-lyric')].map((lyric) => Math.round(lyric.getBoundingClientRect().bottom)));
          if (tops.size > 1) found.push(`${word.textContent} is torn`);
        }
        return found;
      });
      expect(problems).toEqual([]);
    }
  });

  test('a chord begins above the letter it stands before', async () => {
    await show('{title: x}\nsilent [G]night and al[D]leluia');
    const offsets = await page.evaluate(() =>
      [...document.querySelectorAll('[data-chord]')].map((chord) => {
        const lyric = chord.parentElement?.querySelector('.chart-lyric');
        return [
          lyric?.textContent,
          Math.round((lyric?.getBoundingClientRect().left ?? 0) - chord.getBoundingClientRect().left),
          chord.getBoundingClientRect().bottom <= (lyric?.getBoundingClientRect().top ?? 0) + 1,
        ];
      }),
    );
    expect(offsets).toEqual([
      ['night', 0, true],
      ['leluia', 0, true],
    ]);
  });

  test('one’s own view changes what one sees: transposition, capo, sounding chords, hiding', async () => {
    const song = '{title: x}\n{key: Bb}\n{capo: 3}\n[G]One [D7]two [C/E]three [what]four';
    await show(song);
    expect(await chords()).toEqual(['G', 'D7', 'C/E', 'what']);
    expect(await page.locator('.chart-facts').innerText()).toMatch(/Key Bb\s+Capo 3 \(shapes of G\)/);
    await show(song, { transpose: 2 });
    expect(await chords()).toEqual(['A', 'E7', 'D/F#', 'what']);
    expect(await page.locator('.chart-facts').innerText()).toMatch(/Key C\s+Capo 3 \(shapes of A\)/);
    await show(song, { capo: 0 });
    expect(await chords()).toEqual(['Bb', 'F7', 'Eb/G', 'what']);
    await show(song, { capo: 1 });
    expect(await chords()).toEqual(['A', 'E7', 'D/F#', 'what']);
    await show(song, { chords: 'both' });
    expect(await chords()).toEqual(['G (Bb)', 'D7 (F7)', 'C/E (Eb/G)', 'what']);
    await show(song, { chords: 'sounding' });
    expect(await chords()).toEqual(['Bb', 'F7', 'Eb/G', 'what']);
    expect(await page.locator('.chart-facts').innerText()).toBe('Key Bb');
    await show(song, { notation: 'nashville' });
    expect(await chords()).toEqual(['1', '57', '4/6', 'what']);
    await show(song, { notation: 'roman', transpose: 2 });
    expect(await chords()).toEqual(['I', 'V7', 'IV/VI', 'what']);
    await show(song, { notation: 'latin' });
    expect(await chords()).toEqual(['Sol', 'Re7', 'Do/Mi', 'what']);
    await show(song, { notation: 'german', transpose: 4 });
    expect(await chords()).toEqual(['H', 'Fis7', 'E/Gis', 'what']);
    await show(song, { hide_chords: true });
    expect(await chords()).toEqual([]);
    expect(await page.locator('.chart-line').innerText()).toBe('One two three four');
  });

  test('a keystroke draws one line anew, and no other', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => `[G]Line ${at} with [D]chords`);
    await show(['{title: x}', ...lines].join('\n'));
    const changed = await page.evaluate(
      (texts) => {
        const before = [...document.querySelectorAll('.chart-line')].map((line) => line.firstElementChild);
        window.chartPage.showChart(['{title: x}', ...texts].join('\n'));
        const after = [...document.querySelectorAll('.chart-line')];
        return after.flatMap((line, at) => (line.firstElementChild === before[at] && !line.textContent?.includes('more') ? [] : [at]));
      },
      lines.map((line, at) => (at === 30 ? `${line} more` : line)),
    );
    expect(changed).toEqual([30]);
  });

  test('a line put in draws no other stanza anew', async () => {
    const stanzas = Array.from({ length: 20 }, (_, at) => `[G]Stanza ${at} with [D]chords\nand words`);
    await show(`{title: x}\n${stanzas.join('\n\n')}`);
    const kept = await page.evaluate(
      (source) => {
        const before = new Set(document.querySelectorAll('.chart-line'));
        window.chartPage.showChart(source);
        return [...document.querySelectorAll('.chart-line')].filter((line) => !before.has(line)).map((line) => line.textContent);
      },
      `{title: x}\n${stanzas.toSpliced(10, 0, 'A new one').join('\n\n')}`,
    );
    expect(kept).toEqual(['A new one']);
    expect(await page.locator('.chart-line').allTextContents()).toHaveLength(41);
  });

  test('a stanza that is parted, and joined again, draws no line anew', async () => {
    const lines = Array.from({ length: 12 }, (_, at) => `[G]Line ${at} with [D]chords`);
    const whole = `{title: x}\n${lines.join('\n')}`;
    await show(whole);
    const anew = await page.evaluate(
      (sources) => {
        const before = new Set(document.querySelectorAll('.chart-line'));
        return sources.map((source) => {
          window.chartPage.showChart(source);
          return [...document.querySelectorAll('.chart-line')].filter((line) => !before.has(line)).length;
        });
      },
      [`{title: x}\n${lines.toSpliced(6, 0, '').join('\n')}`, whole],
    );
    expect(anew).toEqual([0, 0]);
  });

  test('of a stanza of many lines those near what is in sight are drawn, and a line put in draws few others anew', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `[G]Line ${at} with [D]chords`);
    await show(['{title: x}', ...lines].join('\n'));
    const drawn = (): Promise<number> =>
      page.locator('.chart-line').evaluateAll((all) => all.filter((line) => line.checkVisibility({ contentVisibilityAuto: true })).length);
    await expect.poll(drawn).toBeLessThan(150);
    const anew = await page.evaluate(
      (source) => {
        const before = new Set(document.querySelectorAll('.chart-line'));
        window.chartPage.showChart(source);
        return [...document.querySelectorAll('.chart-line')].filter((line) => !before.has(line)).length;
      },
      ['{title: x}', ...lines.toSpliced(150, 0, 'A new one')].join('\n'),
    );
    expect(anew).toBeLessThan(30);
    expect(await page.locator('.chart-line').count()).toBe(301);
  });

  test('a press on a chord tells which one it is', async () => {
    await show('{title: x}\n[G]One\n\n{c: note}\n[D7]two [Em]three');
    await page.getByText('Em', { exact: true }).click();
    expect(await page.evaluate(() => window.chartPage.pressed())).toEqual(['Em']);
  });

  test('columns end where the song says', async () => {
    await show('{title: x}\n{columns: 2}\n[G]One\n\n{column_break}\n[D]Two\n\n[C]Three\n\n[F]Four');
    const lefts = await page.evaluate(() =>
      [...document.querySelectorAll('.chart-line')].map((line) => Math.round(line.getBoundingClientRect().left)),
    );
    expect(new Set(lefts.slice(1)).size).toBe(1);
    expect(lefts[1]).toBeGreaterThan((lefts[0] ?? 0) + 400);
  });

  test.each([1280, 420])('at %i px no break of the song puts anything out of sight', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const parts = ['One', 'Two', 'Three', 'Four', 'Five'].map((word) => `[G]${word}`);
    await show(`{title: x}\n{columns: 2}\n${parts[0]}\n{column_break}\n${parts[1]}\n{new_page}\n${parts.slice(2).join('\n{colb}\n')}`);
    const places = await page.locator('.chart-line').evaluateAll((all) =>
      all.map((line) => {
        const { left, top } = line.getBoundingClientRect();
        return { left: Math.round(left), top: Math.round(top) };
      }),
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const rows = width > 600 ? [[0, 1], [2, 3], [4]] : [[0], [1], [2], [3], [4]];
    const tops = rows.map((row) => row.map((at) => places[at]?.top));
    for (const row of tops) expect(new Set(row).size).toBe(1);
    expect(tops.map(([top]) => top)).toEqual(tops.map(([top]) => top ?? 0).toSorted((one, other) => one - other));
    expect(new Set(rows.map(([first]) => places[first ?? 0]?.left)).size).toBe(1);
  });

  test('a grip within the song is drawn where it stands, for those who see the chords as written', async () => {
    const song = '{title: x}\n{key: C}\n[C]One\n{chord: C base-fret 3 frets 1 3 3 2 1 1}\n[G]two\n';
    const grips = page.locator('.chart-diagram-in-place');
    await show(song);
    expect(await grips.count()).toBe(0);
    await show(song, { diagrams: 'guitar' });
    await grips.locator('svg').waitFor();
    expect(await grips.innerText()).toMatch(/C\s*: 3 5 5 4 3 3/);
    await expect
      .poll(() => page.locator('.chart-diagrams figcaption').allInnerTexts())
      .toEqual([expect.stringMatching(/C\s*: x 3 2 0 1 0/), expect.stringMatching(/G\s*: 3 2 0 0 0 3/)]);
    await show(song, { diagrams: 'guitar', transpose: 2 });
    await grips.waitFor({ state: 'detached' });
    // On four strings it is the usual grip of that name, as it is where a song shows a chord without saying how it is gripped.
    await show(`${song}{transpose: 2}\n{chord: [Am]}\n{chord: Xyz}\n`, { diagrams: 'ukulele' });
    await expect
      .poll(() => grips.allInnerTexts())
      .toEqual([expect.stringMatching(/C\s*: 0 0 0 3/), expect.stringMatching(/Bm/), 'No diagram for Xyz']);
    await show(song, { diagrams: 'piano' });
    await expect.poll(() => grips.locator('.chart-key-pressed').count()).toBe(3);
  });

  test('any text is a chart', async () => {
    for (const source of [
      '',
      '\n\n',
      '{',
      '[',
      '{title',
      '[G',
      '{start_of_tab}\nno end',
      '{chorus}',
      '\u0000\ud800',
      '{start_of_grid}\n| G . |',
    ]) {
      await show(source);
      expect(await page.locator('.chart-view').count()).toBe(1);
    }
    await show('');
    expect(await page.locator('.chart-empty').isVisible()).toBe(true);
  });

  test('a picture in a song is not loaded from where others say', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await show('{title: x}\n{image: src=http://example.org/spy.png}\n[G]One');
    expect(asked.filter((url) => url.includes('example.org'))).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious on %s paper', async (theme) => {
    await show(`${odd}{start_of_chorus}\n[G]Glory\n{c: remark}\n{end_of_chorus}\n{start_of_tab}\n${'e|-0-'.repeat(60)}\n{end_of_tab}`, {
      theme,
    });
    expect(await seriousFindsNow(page)).toEqual([]);
  });
});

describe('my view', () => {
  test('is kept for the song, marked when it differs, and taken back', async () => {
    const source = '{title: x}\n{key: G}\n[G]One';
    await page.evaluate((text) => window.chartPage.showChartWithView(text), source);
    await page.getByRole('button', { name: 'My view' }).click();
    await page.getByRole('button', { name: 'One semitone up' }).click();
    await page.getByRole('button', { name: 'One semitone up' }).click();
    expect(await chords()).toEqual(['A']);
    expect(await page.locator('.chart-my-view').innerText()).toContain('You see it 2 up');
    expect(await seriousFindsNow(page)).toEqual([]);
    await page.reload();
    await page.waitForFunction(() => 'chartPage' in window);
    await page.evaluate((text) => window.chartPage.showChartWithView(text), source);
    expect(await chords()).toEqual(['A']);
    await page.locator('.chart-my-view').click();
    await page.getByRole('button', { name: 'Back to the shared chart' }).click();
    expect(await chords()).toEqual(['G']);
    expect(await page.locator('.chart-my-view').innerText()).toBe('My view');
  });
});

describe('the stage', () => {
  const long = Array.from({ length: 40 }, (_, at) => `[G]Verse ${at} with [D]words\nand a second line\n`).join('\n');
  test('a short song is as large as it fits; a long one has pages of at least 20 px', async () => {
    await stage('{title: Short}\n[G]One line');
    expect(await size()).toBe(44);
    expect(await page.locator('.chart-stage-page').count()).toBe(0);
    await stage(`{title: Long}\n${long}`);
    expect(await size()).toBeGreaterThanOrEqual(20);
    expect(await page.locator('.chart-stage-page').innerText()).toMatch(/^1 \/ [2-9]$/);
  });

  test('a stanza longer than a page goes on on the next one', async () => {
    await stage(`{title: Long}\n${Array.from({ length: 90 }, (_, at) => `[G]Line ${at}`).join('\n')}`);
    expect(await page.locator('.chart-stage-page').innerText()).toMatch(/^1 \/ [2-9]$/);
    const lowest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('.chart-line')].map((line) => line.getBoundingClientRect().bottom)),
    );
    expect(lowest).toBeLessThanOrEqual(800);
  });

  test('a wide grid is legible: there are fewer columns before it gets too small', async () => {
    await page.setViewportSize({ width: 1700, height: 900 });
    const bars = Array.from({ length: 8 }, () => '| Am7 . D7 . ').join('');
    await stage(`{title: Wide}\n${long.slice(0, 900)}\n{start_of_grid}\n${bars}|\n{end_of_grid}\n`);
    const letters = await page.locator('.chart-mono').evaluate((grid) => Number.parseFloat(getComputedStyle(grid).fontSize));
    expect(letters).toBeGreaterThanOrEqual(14);
  });

  test('pages turn by key and by tap, and lead on to the next song', async () => {
    await stage(`{title: Long}\n${long}`);
    const pageNumber = page.locator('.chart-stage-page');
    const pagesOf = Number((await pageNumber.innerText()).split('/')[1]);
    await page.keyboard.press('PageDown');
    expect(await pageNumber.innerText()).toMatch(/^2 \//);
    await page.keyboard.press('ArrowLeft');
    expect(await pageNumber.innerText()).toMatch(/^1 \//);
    await page.keyboard.press('Space');
    expect(await pageNumber.innerText()).toMatch(/^2 \//);
    await page.mouse.click(100, 400);
    expect(await pageNumber.innerText()).toMatch(/^1 \//);
    await page.mouse.click(900, 400);
    expect(await pageNumber.innerText()).toMatch(/^2 \//);
    await page.keyboard.press('End');
    expect(await pageNumber.innerText()).toBe(`${pagesOf} / ${pagesOf}`);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => window.chartPage.pressed())).toEqual(['next song', 'previous song', 'leave']);
  });

  test('axe finds nothing serious on stage', async () => {
    await stage(`{title: Long}\n${long}`);
    expect(await seriousFindsNow(page)).toEqual([]);
  });
});
