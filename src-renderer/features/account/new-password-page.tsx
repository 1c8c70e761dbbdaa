import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppState } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { Page } from '../../ui/page.tsx';
import { AccountPanel } from './account-panel.tsx';
import { checkChange, type AccountProblems } from './check-account.ts';
import { PasswordField } from './password-field.tsx';
import './account.css';

const words = en.account.reset;

/** What the sign-in form had in its field when somebody came here from it. */
function emailOf(state: unknown): string {
  const email = typeof state === 'object' && state !== null && 'email' in state ? state.email : '';
  return typeof email === 'string' ? email : '';
}

/** Has a code sent to the address, if an account has it. */
function SendCode({ start, onSent }: { start: string; onSent: (email: string) => void }): ReactElement {
  const bridge = useBridge();
  const [email, setEmail] = useState(start);
  const [problems, setProblems] = useState<AccountProblems>({});
  const send = useMutation({
    mutationFn: () => request(bridge, 'forgotPassword', { email: email.trim() }),
    onSuccess: () => onSent(email.trim()),
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = checkChange({ email });
    setProblems(found);
    if (Object.keys(found).length === 0) send.mutate();
  };
  return (
    <form onSubmit={onSubmit} noValidate className="account-change">
      <p className="cm-muted">{words.lead}</p>
      <TextInput
        label={en.account.email}
        type="email"
        autoComplete="email"
        value={email}
        maxLength={254}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={problems.email}
      />
      {send.isError && <FaultNotice fault={toFault(send.error)} />}
      <Button type="submit" size="md" loading={send.isPending}>
        {words.send}
      </Button>
    </form>
  );
}

/** Sets the new password by the code, and signs in with it where the address is known. */
function SetPassword({ email, start, onSet }: { email: string; start: string; onSet: () => void }): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [code, setCode] = useState(start);
  const [password, setPassword] = useState('');
  const [isCodeMissing, setCodeMissing] = useState(false);
  const [problems, setProblems] = useState<AccountProblems>({});
  const set = useMutation({
    mutationFn: async () => {
      await request(bridge, 'resetPassword', { token: code.trim(), password });
      if (email !== '') await ask(bridge, 'account.sign_in', { email, password });
    },
    onSuccess: async () => {
      sayDone(words.done);
      if (email === '') return onSet();
      await client.invalidateQueries({ queryKey: keys.appState });
      await client.invalidateQueries({ queryKey: ['sessions'] });
      void navigate('/settings', { replace: true });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = checkChange({ password });
    setProblems(found);
    setCodeMissing(code.trim() === '');
    if (Object.keys(found).length === 0 && code.trim() !== '') set.mutate();
  };
  return (
    <form onSubmit={onSubmit} noValidate className="account-change">
      {email !== '' && <output className="quiet-bar">{words.sent(email)}</output>}
      <TextInput
        label={words.code}
        description={words.codeHint}
        value={code}
        maxLength={64}
        autoComplete="one-time-code"
        spellCheck={false}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={isCodeMissing && code.trim() === '' ? words.needCode : null}
      />
      <PasswordField label={en.account.newPassword} isNew value={password} onChange={setPassword} error={problems.password} />
      {set.isError && <FaultNotice fault={toFault(set.error)} />}
      <Button type="submit" size="md" loading={set.isPending}>
        {words.set}
      </Button>
    </form>
  );
}

/** A new password by mail: `/new-password`, or with the code in hand `/new-password?code=…`. */
export function NewPasswordPage(): ReactElement {
  const location = useLocation();
  const [search] = useSearchParams();
  const code = search.get('code') ?? '';
  const [step, setStep] = useState<'send' | 'set' | 'done'>(code === '' ? 'send' : 'set');
  const [sentTo, setSentTo] = useState('');
  const features = useAppState().data?.server?.description?.features;
  const sendsMail = features === undefined || features.includes('mail');
  if (step === 'done') {
    return (
      <Page title={words.title}>
        <AccountPanel start="sign-in" lead={words.done} />
      </Page>
    );
  }
  const isSending = step === 'send';
  return (
    <Page title={words.title}>
      <div className="card account">
        <div className="account-form">
          {isSending && !sendsMail && <p className="quiet-bar">{words.noMail}</p>}
          {isSending && sendsMail && (
            <SendCode
              start={emailOf(location.state)}
              onSent={(email) => {
                setSentTo(email);
                setStep('set');
              }}
            />
          )}
          {!isSending && <SetPassword email={sentTo} start={code} onSet={() => setStep('done')} />}
          <p className="account-other">
            <Button variant="subtle" size="compact-sm" onClick={() => setStep(isSending ? 'set' : 'send')}>
              {isSending ? words.have : words.notHave}
            </Button>
            <Button component={Link} to="/settings#account" variant="subtle" size="compact-sm">
              {words.back}
            </Button>
          </p>
        </div>
      </div>
    </Page>
  );
}
