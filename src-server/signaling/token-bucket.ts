import type { Clock } from '../../shared/base/clock.ts';

/** Whether one more is allowed: `perSecond` on average, as many at once. */
export function createTokenBucket(perSecond: number, clock: Clock): () => boolean {
  let tokens = perSecond;
  let last = clock.now();
  return () => {
    const now = clock.now();
    // The clock may be set back; that gives nothing and takes nothing.
    tokens = Math.min(perSecond, tokens + (Math.max(0, now - last) * perSecond) / 1000);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
