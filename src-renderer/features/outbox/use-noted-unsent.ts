import { useEffect } from 'react';
import { useBridge } from '../../app/parts.tsx';
import { unsentCount } from './unsent-count.ts';
import type { LiveSession } from '../../session/live-session.ts';

/** Whoever types with the server in reach has something under way all the time: that is no news. */
const restMs = 3_000;

/**
 * Tells core how many own changes of an open session the server has not numbered. Core itself marks the session with the first change, so
 * that a program that ends in the middle knows it too; here the mark gets its number, and goes.
 */
export function useNotedUnsent(live: LiveSession): void {
  const bridge = useBridge();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let noted: number | null = null;
    const note = (count: number): void => {
      noted = count;
      void bridge.invoke('outbox.note_unsent', { session_id: live.sessionId, change_count: count });
    };
    const look = (): void => {
      timer = null;
      const snapshot = live.snapshot();
      const count = unsentCount(snapshot);
      if (count === noted) return;
      if (count === 0 || snapshot.connection.kind === 'offline') note(count);
      else later();
    };
    function later(): void {
      timer ??= setTimeout(look, restMs);
    }
    later();
    const undo = live.subscribe(later);
    return () => {
      undo();
      if (timer !== null) clearTimeout(timer);
      const count = unsentCount(live.snapshot());
      if (count !== noted) note(count);
    };
  }, [bridge, live]);
}
