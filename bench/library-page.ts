import type { Page } from 'playwright-core';
import { startApp } from '../test/support/app.ts';
import { launchChromium, openPage } from '../test/support/chromium.ts';

const at = (values: readonly number[], part: number): string => {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(1);
};

/** Milliseconds between the frames in which the list is scrolled by `step` pixels each. */
function scrollFrames(page: Page, step: number, frames: number): Promise<number[]> {
  return page.evaluate(
    ([by, count]) =>
      new Promise<number[]>((resolve) => {
        const pane = document.querySelector('#content');
        const times: number[] = [];
        let before = performance.now();
        const turn = (now: number): void => {
          times.push(now - before);
          before = now;
          pane?.scrollBy(0, by);
          if (times.length <= count) requestAnimationFrame(turn);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(turn);
      }),
    [step, frames] as const,
  );
}

/** From each key to when its answer is painted: the list is that of all that was typed. */
async function typeAndWait(page: Page, letters: string): Promise<number[]> {
  const times: number[] = [];
  const field = page.getByRole('searchbox');
  await field.fill('');
  await field.focus();
  for (const [at, letter] of letters.split('').entries()) {
    // It listens before the key comes: asked for together, the key may be the first.
    const shown = await page.evaluateHandle(
      (typed) => ({
        ms: new Promise<number>((resolve) => {
          let start = 0;
          const look = (): void => {
            const isAnswered = document.querySelector('.library-found[aria-busy="false"]') !== null;
            const isTyped = document.querySelector<HTMLInputElement>('input[type="search"]')?.value === typed;
            if (!isAnswered || !isTyped) return void requestAnimationFrame(look);
            // What is asked for in a frame comes after it is painted.
            setTimeout(() => resolve(performance.now() - start));
          };
          const begin = ({ timeStamp }: KeyboardEvent): void => {
            start = timeStamp;
            requestAnimationFrame(look);
          };
          addEventListener('keydown', begin, { once: true, capture: true });
        }),
      }),
      letters.slice(0, at + 1),
    );
    // oxlint-disable-next-line no-await-in-loop
    await page.keyboard.press(letter);
    // oxlint-disable-next-line no-await-in-loop
    times.push(await shown.evaluate(({ ms }) => ms));
  }
  return times;
}

/** The app as a person starts it, over a library that is there already. */
export async function measureLibraryPage(dataDir: string, count: number): Promise<void> {
  const begin = performance.now();
  const app = await startApp({ dataDir });
  const ready = performance.now();
  const browser = await launchChromium();
  try {
    const launched = performance.now();
    // The link leads to the library: it is loaded once, as for a person.
    const page = await openPage(browser, app.url, '');
    await page.getByRole('list', { name: 'Songs' }).getByRole('listitem').first().waitFor();
    const usable = performance.now();
    console.log(`start: ${(ready - begin).toFixed(0)} ms to ready, then ${(usable - launched).toFixed(0)} ms to a usable list of ${count}`);
    console.log(`rows in the page: ${await page.locator('.song-row').count()}`);
    for (const step of [40, 400, 4_000]) {
      const times = await scrollFrames(page, step, 120);
      console.log(`scroll by ${step} px a frame: p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms, longest ${at(times, 1)} ms`);
    }
    const typed: number[] = [];
    for (const words of ['land', 'grace', 'poor wayfaring', 'nothing at all', 'shenandoah'])
      typed.push(...(await typeAndWait(page, words)));
    console.log(
      `search, key to paint, ${typed.length} keys: p50 ${at(typed, 0.5)} ms, p95 ${at(typed, 0.95)} ms, longest ${at(typed, 1)} ms`,
    );
    const heap = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
    console.log(`page: ${(heap / 2 ** 20).toFixed(0)} MiB of heap`);
  } finally {
    await browser.close();
    await app.stop();
  }
}
