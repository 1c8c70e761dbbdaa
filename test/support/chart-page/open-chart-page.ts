import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build, preview, type InlineConfig } from 'vite';

export interface ChartPages {
  newPage(size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds the chart's own page as for musicians, serves it and opens it in a real browser. */
export async function openChartPages(): Promise<ChartPages> {
  await mkdir(`${repository}/.cache`, { recursive: true });
  const outDir = await mkdtemp(`${repository}/.cache/chart-page-`);
  const shared = { root, configFile: false, logLevel: 'error', plugins: [react()] } as const satisfies InlineConfig;
  await build({ ...shared, build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4_000 } });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port.');
  const browser: Browser = await chromium.launch({
    executablePath: process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    newPage: async (size = { width: 1280, height: 800 }) => {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
      await page.goto(`http://127.0.0.1:${address.port}/`);
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
