import type { Timers } from '../../shared/base/clock.ts';
import type { LiveSnapshot } from './live-session.ts';

/** A person sees changes of people, chat and setlist within this; the text itself does not wait for it. */
const snapshotMs = 30;

/** The one picture that people see of a session, drawn anew when something in it may have changed. */
export class SessionPicture {
  readonly #read: () => LiveSnapshot;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot;
  #isScheduled = false;
  #isClosed = false;

  constructor(read: () => LiveSnapshot, timers: Timers) {
    this.#read = read;
    this.#timers = timers;
    this.#snapshot = read();
  }

  get snapshot(): LiveSnapshot {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Soon, once for all that changes until then. */
  schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    this.#timers.after(snapshotMs, () => {
      this.#isScheduled = false;
      this.show();
    });
  }

  /** Now. */
  show(): void {
    if (this.#isClosed) return;
    this.#snapshot = this.#read();
    for (const listener of this.#listeners) listener();
  }

  /** The last one. */
  close(): void {
    this.show();
    this.#isClosed = true;
  }
}
