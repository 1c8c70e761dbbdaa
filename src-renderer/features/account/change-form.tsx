import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { User } from '../../../shared/session/schemas.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { checkChange, type AccountChange, type AccountProblems } from './check-account.ts';
import { PasswordField } from './password-field.tsx';

interface ChangeFormProps {
  /** The fields that are asked for, with what they begin with. */
  start: AccountChange;
  lead?: string;
  submit: string;
  labels?: { name?: string; email?: string };
  done: (user: User) => string;
  onDone: () => void;
}

/** Changes name, e-mail or password of one's account, whichever it is given. */
export function ChangeForm({ start, lead, submit, labels, done, onDone }: ChangeFormProps): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const [fields, setFields] = useState(start);
  const [problems, setProblems] = useState<AccountProblems>({});
  const set = (change: AccountChange): void => setFields((before) => ({ ...before, ...change }));
  const change = useMutation({
    mutationFn: ({ name, email, password, present }: AccountChange) =>
      request(bridge, 'updateMe', {
        ...(name !== undefined && { name: name.trim() }),
        ...(email !== undefined && { email: email.trim() }),
        ...(password !== undefined && { password }),
        ...(present !== undefined && { current_password: present }),
      }),
    onSuccess: async (user) => {
      sayDone(done(user));
      onDone();
      await client.invalidateQueries({ queryKey: keys.appState });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = checkChange(fields);
    setProblems(found);
    if (Object.keys(found).length === 0) change.mutate(fields);
  };
  return (
    <form onSubmit={onSubmit} noValidate className="account-change">
      {lead !== undefined && <p className="cm-muted">{lead}</p>}
      {fields.name !== undefined && (
        <TextInput
          label={labels?.name ?? en.account.name}
          autoComplete="name"
          value={fields.name}
          maxLength={80}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={problems.name}
        />
      )}
      {fields.email !== undefined && (
        <TextInput
          label={labels?.email ?? en.account.email}
          type="email"
          autoComplete="email"
          value={fields.email}
          maxLength={254}
          onChange={(event) => set({ email: event.currentTarget.value })}
          error={problems.email}
        />
      )}
      {fields.present !== undefined && (
        <PasswordField
          label={en.account.present}
          isNew={false}
          value={fields.present}
          onChange={(present) => set({ present })}
          error={problems.present}
        />
      )}
      {fields.password !== undefined && (
        <PasswordField
          label={en.account.newPassword}
          isNew
          value={fields.password}
          onChange={(password) => set({ password })}
          error={problems.password}
        />
      )}
      {change.isError && <FaultNotice fault={toFault(change.error)} />}
      <div>
        <Button type="submit" loading={change.isPending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
