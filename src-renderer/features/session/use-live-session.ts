import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Fault } from '../../../shared/base/errors.ts';
import { useParts } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import type { LiveSession, LiveSnapshot } from '../../session/live-session.ts';
import { shareView, type SessionView } from './session-view.ts';

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

interface ViewStore {
  read: () => SessionView;
  subscribe: (listener: () => void) => () => void;
}

function viewStore(live: LiveSession): ViewStore {
  let from: LiveSnapshot | null = null;
  let view: SessionView | null = null;
  const read = (): SessionView => {
    const snapshot = live.snapshot();
    if (view === null || snapshot !== from) view = shareView(view, snapshot);
    from = snapshot;
    return view;
  };
  return { read, subscribe: (listener) => live.subscribe(listener) };
}

/** What the page shows of the session; the component is rendered again only when that changes. */
export function useSessionView(live: LiveSession): SessionView {
  const store = useMemo(() => viewStore(live), [live]);
  return useSyncExternalStore(store.subscribe, store.read);
}
