import type { Timers } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Entry } from './entry.ts';

/**
 * Own entries on their way to the authority, several in one message: it writes them in one transaction, under one signature, and
 * answers them with one message to each person. R-LOC-1.
 */
export class GatheredOffers {
  readonly #timers: Timers;
  readonly #send: (entries: readonly Entry[]) => void;
  #waiting: Entry[] = [];
  #stopWaiting: () => void = () => undefined;

  constructor(timers: Timers, send: (entries: readonly Entry[]) => void) {
    this.#timers = timers;
    this.#send = send;
  }

  /** @param mayWait nobody sees it later for that */
  add(entry: Entry, mayWait: boolean): void {
    this.#waiting.push(entry);
    if (!mayWait || this.#waiting.length >= limits.authorityGatherEntries) this.flush();
    else if (this.#waiting.length === 1) this.#stopWaiting = this.#timers.after(limits.authorityGatherMs, () => this.flush());
  }

  flush(): void {
    this.#stopWaiting();
    const entries = this.#waiting;
    this.#waiting = [];
    if (entries.length > 0) this.#send(entries);
  }
}
