import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.ts';

/**
 * What a page without a window's frame has no use for. The address bar's popups alone, which Chromium loads with each window, cost a third of its start.
 * The list takes the place of Playwright's own, of which it keeps what says something about us.
 */
const withoutFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'PreloadTopChromeWebUI',
  'SpareRendererForSitePerProcess',
  'Translate',
  'OptimizationHints',
  'MediaRouter',
  'LensOverlay',
  'AimEnabled',
  'PreconnectToSearch',
  'NetworkTimeServiceQuerying',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'PaintHolding',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'ThirdPartyStoragePartitioning',
];

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
  if (executablePath === null) throw new Error('No Chromium is installed; TEST_CHROMIUM can name one.');
  return chromium.launch({ executablePath, args: [...chromiumArgs, `--disable-features=${withoutFeatures.join(',')}`, ...args] });
}

/** @param script run in the page before anything of it */
export async function openPage(browser: Browser, url: string, script = '', size = { width: 1280, height: 800 }): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  if (script !== '') await page.addInitScript(script);
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack ?? error.message}\n`));
  await page.goto(url);
  return page;
}
