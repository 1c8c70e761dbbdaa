import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What the colours decide; all else is the same in both schemes. */
const ofColours = ['color-contrast', 'link-in-text-block'];
/** Axe stays in a page, and half a megabyte, which the builder loads twice a look, is not loaded again. */
const alreadyThere = ';';

/** What axe finds serious or worse on the page as it is. */
export async function seriousFindsNow(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // Legacy, as there are no frames of others: the new way opens a second page for each look.
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: alreadyThere }) }).setLegacyMode().options({
    resultTypes: ['violations'],
    ...(rules !== null && { runOnly: { type: 'rule', values: [...rules] } }),
  });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, impact, nodes }) => {
    if (impact !== 'serious' && impact !== 'critical') return [];
    const places = nodes.map(({ target }) => target.join(' '));
    // The scroller of a source holds its text, which takes the focus; the rule counts only tabindex.
    const counted = id === 'scrollable-region-focusable' ? places.filter((place) => place !== '.cm-scroller') : places;
    return counted.length > 0 ? [`${id} at ${counted.join(', ')}`] : [];
  });
}

/** The same in both colour schemes. */
export async function seriousFinds(page: Page): Promise<string[]> {
  const finds: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme, colorScheme);
    const found = await seriousFindsNow(page, colorScheme === 'dark' ? ofColours : null);
    finds.push(...found.map((find) => `${colorScheme}: ${find}`));
  }
  return finds;
}
