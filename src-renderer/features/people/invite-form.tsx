import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type FormEvent, type ReactElement } from 'react';
import type { OutputOf } from '../../../shared/api/operations.ts';
import { isFaultCode } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { rolesToGive } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { faultWords } from '../../text/fault-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { standingOf } from '../session/session-rights.ts';
import { useSend } from '../outbox/use-outbox.ts';
import { readAddresses } from './read-addresses.ts';
import { useSentInvitations } from './use-people.ts';

const words = en.people.invite;
type Outcome = OutputOf<'invite'>;

function LinkLine({ email, link }: { email: string; link: string }): ReactElement {
  const shown = useRef<HTMLElement>(null);
  return (
    <li className="invite-link">
      <span className="cm-grow">
        <strong>{email}</strong>
        <code className="way-link cm-ellipsis" ref={shown}>
          {link}
        </code>
      </span>
      <CopyButton text={link} label={en.people.waiting.copy(email)} shown={shown} />
    </li>
  );
}

/** What came of it, where more is to do: links that no mail carried, and who was not invited. */
function InviteOutcome({ sessionId, outcome }: { sessionId: string; outcome: Outcome }): ReactElement | null {
  const sent = useSentInvitations(sessionId).data;
  // Who has answered meanwhile needs no link.
  const isOpen = (id: string): boolean => sent?.some((each) => each.id === id && each.status !== 'pending') !== true;
  const unsent = outcome.invited.flatMap(({ id, email, link, mail_sent }) =>
    mail_sent || link === null || !isOpen(id) ? [] : [{ email, link }],
  );
  if (unsent.length === 0 && outcome.errors.length === 0) return null;
  return (
    <output className="invite-outcome">
      {unsent.length > 0 && (
        <>
          <p>{words.notMailed}</p>
          <ul>
            {unsent.map((each) => (
              <LinkLine key={each.email} {...each} />
            ))}
          </ul>
        </>
      )}
      {outcome.errors.length > 0 && (
        <>
          <p>{words.refused}</p>
          <ul>
            {outcome.errors.map(({ email, code, message }) => (
              <li key={email}>
                <strong>{email}</strong> {isFaultCode(code) ? `${faultWords[code].what} ${faultWords[code].means}` : message}
              </li>
            ))}
          </ul>
        </>
      )}
    </output>
  );
}

function problemOf(text: string): string | null {
  const { emails, bad } = readAddresses(text);
  if (bad.length > 0) return words.badEmails(bad);
  if (emails.length === 0) return words.needEmail;
  return emails.length > limits.invitationsAtOnce ? words.tooMany(limits.invitationsAtOnce) : null;
}

/** Invitations to one address or several, each for one person. */
export function InviteForm({ session }: { session: Session }): ReactElement {
  const send = useSend();
  const client = useQueryClient();
  const headingId = useId();
  const roles = rolesToGive(standingOf(session));
  const [text, setText] = useState('');
  const [message, setMessage] = useState('');
  const [chosen, choose] = useState<string>(session.default_role);
  const [problem, setProblem] = useState<string | null>(null);
  const role = roles.find((each) => each === chosen) ?? roles[0];
  const invite = useMutation({
    mutationFn: (emails: readonly string[]) =>
      send(
        'invite',
        {
          id: session.id,
          users: emails.map((email) => ({ email, role: role ?? 'viewer' })),
          ...(message.trim() === '' ? {} : { message: message.trim() }),
        },
        emails.join(', '),
      ),
    onSuccess: async (done) => {
      if (!done.isDone) {
        setText('');
        setMessage('');
        return;
      }
      const outcome = done.output;
      setText(outcome.errors.map(({ email }) => email).join(', '));
      if (outcome.errors.length === 0) setMessage('');
      const sent = outcome.invited.filter(({ mail_sent }) => mail_sent).length;
      if (sent > 0) sayDone(words.sent(sent));
      await client.invalidateQueries({ queryKey: keys.ways(session.id) });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const found = problemOf(text);
    setProblem(found);
    if (found === null) invite.mutate(readAddresses(text).emails);
  };
  return (
    <section className="card around-card" aria-labelledby={headingId}>
      <h2 className="card-title" id={headingId}>
        {words.title}
      </h2>
      <p className="cm-muted">{words.lead}</p>
      <form onSubmit={onSubmit} noValidate className="people-form">
        <TextInput
          label={words.emails}
          description={words.emailsHint}
          value={text}
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          maxLength={15_000}
          error={problem}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <NativeSelect
          label={words.role}
          value={role ?? ''}
          data={roles.map((each) => ({ value: each, label: session.role_labels[each] }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <Textarea
          label={words.message}
          value={message}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1_000}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <Button type="submit" loading={invite.isPending}>
          {words.send}
        </Button>
      </form>
      {invite.isError && <FaultNotice fault={toFault(invite.error)} />}
      {invite.data?.isDone === true && <InviteOutcome sessionId={session.id} outcome={invite.data.output} />}
    </section>
  );
}
