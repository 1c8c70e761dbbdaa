import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { AccountPanel } from '../account/account-panel.tsx';
import { readInvitation } from './invitation-link.ts';
import { JoinForm } from './join-form.tsx';

/** Where an invitation's link leads: its server, then an account, then the code. Nothing happens without a press. */
export function JoinPage(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const invitation = readInvitation(search);
  const state = useAppState().data;
  const [isWrongKey, setWrongKey] = useState(false);
  const choose = useMutation({
    mutationFn: (url: string) => ask(bridge, 'server.choose', { url }),
    onSuccess: async (next) => {
      setWrongKey(invitation.key !== null && next.server?.description?.key_thumbprint !== invitation.key);
      client.setQueryData(keys.appState, next);
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  if (state === undefined) return <Page title={en.join.title}>{null}</Page>;

  const here = state.server?.url.replace(/\/+$/u, '') ?? null;
  const isElsewhere = invitation.server !== null && invitation.server !== here;
  return (
    <Page title={en.join.title}>
      {isWrongKey && <p className="quiet-bar">{en.join.wrongKey}</p>}
      {isElsewhere && invitation.server !== null && (
        <div className="card join-card">
          <p>{en.join.otherServer(invitation.server)}</p>
          {choose.isError && <FaultNotice fault={toFault(choose.error)} />}
          <Button loading={choose.isPending} onClick={() => choose.mutate(invitation.server ?? '')}>
            {en.join.switchServer}
          </Button>
        </div>
      )}
      {!isElsewhere && !isWrongKey && state.account === null && <AccountPanel />}
      {!isElsewhere && !isWrongKey && state.account !== null && (
        <div className="card join-card">
          <p className="cm-muted">{en.sessions.joinLead}</p>
          <JoinForm initialCode={invitation.code} onJoined={(session) => void navigate(`/session/${session.id}`, { replace: true })} />
        </div>
      )}
    </Page>
  );
}
