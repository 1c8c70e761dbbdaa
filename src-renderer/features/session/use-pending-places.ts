import { useEffect, useState } from 'react';
import type { LiveSession } from '../../session/live-session.ts';
import type { PendingPlace } from '../chart/editor/pending-marks.ts';

/** What has its record sooner is nothing to speak of. */
const overdueMs = 1_000;
const lookEveryMs = 500;

const none: readonly PendingPlace[] = [];

function isSame(a: readonly PendingPlace[], b: readonly PendingPlace[]): boolean {
  return a.length === b.length && a.every(({ from, to }, at) => from === b[at]?.from && to === b[at].to);
}

/** Where one's own changes of a song wait for longer than a moment. Looked at twice a second, and only while anything waits. */
export function usePendingPlaces(live: LiveSession, songId: string): readonly PendingPlace[] {
  const [places, setPlaces] = useState(none);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = (): void => {
      timer = null;
      const isWaiting = live.snapshot().pendingCount > 0;
      const found = isWaiting ? live.pendingPlaces(songId, overdueMs) : none;
      setPlaces((shown) => (isSame(shown, found) ? shown : found));
      if (isWaiting) timer = setTimeout(look, lookEveryMs);
    };
    const onSnapshot = (): void => {
      if (timer === null || live.snapshot().pendingCount === 0) {
        if (timer !== null) clearTimeout(timer);
        look();
      }
    };
    onSnapshot();
    const unsubscribe = live.subscribe(onSnapshot);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [live, songId]);
  return places;
}
