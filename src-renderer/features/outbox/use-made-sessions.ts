import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useQueryClient } from '@tanstack/react-query';
import type { OutboxContent } from '../../../shared/ipc/outbox.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone } from '../../ui/notices.tsx';

/** A prepared session is there: who has it in front of them is in it, others hear of it. */
export function useMadeSessions(): void {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = useRef(pathname);
  useEffect(() => {
    here.current = pathname;
  }, [pathname]);
  useEffect(
    () =>
      bridge.on('outbox.session_made', ({ id, session_id }) => {
        const item = client.getQueryData<OutboxContent>(keys.outbox)?.items.find((each) => each.id === id);
        if (here.current === `/sessions/prepared/${id}`) void navigate(`/session/${session_id}`, { replace: true });
        else if (item?.kind === 'session') sayDone(en.outbox.prepared.made(item.plan.name));
      }),
    [bridge, client, navigate],
  );
}
