import type { Bridge } from '../../../shared/ipc/contract.ts';
import type { Parts } from '../../app/parts.tsx';
import { unsentCount } from './unsent-count.ts';
import type { LiveSession } from '../../session/live-session.ts';

/** Long enough for a day's work over a slow line; what is not sent then waits until the server was away again, or the session is opened. */
const patienceMs = 120_000;
/** What was just closed tells by then that nothing of it is left. */
const restMs = 5_000;

export interface Unsent {
  isReachable: boolean;
  /** Sessions of which something is not sent. */
  ids: readonly string[];
  /** The one that is open in front: it sends by itself. */
  here: string | null;
}

/** Until the server has numbered all that is own; true when it has. */
function sent(live: LiveSession, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isSent: boolean): void => {
      undo();
      signal.removeEventListener('abort', look);
      resolve(isSent);
    };
    const look = (): void => {
      const snapshot = live.snapshot();
      if (snapshot.phase === 'ready' && unsentCount(snapshot) === 0) end(true);
      else if (snapshot.phase === 'closed' || signal.aborted) end(false);
    };
    const undo = live.subscribe(look);
    signal.addEventListener('abort', look);
    look();
  });
}

/**
 * What was written into a session that is not open now goes to its server as soon as that is in reach: one session after the other,
 * in one window of this computer, each once for every time the server comes back.
 */
export class UnsentSender {
  readonly #bridge: Bridge;
  readonly #open: Parts['openLiveSession'];
  readonly #tried = new Set<string>();
  #unsent: Unsent = { isReachable: false, ids: [], here: null };
  #running: { id: string; ending: AbortController } | null = null;

  constructor(bridge: Bridge, open: Parts['openLiveSession']) {
    this.#bridge = bridge;
    this.#open = open;
  }

  look(unsent: Unsent): void {
    this.#unsent = unsent;
    if (!unsent.isReachable) this.#tried.clear();
    if (!unsent.isReachable || this.#running?.id === unsent.here) this.#running?.ending.abort();
    this.#next();
  }

  close(): void {
    this.look({ isReachable: false, ids: [], here: null });
  }

  #next(): void {
    const { isReachable, ids, here } = this.#unsent;
    const id = ids.find((each) => each !== here && !this.#tried.has(each));
    if (this.#running !== null || !isReachable || id === undefined) return;
    const ending = new AbortController();
    this.#running = { id, ending };
    const timer = setTimeout(() => {
      // The server went away, or the session cannot be opened: the next time will do.
      void this.#send(id, ending.signal)
        .catch(() => undefined)
        .finally(over);
    }, restMs);
    const over = (): void => {
      clearTimeout(timer);
      this.#running = null;
      this.#next();
    };
    ending.signal.addEventListener('abort', () => {
      if (!this.#tried.has(id)) over();
    });
  }

  async #send(id: string, ending: AbortSignal): Promise<void> {
    this.#tried.add(id);
    await navigator.locks.request('chordme-send-unsent', { signal: ending }, async () => {
      // Another window may have sent it meanwhile.
      if (!this.#unsent.ids.includes(id)) return;
      const live = await this.#open({ bridge: this.#bridge, sessionId: id });
      try {
        const isSent = await sent(live, AbortSignal.any([ending, AbortSignal.timeout(patienceMs)]));
        if (isSent) await this.#bridge.invoke('outbox.note_unsent', { session_id: id, change_count: 0 });
      } finally {
        await live.close();
      }
    });
  }
}
