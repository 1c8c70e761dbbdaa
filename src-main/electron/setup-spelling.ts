import type { Core } from '../core/create-core.ts';
import type { ElectronApi } from './electron-api.ts';

/**
 * Off unless somebody switches it on: on Linux and Windows Chromium then fetches a dictionary from its maker's server, the only
 * thing that this program asks of anybody but a band's own computers.
 */
export function setupSpelling({ session }: Pick<ElectronApi, 'session'>, core: Pick<Core, 'on' | 'settings'>): void {
  session.defaultSession.setSpellCheckerEnabled(core.settings.get('spell_check') !== null);
  core.on((name, event) => {
    if (name === 'app.options_changed' && 'spell_check' in event) session.defaultSession.setSpellCheckerEnabled(event.spell_check);
  });
}
