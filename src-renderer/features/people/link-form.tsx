import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { rolesToGive } from '../../../shared/session/people-policy.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { sayDone } from '../../ui/notices.tsx';
import { standingOf } from '../session/session-rights.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';

const words = en.people.links;
const daySeconds = 24 * 60 * 60;
const lifetimes = { hour: 60 * 60, day: daySeconds, week: 7 * daySeconds, month: 30 * daySeconds, year: 365 * daySeconds } as const;
type Lifetime = keyof typeof lifetimes;

function isLifetime(value: string): value is Lifetime {
  return Object.hasOwn(lifetimes, value);
}

/** As often as was typed; null: no limit, undefined: that is no number of uses. */
export function readMaxUses(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const n = /^\d{1,4}$/u.test(typed) ? Number(typed) : Number.NaN;
  return n >= 1 && n <= 1_000 ? n : undefined;
}

/** A link of one's own making: for which role, how long, for how many, for guests or not. */
export function LinkForm({ session, onMade }: { session: Session; onMade: () => void }): ReactElement {
  const service = useSessionManagementService();
  const client = useQueryClient();
  const roles = rolesToGive(standingOf(session));
  const [chosen, choose] = useState<string>(session.default_role);
  const [lifetime, setLifetime] = useState<Lifetime>('month');
  const [typedUses, setUses] = useState('');
  const [isBad, setBad] = useState(false);
  // A session of therapist and client is not for people whom nobody knows by e-mail.
  const [admitsGuests, setGuests] = useState(session.category !== 'therapy');
  const role = roles.find((each) => each === chosen) ?? roles[0];
  const make = useMutation({
    mutationFn: (maxUses: number | null) =>
      service.createLink({
        id: session.id,
        ...(role === undefined ? {} : { role }),
        expires_in: lifetimes[lifetime],
        ...(maxUses === null ? {} : { max_uses: maxUses }),
        admits_guests: admitsGuests,
      }),
    onSuccess: async ({ code }) => {
      sayDone(words.made(code));
      onMade();
      await client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const maxUses = readMaxUses(typedUses);
    setBad(maxUses === undefined);
    if (maxUses !== undefined) make.mutate(maxUses);
  };
  return (
    <form onSubmit={onSubmit} noValidate className="people-form">
      <NativeSelect
        data-autofocus
        label={words.role}
        value={role ?? ''}
        data={roles.map((each) => ({ value: each, label: session.role_labels[each] }))}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <NativeSelect
        label={words.lifetime}
        value={lifetime}
        data={Object.entries(words.lifetimes).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget: { value } }) => {
          if (isLifetime(value)) setLifetime(value);
        }}
      />
      <TextInput
        label={words.maxUses}
        description={words.maxUsesHint}
        value={typedUses}
        inputMode="numeric"
        maxLength={4}
        error={isBad ? words.badUses : null}
        onChange={(event) => {
          setUses(event.currentTarget.value);
          setBad(false);
        }}
      />
      <Switch label={words.admitsGuests} checked={admitsGuests} onChange={({ currentTarget }) => setGuests(currentTarget.checked)} />
      {make.isError && <FaultNotice fault={toFault(make.error)} />}
      <Button type="submit" loading={make.isPending}>
        {words.submit}
      </Button>
    </form>
  );
}
