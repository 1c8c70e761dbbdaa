import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Where systems keep their Chromium; `CHORDME_CHROMIUM` names another one. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that tests run in, or null when none is installed. */
export function findChromium(): string | null {
  const named = process.env['CHORDME_CHROMIUM'];
  if (named !== undefined) return named;
  return usualPlaces.find((path) => existsSync(path)) ?? null;
}

export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium process of its own; its profile lives as long as it does. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium is installed; CHORDME_CHROMIUM can name one.');
  return chromium.launch({ executablePath, args: [...chromiumArgs, ...args] });
}

export async function openPage(context: Browser | BrowserContext, url: string, size = { width: 1280, height: 800 }): Promise<Page> {
  const page = 'contexts' in context ? await context.newPage({ viewport: size }) : await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
  await page.goto(url);
  return page;
}
