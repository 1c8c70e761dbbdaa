import type { Timers } from '../../../shared/base/clock.ts';

/** A server that is there is asked this seldom: calls and sockets notice its end sooner. */
const whileReachableMs = 30_000;
/** Soon enough that a person who plugs the cable in does not look for a button. */
const whileUnreachableMs = 3_000;

export interface ReachabilityWatch {
  timers: Timers;
  isReachable: () => boolean;
  /** Notes its own outcome; may throw. */
  probe: () => Promise<void>;
}

/** Probes at once and then again and again, never two at a time. Answers its own end. */
export function watchReachability({ timers, isReachable, probe }: ReachabilityWatch): () => void {
  let isOver = false;
  let cancel: (() => void) | null = null;
  let sinceProbeMs = whileReachableMs;
  const turn = async (): Promise<void> => {
    // A call may have found meanwhile that nobody is there: from then on it is looked for often.
    if (!isReachable() || sinceProbeMs >= whileReachableMs) {
      sinceProbeMs = 0;
      try {
        await probe();
      } catch {
        // What went wrong stands in the state already; the next turn looks again.
      }
    }
    if (isOver) return;
    cancel = timers.after(whileUnreachableMs, () => {
      sinceProbeMs += whileUnreachableMs;
      void turn();
    });
  };
  void turn();
  return () => {
    isOver = true;
    cancel?.();
  };
}
