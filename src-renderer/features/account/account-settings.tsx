import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { User } from '../../../shared/session/schemas.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { AccountPanel } from './account-panel.tsx';
import { AccountDeed, AccountRow } from './account-row.tsx';
import { ChangeForm } from './change-form.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { useSaveMyData } from './use-save-my-data.ts';

const words = en.account;

function Identity({ user }: { user: User }): ReactElement {
  return (
    <>
      <AccountRow title={words.nameRow.title} value={user.name} change={words.nameRow.change}>
        {(close) => (
          <ChangeForm
            start={{ name: user.name }}
            labels={{ name: words.nameRow.field }}
            submit={words.save}
            done={({ name }) => words.nameRow.done(name)}
            onDone={close}
          />
        )}
      </AccountRow>
      {user.email !== null && (
        <>
          <AccountRow title={words.emailRow.title} value={user.email} change={words.emailRow.change}>
            {(close) => (
              <ChangeForm
                start={{ email: '', present: '' }}
                labels={{ email: words.emailRow.field }}
                lead={words.emailRow.lead}
                submit={words.save}
                done={({ email }) => words.emailRow.done(email ?? '')}
                onDone={close}
              />
            )}
          </AccountRow>
          <AccountRow title={words.passwordRow.title} value={words.passwordRow.hidden} change={words.passwordRow.change}>
            {(close) => (
              <ChangeForm
                start={{ present: '', password: '' }}
                lead={words.passwordRow.lead}
                submit={words.save}
                done={() => words.passwordRow.done}
                onDone={close}
              />
            )}
          </AccountRow>
        </>
      )}
      {user.email === null && (
        <div className="account-row account-guest">
          <h3 className="account-row-title">{words.guestRow.title}</h3>
          <ChangeForm
            start={{ email: '', password: '' }}
            lead={words.guestRow.lead}
            submit={words.guestRow.submit}
            done={() => words.guestRow.done}
            onDone={() => undefined}
          />
        </div>
      )}
    </>
  );
}

function SignOut(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: async (isEverywhere: boolean) => {
      if (isEverywhere) await request(bridge, 'logoutEverywhere', {});
      else await ask(bridge, 'account.sign_out', {});
      return isEverywhere;
    },
    onSuccess: async (isEverywhere) => {
      sayDone(isEverywhere ? words.outRow.done : words.signedOut);
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
    onError: (error) => sayFault(toFault(error)),
  });
  const everywhere = (): void =>
    confirm({
      title: words.outRow.everywhere,
      words: words.outRow.confirm,
      confirm: words.outRow.everywhere,
      onConfirm: () => leave.mutate(true),
    });
  return (
    <AccountDeed title={words.outRow.title} lead={words.outRow.lead}>
      <Button variant="default" size="xs" loading={leave.isPending} onClick={() => leave.mutate(false)}>
        {words.outRow.here}
      </Button>
      <Button variant="subtle" size="xs" onClick={everywhere}>
        {words.outRow.everywhere}
      </Button>
    </AccountDeed>
  );
}

function Deeds({ user }: { user: User }): ReactElement {
  const data = useSaveMyData();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <AccountDeed title={words.dataRow.title} lead={words.dataRow.lead}>
        <Button variant="default" size="xs" loading={data.isPending} onClick={() => data.mutate()}>
          {words.dataRow.save}
        </Button>
      </AccountDeed>
      <SignOut />
      <AccountDeed title={words.deleteRow.title} lead={words.deleteRow.lead}>
        <Button variant="default" size="xs" onClick={() => setDeleting(true)}>
          {words.deleteRow.start}
        </Button>
      </AccountDeed>
      <DeleteAccount user={user} isOpen={isDeleting} onClose={() => setDeleting(false)} />
    </>
  );
}

/** One's account on the chosen server, whole; without one, the way to it. */
export function AccountSettings(): ReactElement | null {
  const state = useAppState().data;
  if (state === undefined) return null;
  if (state.account === null) return <AccountPanel />;
  const { account } = state;
  return (
    <div className="card">
      <div className="settings-account">
        <PersonBadge name={account.name} color={account.color} size={40} />
        <div className="cm-grow">
          <p className="card-title cm-ellipsis">{account.name}</p>
          <p className="cm-muted cm-ellipsis">{account.email ?? words.guestRow.title}</p>
        </div>
      </div>
      <Identity user={account} />
      <Deeds user={account} />
    </div>
  );
}
