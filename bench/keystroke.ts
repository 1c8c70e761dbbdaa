import { openChartPages } from '../test/support/chart-page/open-chart-page.ts';

/**
 * From a key event to the finished chart painted, in a real browser: editor and chart side by side as in a rehearsal, real keys in the
 * middle of the song. The target is 16 ms of work at the 99th percentile in a song of 500 lines; the wait for the screen's next frame
 * is said apart.
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

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`;
}

const pages = await openChartPages();
try {
  for (const [name, lines, settings] of [
    ['500 lines', 500, {}],
    ['2000 lines', 2_000, {}],
    ['500 lines, two columns', 500, { columns: 2 }],
  ] as const) {
    const page = await pages.newPage();
    await page.evaluate(([source, own]) => window.chartPage.showWriting(source, own), [song(lines), settings] as const);
    const client = await page.context().newCDPSession(page);
    await page.evaluate(() => window.chartPage.listenToKeys());
    for (let at = 0; at < keystrokes; at += 1) {
      const key = at % 8 === 7 ? ' ' : 'lalelui'.charAt(at % 7);
      await client.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
      await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    const times = await page.evaluate(() => window.chartPage.keyTimes());
    await page.context().close();
    const counted = times.slice(warmUp);
    process.stdout.write(
      `${name.padEnd(24)} ${percentiles(counted.map(({ work }) => work))}; painted ${percentiles(counted.map(({ painted }) => painted))} (${counted.length} keys)\n`,
    );
  }
} finally {
  await pages.close();
}
