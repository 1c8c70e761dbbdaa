import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import type { Invitation } from '../../../shared/session/invitation-schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { useSend } from '../outbox/use-outbox.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

const words = en.invitations;

/** One invitation with its answer. Accepting leads into the session. */
export function InvitationCard({ invitation }: { invitation: Invitation }): ReactElement {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const send = useSend();
  const navigate = useNavigate();
  const { id, session_name, invited_by, role_label, message, expires_at } = invitation;
  const answer = useMutation({
    mutationFn: async (isYes: boolean) => {
      if (isYes) return { isDone: true, session: await service.acceptInvitation({ id }) };
      const { isDone } = await send('declineInvitation', { id }, session_name);
      return { isDone, session: null };
    },
    onSuccess: async ({ isDone, session }) => {
      if (!isDone) return;
      await client.invalidateQueries({ queryKey: keys.invitations });
      await client.invalidateQueries({ queryKey: ['sessions'] });
      if (session === null) sayDone(words.declined(session_name));
      else await navigate(`/session/${session.id}`);
    },
    // It may have been taken back, or have run out meanwhile: the list knows.
    onError: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
  return (
    <li className="card invitation">
      <div className="cm-grow">
        <h2 className="card-title">{session_name}</h2>
        <p>{words.from(invited_by.name === '' ? words.somebody : invited_by.name, role_label)}</p>
        {message !== '' && <blockquote className="invitation-message">{message}</blockquote>}
        <p className="cm-muted cm-small">
          {words.until} <When at={expires_at} />
        </p>
        {answer.isError && <FaultNotice fault={toFault(answer.error)} />}
      </div>
      <div className="invitation-answers">
        <Button
          variant="default"
          aria-label={words.declineNamed(session_name)}
          disabled={answer.isPending}
          onClick={() => answer.mutate(false)}
        >
          {words.decline}
        </Button>
        <Button aria-label={words.acceptNamed(session_name)} loading={answer.isPending} onClick={() => answer.mutate(true)}>
          {words.accept}
        </Button>
      </div>
    </li>
  );
}
