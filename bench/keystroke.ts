import type { CDPSession } from 'playwright-core';
import { openChartPages } from '../test/support/chart-page/open-chart-page.ts';

/**
 * From a key event to the finished chart painted, in a real browser: editor and chart side by side as in a rehearsal, real keys in the
 * middle of the song, a new line now and then, the chart in view where it changes. The target is 16 ms of work at the 99th percentile
 * in a song of 500 lines; the wait for the screen's next frame is said apart. `CPU` is all that the window's main thread spends from
 * one key to the next, frames of the caret and this measurement included: other programs on the machine change it little. The same keys in
 * a bare text field, without any chart, say what of all this is the browser's and the machine's.
 */
const words = 'Silent [G]night, holy [D7/F#]night, all is [Em]calm, all is [C]bright round yon [G]virgin';
function song(lines: number): string {
  const text = ['{title: Long}', '{key: G}'];
  for (let line = 2; line < lines; line += 1) text.push(line % 9 === 0 ? '' : `${words} ${line}`);
  return text.join('\n');
}

const keystrokes = 350;
const warmUp = 50;
const pauseMs = 40;
/** Of a song: so many letters, then the next line. */
const lettersPerLine = 48;

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`;
}

/** What the main thread of the page has spent. */
async function threadMs(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1_000;
}

const pages = await openChartPages();
try {
  for (const [name, lines, settings] of [
    ['500 lines', 500, {}],
    ['2000 lines', 2_000, {}],
    ['500 lines, two columns', 500, { columns: 2 }],
    ['500 lines in a text field', 500, null],
  ] as const) {
    const page = await pages.freshPage();
    await page.evaluate(
      ([source, own]) => (own === null ? window.chartPage.showTextField(source) : window.chartPage.showWriting(source, own)),
      [song(lines), settings] as const,
    );
    const client = await page.context().newCDPSession(page);
    await page.evaluate(() => window.chartPage.listenToKeys());
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent: number[] = [];
    for (let at = 0; at < keystrokes; at += 1) {
      const isEnter = at % lettersPerLine === lettersPerLine - 1;
      const key = isEnter ? 'Enter' : at % 8 === 7 ? ' ' : 'lalelui'.charAt(at % 7);
      const before = await threadMs(client);
      await client.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        text: isEnter ? '\r' : key,
        windowsVirtualKeyCode: isEnter ? 13 : 0,
      });
      await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      spent.push((await threadMs(client)) - before);
    }
    const times = await page.evaluate(() => window.chartPage.keyTimes());
    await client.detach();
    const counted = times.slice(warmUp);
    process.stdout.write(
      `${name.padEnd(25)} ${percentiles(counted.map(({ work }) => work))}; painted ${percentiles(counted.map(({ painted }) => painted))}; CPU ${percentiles(spent.slice(warmUp))} (${counted.length} keys)\n`,
    );
  }
} finally {
  await pages.close();
}
