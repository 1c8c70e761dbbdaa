import { openChartPages } from '../test/support/chart-page/open-chart-page.ts';

/**
 * From a keystroke in the shared text to the painted chart, in a real browser: editor and chart side by side, a song of 500 lines.
 * The target is one frame (16 ms) at the 99th percentile.
 */
const words = 'Silent [G]night, holy [D7/F#]night, all is [Em]calm, all is [C]bright round yon [G]virgin';
function song(lines: number): string {
  const text = ['{title: Long}', '{key: G}'];
  for (let line = 2; line < lines; line += 1) text.push(line % 9 === 0 ? '' : `${words} ${line}`);
  return text.join('\n');
}

const keystrokes = 400;
const pages = await openChartPages();
try {
  for (const [name, lines, settings] of [
    ['100 lines', 100, {}],
    ['500 lines', 500, {}],
    ['500 lines, transposed', 500, { transpose: 2 }],
    ['500 lines, two columns', 500, { columns: 2 }],
  ] as const) {
    const page = await pages.newPage();
    const times = await page.evaluate(([source, count, own]) => window.chartPage.measureKeystrokes(source, count, own), [
      song(lines),
      keystrokes,
      settings,
    ] as const);
    await page.context().close();
    const sorted = times.slice(20).toSorted((one, other) => one - other);
    const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
    process.stdout.write(`${name}: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, most ${at(0.9999)} ms\n`);
  }
} finally {
  await pages.close();
}
