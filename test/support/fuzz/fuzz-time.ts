import type { Clock, Timers } from '../../../shared/base/clock.ts';

/** Something that can be killed: what it had planned never happens then. */
export interface Life {
  isAlive: boolean;
}

interface Due {
  at: number;
  everyMs: number | null;
  life: Life;
  run: () => void;
}

/** The one true time of a story. It moves only when told; timers run one by one, so that nothing happens at once. */
export class FuzzTime {
  now = 1_800_000_000_000;
  readonly #due = new Set<Due>();

  /** A clock as somebody has it: off by so many ms at the moment. */
  clock(offsetMs: () => number): Clock {
    return { now: () => this.now + offsetMs() };
  }

  timers(life: Life): Timers {
    const add = (ms: number, everyMs: number | null, run: () => void): (() => void) => {
      const due: Due = { at: this.now + ms, everyMs, life, run };
      this.#due.add(due);
      return () => void this.#due.delete(due);
    };
    return { after: (ms, run) => add(ms, null, run), every: (ms, run) => add(ms, ms, run) };
  }

  #next(): Due | null {
    let next: Due | null = null;
    for (const due of this.#due) {
      if (!due.life.isAlive) this.#due.delete(due);
      else if (next === null || due.at < next.at) next = due;
    }
    return next;
  }

  /** Runs the first timer that falls due until `end`; false, and the time is `end`, when there is none. */
  runNext(end: number): boolean {
    const due = this.#next();
    if (due === null || due.at > end) {
      this.now = Math.max(this.now, end);
      return false;
    }
    this.now = Math.max(this.now, due.at);
    if (due.everyMs === null) this.#due.delete(due);
    else due.at += due.everyMs;
    due.run();
    return true;
  }
}
