import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, type ReactElement } from 'react';
import { mayGiveRole } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { standingOf } from '../session/session-rights.ts';
import { useSend } from '../outbox/use-outbox.ts';
import { stillWaiting, type WaitingInvitation } from './still-waiting.ts';
import { useSentInvitations } from './use-people.ts';

const words = en.people.waiting;

function WaitingRow({ session, invitation }: { session: Session; invitation: WaitingInvitation }): ReactElement {
  const send = useSend();
  const client = useQueryClient();
  const shown = useRef<HTMLElement>(null);
  const { id, email, role, role_label, message, status, link, expires_at, invited_by } = invitation;
  const isMine = mayGiveRole(standingOf(session), role);
  /** @param change answers what to say; null: it is kept for later, and said so */
  const run = async (change: () => Promise<string | null>): Promise<void> => {
    try {
      const said = await change();
      if (said !== null) sayDone(said);
      await client.invalidateQueries({ queryKey: keys.ways(session.id) });
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const resend = async (): Promise<string | null> => {
    const sent = await send('invite', { id: session.id, users: [{ email, role }], ...(message !== '' && { message }) }, email);
    if (!sent.isDone) return null;
    const { invited, errors } = sent.output;
    const [problem] = errors;
    return problem === undefined ? words.resent(email, invited[0]?.mail_sent === true) : problem.message;
  };
  return (
    <li className="way">
      <span className="way-words">
        <span className="person-name cm-ellipsis" ref={shown}>
          {email}
        </span>
        <span className="cm-muted cm-small">
          {role_label} · {words.statuses[status]}
          {status === 'pending' && (
            <>
              {', '}
              {words.until} <When at={expires_at} />
            </>
          )}
          {invited_by.name !== '' && ` · ${words.by(invited_by.name)}`}
        </span>
      </span>
      <span className="way-tools">
        {link !== null && <CopyButton text={link} label={words.copy(email)} shown={shown} />}
        {isMine && (
          <Button variant="subtle" size="compact-sm" aria-label={words.resendNamed(email)} onClick={() => void run(resend)}>
            {words.resend}
          </Button>
        )}
        {isMine && status === 'pending' && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={words.revokeNamed(email)}
            onClick={() =>
              void run(async () => {
                const { isDone } = await send('revokeInvitation', { id: session.id, invitation_id: id }, email);
                return isDone ? words.revoked(email) : null;
              })
            }
          >
            {words.revoke}
          </Button>
        )}
      </span>
    </li>
  );
}

/** Who was invited and has not come yet. */
export function WaitingList({ session }: { session: Session }): ReactElement {
  const sent = useSentInvitations(session.id);
  const headingId = useId();
  const shown = stillWaiting(sent.data ?? []);
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.title}
      </h2>
      {sent.isError && <FaultNotice fault={toFault(sent.error)} onRetry={() => void sent.refetch()} />}
      {sent.isSuccess && shown.length === 0 && <p className="cm-muted">{words.empty}</p>}
      <ul aria-labelledby={headingId}>
        {shown.map((invitation) => (
          <WaitingRow key={invitation.id} session={session} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}
