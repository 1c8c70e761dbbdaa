import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { GuestForm } from './guest-form.tsx';
import { readInvitation } from './invitation-link.ts';
import { JoinForm } from './join-form.tsx';

/** Where an invitation's link leads: its server, then an account or a guest's name, then the code. Nothing happens without a press. */
export function JoinPage(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const invitation = readInvitation(search);
  const state = useAppState().data;
  const choose = useMutation({
    // The key is compared before anything is switched: behind an address that somebody took over nobody signs in.
    mutationFn: (url: string) => ask(bridge, 'server.choose', { url, ...(invitation.key !== null && { key: invitation.key }) }),
    onSuccess: async (next) => {
      client.setQueryData(keys.appState, next);
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  if (state === undefined) return <Page title={en.join.title}>{null}</Page>;

  const here = state.server?.url.replace(/\/+$/u, '') ?? null;
  const keyHere = state.server?.description?.key_thumbprint ?? null;
  // Who hosts reaches their own server by another address than the others.
  const isOwnHost = state.server?.is_embedded === true && invitation.key !== null && invitation.key === keyHere;
  const isElsewhere = invitation.server !== null && invitation.server !== here && !isOwnHost;
  const fault = choose.isError ? toFault(choose.error) : null;
  const isWrongKey =
    fault?.code === 'proof-failed' || (!isElsewhere && invitation.key !== null && keyHere !== null && keyHere !== invitation.key);
  return (
    <Page title={en.join.title}>
      {isWrongKey && <p className="quiet-bar">{en.join.wrongKey}</p>}
      {isElsewhere && invitation.server !== null && (
        <div className="card join-card">
          <p>{en.join.otherServer(invitation.server)}</p>
          {fault !== null && !isWrongKey && <FaultNotice fault={fault} />}
          <Button loading={choose.isPending} onClick={() => choose.mutate(invitation.server ?? '')}>
            {en.join.switchServer}
          </Button>
        </div>
      )}
      {!isElsewhere && !isWrongKey && state.account === null && (
        <div className="join-ways">
          <GuestForm
            initialCode={invitation.code}
            onJoined={(id) => void navigate(id === null ? '/sessions' : `/session/${id}`, { replace: true })}
          />
          <AccountPanel lead={en.join.accountLead} />
        </div>
      )}
      {!isElsewhere && !isWrongKey && state.account !== null && (
        <div className="card join-card">
          <p className="cm-muted">{en.sessions.joinLead}</p>
          <JoinForm
            key={invitation.code}
            initialCode={invitation.code}
            onJoined={(session) => void navigate(`/session/${session.id}`, { replace: true })}
          />
        </div>
      )}
    </Page>
  );
}
