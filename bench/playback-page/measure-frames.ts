import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { build, preview } from 'vite';
import { rendererPlugins } from '../../scripts/renderer-plugins.ts';
import { launchChromium, openPage } from '../../test/support/chromium.ts';

const watchMs = 10_000;
/** Shares of the recording from which it is played. At first everything is done for the first time, so the beginning comes again. */
const starts = [0, 0.45, 0.9, 0];
/** What a screen of 60 Hz shows each frame in. */
const frameMs = 1_000 / 60;

/** Of these the main thread's work is counted. */
const countedFrames = 600;

/** What the page's main thread spends on a frame, in ms of its own CPU time; other programs on the machine change it little. */
export interface ThreadCost {
  whole: number;
  script: number;
  style: number;
  layout: number;
}

export interface FramesReport {
  readMs: number;
  /** From a hand's move on the timeline to the moment on the screen, in ms. */
  jumps: number[];
  stretches: { from: number; frames: number[]; longTasks: number[]; shown: number; cost: ThreadCost }[];
}

async function threadCost(client: CDPSession): Promise<ThreadCost> {
  const { metrics } = await client.send('Performance.getMetrics');
  const ms = (wanted: string): number => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1_000;
  return { whole: ms('ThreadTime'), script: ms('ScriptDuration'), style: ms('RecalcStyleDuration'), layout: ms('LayoutDuration') };
}

async function costOfFrames(client: CDPSession, page: Page): Promise<ThreadCost> {
  const from = await threadCost(client);
  await page.evaluate((count) => window.playbackPage.turnFrames(count), countedFrames);
  const to = await threadCost(client);
  const each = (part: keyof ThreadCost): number => (to[part] - from[part]) / countedFrames;
  return { whole: each('whole'), script: each('script'), style: each('style'), layout: each('layout') };
}

/**
 * Plays a recording 8 times as fast in Chromium, in the app's own view, and times the frames; then goes to moments and times each.
 * @param text of `recordingToText`
 * @param moments as shares of the recording's length
 */
export async function measureFrames(text: string, moments: readonly number[]): Promise<FramesReport> {
  const outDir = mkdtempSync(join(tmpdir(), 'chordme-playback-'));
  const shared = { root: import.meta.dirname, configFile: false, logLevel: 'error', plugins: rendererPlugins } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4_000 } });
  writeFileSync(join(outDir, 'recording.json'), text);
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await launchChromium();
  try {
    const address = server.httpServer.address();
    if (address === null || typeof address === 'string') throw new Error('the page has no port');
    const page = await openPage(browser, `http://127.0.0.1:${String(address.port)}/`);
    await page.waitForFunction(() => 'playbackPage' in window);
    const readMs = await page.evaluate(() => window.playbackPage.openPlayback());
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    const moment = page.getByRole('slider', { name: 'Moment' });
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
    const stretches: FramesReport['stretches'] = [];
    for (const from of starts) {
      const end = Number(await moment.getAttribute('max'));
      await moment.fill(String(Math.round(end * from)));
      const before = Number(await moment.inputValue());
      await moment.press(' ');
      const watched = await page.evaluate((ms) => window.playbackPage.watchFrames(ms), watchMs);
      const shown = Number(await moment.inputValue()) - before;
      const cost = await costOfFrames(client, page);
      await moment.press(' ');
      stretches.push({ from, ...watched, shown, cost });
    }
    const jumps = await page.evaluate((shares) => window.playbackPage.jumpTimes(shares), moments);
    return { readMs, stretches, jumps };
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  }
}

/** How many frames of a screen were left out: a delta of 33 ms left out one. */
export function leftOut(frames: readonly number[]): number {
  return frames.reduce((sum, delta) => sum + Math.max(0, Math.round(delta / frameMs) - 1), 0);
}
