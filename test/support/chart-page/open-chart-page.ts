import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build, preview, type InlineConfig } from 'vite';
import { rendererPlugins } from '../../../scripts/renderer-plugins.ts';
import { launchChromium } from '../chromium.ts';

export interface ChartPages {
  /** The one page, without anything of the test before: to open another would cost a second of compiling. */
  freshPage(size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the chart's own page as for musicians, serves it and opens it in a real browser. */
export async function openChartPages(): Promise<ChartPages> {
  await mkdir(`${repository}/.cache`, { recursive: true });
  const outDir = await mkdtemp(`${repository}/.cache/chart-page-`);
  const shared = { root, configFile: false, logLevel: 'error', plugins: rendererPlugins } as const satisfies InlineConfig;
  await build({ ...shared, build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4_000 } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port.');
  const browser = await launchChromium();
  let page: Page | null = null;
  const firstPage = async (): Promise<Page> => {
    const context = await browser.newContext();
    const opened = await context.newPage();
    opened.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
    return opened;
  };
  const url = `http://127.0.0.1:${address.port}/`;
  return {
    freshPage: async (size = { width: 1280, height: 800 }) => {
      if (page !== null) {
        await page.unrouteAll();
        await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null });
        await page.evaluate(() => localStorage.clear());
      }
      page ??= await firstPage();
      await page.setViewportSize(size);
      await page.goto(url);
      await page.waitForFunction(() => 'chartPage' in window);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
