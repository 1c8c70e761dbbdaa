import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { checkAccount, type AccountProblems } from './check-account.ts';
import { PasswordField } from './password-field.tsx';
import './account.css';

type Mode = 'create' | 'sign-in';

/**
 * Create an account or sign in. Both buttons are always there: the other one switches, and when the fields it needs
 * are filled already, it goes ahead.
 */
export function AccountPanel({ lead = en.account.lead, start = 'create' }: { lead?: string; start?: Mode }): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const server = useAppState().data?.server ?? null;
  const [mode, setMode] = useState<Mode>(start);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<AccountProblems>({});
  const emailField = useRef<HTMLInputElement>(null);
  const headingId = useId();

  const enter = useMutation({
    mutationFn: (as: Mode) =>
      as === 'create'
        ? ask(bridge, 'account.register', { email: email.trim(), name, password })
        : ask(bridge, 'account.sign_in', { email: email.trim(), password }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });

  const submit = (as: Mode): void => {
    const found = checkAccount(as, { name, email: email.trim(), password });
    setMode(as);
    const isSwitch = as !== mode && Object.keys(found).length > 0;
    setProblems(isSwitch ? {} : found);
    if (isSwitch) {
      enter.reset();
      emailField.current?.focus();
    } else if (Object.keys(found).length === 0) enter.mutate(as);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit(mode);
  };

  const isCreate = mode === 'create';
  const registration = server?.description?.registration ?? 'open';
  const closedWords =
    registration === 'open' ? null : registration === 'closed' ? en.account.registrationClosed : en.account.registrationInvited;
  const create = (
    <Button
      type={isCreate ? 'submit' : 'button'}
      variant={isCreate ? 'filled' : 'subtle'}
      size={isCreate ? 'md' : 'compact-sm'}
      fullWidth={isCreate}
      loading={enter.isPending && isCreate}
      {...(isCreate ? {} : { onClick: () => submit('create') })}
    >
      {en.account.create}
    </Button>
  );
  const signIn = (
    <Button
      type={isCreate ? 'button' : 'submit'}
      variant={isCreate ? 'subtle' : 'filled'}
      size={isCreate ? 'compact-sm' : 'md'}
      fullWidth={!isCreate}
      loading={enter.isPending && !isCreate}
      {...(isCreate ? { onClick: () => submit('sign-in') } : {})}
    >
      {en.account.signIn}
    </Button>
  );

  return (
    <section className="card account" aria-labelledby={headingId}>
      <form onSubmit={onSubmit} noValidate className="account-form">
        <div>
          <h2 id={headingId}>{isCreate ? en.account.heading : en.account.signInHeading}</h2>
          <p className="cm-muted">{lead}</p>
        </div>
        {isCreate && (
          <TextInput
            label={en.account.name}
            description={en.account.nameHint}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={problems.name}
            maxLength={80}
          />
        )}
        <TextInput
          ref={emailField}
          label={en.account.email}
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={problems.email}
          maxLength={254}
        />
        <PasswordField label={en.account.password} isNew={isCreate} value={password} onChange={setPassword} error={problems.password} />
        {!isCreate && (
          <Link className="account-forgot" to="/new-password" state={{ email: email.trim() }}>
            {en.account.forgot}
          </Link>
        )}
        {isCreate && closedWords !== null && <p className="quiet-bar">{closedWords}</p>}
        {enter.isError && <FaultNotice fault={toFault(enter.error)} />}
        {isCreate ? create : signIn}
        <p className="account-other">
          <span className="cm-muted">{isCreate ? en.account.already : en.account.firstTime}</span>
          {isCreate ? signIn : create}
        </p>
      </form>
      <p className="account-server cm-small cm-muted">
        <span>{server === null || server.is_embedded ? en.account.onThisComputer : en.account.on(server.url)}</span>
        <Link to="/settings#server">{en.account.otherServer}</Link>
      </p>
    </section>
  );
}
