import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build, createServer, preview, type InlineConfig, type PreviewServer, type ServerOptions, type ViteDevServer } from 'vite';

export interface ChartPages {
  newPage(size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));

async function serve(isBuilt: boolean): Promise<{ port: number; close: () => Promise<void> }> {
  const shared = { root, configFile: false, logLevel: 'error', plugins: [react()] } as const satisfies InlineConfig;
  let server: ViteDevServer | PreviewServer;
  if (isBuilt) {
    const outDir = `${repository}/.cache/chart-page`;
    await build({ ...shared, build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4_000 } });
    server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  } else {
    const cacheDir = `${repository}/.cache/vite-chart-page`;
    const options: ServerOptions = { port: 0, host: '127.0.0.1', hmr: false, ws: false, watch: null, fs: { allow: [repository] } };
    server = await createServer({ ...shared, cacheDir, server: options });
    await server.listen();
  }
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('The page has no port.');
  return { port: address.port, close: () => server.close() };
}

/** Serves the chart's own page and opens it in a real browser; built as for musicians where time is measured. */
export async function openChartPages({ isBuilt = false } = {}): Promise<ChartPages> {
  const server = await serve(isBuilt);
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHORDME_CHROMIUM'] ?? '/usr/bin/chromium',
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
      await page.goto(`http://127.0.0.1:${server.port}/`);
      await page.waitForFunction(() => 'chartPage' in window);
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
