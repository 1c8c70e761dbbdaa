import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What the colours decide; all else is the same in both schemes. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe finds serious or worse on the page as it is, in both colour schemes. */
export async function seriousFinds(page: Page): Promise<string[]> {
  const finds: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme, colorScheme);
    const axe = new AxeBuilder({ page }).setLegacyMode().options({
      resultTypes: ['violations'],
      ...(colorScheme === 'dark' && { runOnly: { type: 'rule', values: ofColours } }),
    });
    const { violations } = await axe.analyze();
    for (const { id, impact, nodes } of violations) {
      if (impact === 'serious' || impact === 'critical')
        finds.push(`${colorScheme}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
    }
  }
  return finds;
}
