import type { Timers } from '../../shared/base/clock.ts';

/** What the page asks of the worker and hears back. */
export type TimerOrder = { id: number; ms: number; repeats: boolean } | { id: number; ms: null };

/**
 * Timers that keep their pace in a hidden window: browsers throttle a page's own to one a second, then one a minute, and
 * the others would take this musician for gone. R-LNK-5.
 */
export function createWorkerTimers(worker: Worker): Timers {
  const due = new Map<number, { repeats: boolean; run: () => void }>();
  let lastId = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<number>) => {
    const timer = due.get(data);
    if (timer === undefined) return;
    if (!timer.repeats) due.delete(data);
    timer.run();
  });
  const start = (ms: number, repeats: boolean, run: () => void): (() => void) => {
    lastId += 1;
    const id = lastId;
    due.set(id, { repeats, run });
    worker.postMessage({ id, ms, repeats } satisfies TimerOrder);
    return () => {
      if (due.delete(id)) worker.postMessage({ id, ms: null } satisfies TimerOrder);
    };
  };
  return {
    after: (ms, run) => start(ms, false, run),
    every: (ms, run) => start(ms, true, run),
  };
}

/** The page's own timers: throttled in a hidden window. */
export const pageTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};
