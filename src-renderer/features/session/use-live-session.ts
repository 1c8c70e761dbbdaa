import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Fault } from '../../../shared/base/errors.ts';
import { useParts } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import type { LiveSession, LiveSnapshot } from '../../session/live-session.ts';

export type Opening = { live: LiveSession; fault: null } | { live: null; fault: Fault | null };

/** Opens the session for as long as the page shows it; what it opened it closes, even when the page was quicker. */
export function useLiveSession(sessionId: string, attempt: number): Opening {
  const { bridge, openLiveSession } = useParts();
  const [opening, setOpening] = useState<Opening & { of: string }>({ live: null, fault: null, of: '' });
  const of = `${sessionId} ${String(attempt)}`;
  useEffect(() => {
    let isGone = false;
    const opened = openLiveSession({ bridge, sessionId });
    opened.then(
      (live) => {
        if (!isGone) setOpening({ live, fault: null, of });
      },
      (error: unknown) => {
        if (!isGone) setOpening({ live: null, fault: toFault(error), of });
      },
    );
    return () => {
      isGone = true;
      void opened.then(
        (live) => live.close(),
        () => undefined,
      );
    };
  }, [bridge, openLiveSession, sessionId, of]);
  return opening.of === of ? opening : { live: null, fault: null };
}

/** One picture of the session; the component is rendered again when it changes. */
export function useLiveSnapshot(live: LiveSession): LiveSnapshot {
  return useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.snapshot(),
  );
}
