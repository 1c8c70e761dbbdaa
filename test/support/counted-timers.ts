import type { Timers } from '../../shared/base/clock.ts';

/** Timers of which one knows how many are still to come. */
export function countedTimers(timers: Timers): { timers: Timers; left: () => number } {
  const left = new Set<symbol>();
  const start = (kind: 'after' | 'every', ms: number, run: () => void): (() => void) => {
    const timer = Symbol(kind);
    left.add(timer);
    const stop = timers[kind](ms, () => {
      if (kind === 'after') left.delete(timer);
      run();
    });
    return () => {
      left.delete(timer);
      stop();
    };
  };
  return {
    timers: { after: (ms, run) => start('after', ms, run), every: (ms, run) => start('every', ms, run) },
    left: () => left.size,
  };
}
