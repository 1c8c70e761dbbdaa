import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useParts } from '../../app/parts.tsx';
import { useAppState } from '../../app/queries.ts';
import { UnsentSender } from './unsent-sender.ts';
import { useOutbox } from './use-outbox.ts';

/** Songs, comments and messages of sessions that are not open go to the server by themselves. */
export function useSendUnsent(): void {
  const { bridge, openLiveSession } = useParts();
  const [sender] = useState(() => new UnsentSender(bridge, openLiveSession));
  const isReachable = useAppState().data?.server?.is_reachable === true;
  const { pathname } = useLocation();
  const here = /^\/session\/([^/]+)/.exec(pathname)?.[1] ?? null;
  const unsent = useOutbox().data?.unsent;
  useEffect(() => {
    sender.look({ isReachable, ids: (unsent ?? []).map(({ session_id }) => session_id), here });
  }, [sender, isReachable, unsent, here]);
  useEffect(() => () => sender.close(), [sender]);
}
