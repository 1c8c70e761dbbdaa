import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type InlineConfig, preview, type Plugin } from 'vite';
import { launchChromium, openPage } from '../chromium.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The product's own modules, but nobody is ever told no: a changed client. */
const withoutChecks: Plugin = {
  name: 'without-checks',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('shared/ledger/statement.ts')) return null;
    const changed = code.replace(
      'export function mayNow(',
      'export function mayNow(..._asked: unknown[]): boolean {\n  return true;\n}\nexport function mayNowInTruth(',
    );
    if (changed === code) throw new Error('the check to remove is not there any more');
    return changed;
  },
};

export interface HostilePage {
  page: Page;
  close(): Promise<void>;
}

/** Builds the changed client and opens it in a Chromium process of its own. */
export async function openHostilePage(): Promise<HostilePage> {
  await mkdir(`${repository}/.cache`, { recursive: true });
  const outDir = await mkdtemp(`${repository}/.cache/hostile-page-`);
  const shared: InlineConfig = { root, configFile: false, logLevel: 'error', plugins: [withoutChecks] };
  await build({
    ...shared,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 4_000 },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The page has no port.');
  const browser: Browser = await launchChromium();
  const page = await openPage(browser, `http://127.0.0.1:${address.port}/`);
  await page.waitForFunction(() => 'hostile' in window);
  return {
    page,
    close: async () => {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
