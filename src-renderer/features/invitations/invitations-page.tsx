import { Button, Skeleton } from '@mantine/core';
import { Mail } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { InvitationCard } from './invitation-card.tsx';
import './invitations.css';
import { useInvitations } from './use-invitations.ts';

const words = en.invitations;

/** `/invitations`: what others sent, to be accepted or declined. */
export function InvitationsPage(): ReactElement {
  const account = useAppState().data?.account;
  const invitations = useInvitations();
  if (account === undefined) return <Page title={words.title}>{null}</Page>;
  if (account === null) {
    return (
      <Page title={words.title} lead={words.lead}>
        <AccountPanel />
      </Page>
    );
  }
  const shown = invitations.data ?? [];
  const isEmpty = account.email === null || (invitations.isSuccess && shown.length === 0);
  return (
    <Page title={words.title} lead={words.lead}>
      {invitations.isError && <FaultNotice fault={toFault(invitations.error)} onRetry={() => void invitations.refetch()} />}
      {account.email !== null && invitations.isPending && <Skeleton height={120} animate={false} />}
      {isEmpty && (
        <EmptyState
          icon={<Mail size={28} />}
          title={words.emptyTitle}
          body={account.email === null ? words.guestBody : words.emptyBody(account.email)}
        >
          <Button component={Link} to="/join" variant="default">
            {words.join}
          </Button>
        </EmptyState>
      )}
      {shown.length > 0 && (
        <ul className="invitations" aria-label={words.list}>
          {shown.map((invitation) => (
            <InvitationCard key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </Page>
  );
}
