import type { Timers } from '../../../shared/base/clock.ts';
import type { UpdateProgress, UpdateState } from '../../../shared/ipc/contract.ts';
import type { CoreHandlers } from '../answer-call.ts';
import type { CoreLogger } from '../core-logger.ts';
import type { EventSource } from '../event-source.ts';
import type { Settings } from '../settings/settings.ts';

/** What a shell that was installed has to replace itself with. Each of these may reject. */
export interface Updater {
  /** Asks a feed; the newer version that it names, or null. */
  look(feed: string): Promise<string | null>;
  /** Fetches and verifies what was found. @param tell how much is here, 0 to 1 */
  fetch(tell: (done: number) => void): Promise<void>;
  /** Ends the app and puts the new version in its place. */
  install(): void;
}

interface UpdatesParts {
  /** Null: this program is not updated by itself. */
  updater: Updater | null;
  settings: Pick<Settings, 'get' | 'set'>;
  source: Pick<EventSource, 'emit'>;
  timers: Timers;
  logger: CoreLogger;
}

const lookEveryMs = 24 * 3_600_000;

type UpdateHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `updates.${string}`>>;

/**
 * New versions from a feed that the person set: looked for at the start and once a day, fetched and put in place only when they
 * say so. Without a feed nobody is asked.
 */
export function createUpdates({ updater, settings, source, timers, logger }: UpdatesParts): {
  handlers: UpdateHandlers;
  close: () => void;
} {
  let progress: UpdateProgress = { kind: 'idle' };
  const state = (): UpdateState | null => (updater === null ? null : { feed: settings.get('update_feed'), progress });
  const tell = (next: UpdateProgress): void => {
    progress = next;
    const present = state();
    if (present !== null) source.emit('updates.changed', present);
  };
  const isBusy = (): boolean => progress.kind === 'looking' || progress.kind === 'fetching' || progress.kind === 'ready';

  const look = async (): Promise<void> => {
    const feed = settings.get('update_feed');
    if (updater === null || feed === null || isBusy()) return;
    tell({ kind: 'looking' });
    try {
      const version = await updater.look(feed);
      // Another feed was set meanwhile, or none.
      if (settings.get('update_feed') !== feed) return;
      tell(version === null ? { kind: 'newest' } : { kind: 'found', version });
    } catch (error) {
      logger.warn({ err: error }, 'no update could be looked for');
      if (settings.get('update_feed') === feed) tell({ kind: 'failed', at: 'look' });
    }
  };
  const fetch = async (from: Updater, version: string): Promise<void> => {
    tell({ kind: 'fetching', version, done: 0 });
    try {
      await from.fetch((done) => tell({ kind: 'fetching', version, done }));
      tell({ kind: 'ready', version });
    } catch (error) {
      logger.warn({ err: error }, 'an update could not be fetched');
      tell({ kind: 'failed', at: 'fetch' });
    }
  };

  const stop = timers.every(lookEveryMs, () => void look());
  void look();
  return {
    handlers: {
      'updates.state': state,
      'updates.use': ({ feed }) => {
        if (updater === null) return null;
        settings.set('update_feed', feed);
        tell({ kind: 'idle' });
        void look();
        return state();
      },
      'updates.look': () => {
        void look();
        return state();
      },
      'updates.fetch': () => {
        if (updater !== null && progress.kind === 'found') void fetch(updater, progress.version);
        return state();
      },
      'updates.install': () => {
        if (progress.kind === 'ready') updater?.install();
        return null;
      },
    },
    close: stop,
  };
}
