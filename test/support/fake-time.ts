import type { Clock, Timers } from '../../shared/base/clock.ts';

/** Time that moves only when a test turns it. */
export class FakeTime implements Clock, Timers {
  #now: number;
  #next = 0;
  readonly #due = new Map<number, { at: number; every: number | null; run: () => void }>();

  constructor(startMs = 1_800_000_000_000) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    return this.#add(ms, null, run);
  }

  every(ms: number, run: () => void): () => void {
    return this.#add(ms, ms, run);
  }

  #add(ms: number, every: number | null, run: () => void): () => void {
    const id = this.#next++;
    this.#due.set(id, { at: this.#now + ms, every, run });
    return () => void this.#due.delete(id);
  }

  /** Runs everything that falls due within the next `ms`, in its order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [id, timer] = [...this.#due].filter(([, due]) => due.at <= end).sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (id === undefined || timer === undefined) break;
      this.#now = timer.at;
      if (timer.every === null) this.#due.delete(id);
      else timer.at += timer.every;
      timer.run();
    }
    this.#now = end;
  }
}
