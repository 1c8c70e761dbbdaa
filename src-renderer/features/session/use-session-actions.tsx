import { modals } from '@mantine/modals';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { LifecycleMove } from '../../../shared/session/lifecycle.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { useSend } from '../outbox/use-outbox.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

/** What the session's menu does. Where something would be lost, it asks first. */
export function useSessionActions(session: Session): { run: (action: LifecycleMove) => void; leave: () => void } {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const send = useSend();
  const navigate = useNavigate();
  const ask = (words: string, confirm: string, onConfirm: () => void): void => {
    modals.openConfirmModal({
      title: session.name,
      children: <p>{words}</p>,
      labels: { confirm, cancel: en.app.cancel },
      closeButtonProps: { 'aria-label': en.app.close },
      onConfirm,
    });
  };
  const move = async (action: LifecycleMove): Promise<void> => {
    const calls = {
      start: service.startSession,
      pause: service.pauseSession,
      resume: service.resumeSession,
      end: service.endSession,
      reopen: service.reopenSession,
      archive: service.archiveSession,
    };
    try {
      client.setQueryData(keys.session(session.id), await calls[action]({ id: session.id }));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const leaveNow = async (): Promise<void> => {
    try {
      const { isDone } = await send('leaveSession', { id: session.id }, session.name);
      if (isDone) sayDone(en.session.left(session.name));
      await navigate('/sessions');
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return {
    run: (action) => {
      if (action === 'end') ask(en.session.endConfirm, en.session.end, () => void move('end'));
      else void move(action);
    },
    leave: () => {
      if (session.role === 'owner') sayDone(en.session.ownerStays);
      // With a code one comes back at any time; without, leaving is for good.
      else if (session.access_mode === 'invite-only') ask(en.session.leaveConfirm, en.session.leaveAnyway, () => void leaveNow());
      else void leaveNow();
    },
  };
}
