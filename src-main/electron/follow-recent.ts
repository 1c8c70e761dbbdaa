import type { Core } from '../core/create-core.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { LibrarySongHead } from '../../shared/ipc/library.ts';

/** Tells the songs opened last, now and whenever they changed; the same list is told once. */
export function followRecent(core: Pick<Core, 'handle' | 'on'>, tell: (songs: readonly LibrarySongHead[]) => void): void {
  let told = '[]';
  const read = async (): Promise<void> => {
    const reply = (await core.handle('library.recent', {})) as Reply<'library.recent'>;
    if (!reply.ok) return;
    const present = JSON.stringify(reply.result.map(({ id, title, artist }) => [id, title, artist]));
    if (present !== told) tell(reply.result);
    told = present;
  };
  core.on((name) => {
    if (name === 'library.changed') void read();
  });
  void read();
}
