import { Button, NativeSelect, Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';
import { mayManagePerson } from '../../../shared/session/people-policy.ts';
import { roles } from '../../../shared/session/roles.ts';
import type { Participant, Session } from '../../../shared/session/schemas.ts';
import { isServerAway, toFault, useAppState } from '../../app/queries.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { FaultNotice } from '../../ui/fault-notice.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { When } from '../../ui/when.tsx';
import { standingOf } from '../session/session-rights.ts';
import { rolesFor, useManaging } from '../session/use-managing.tsx';
import { KnownPeople } from './known-people.tsx';
import { ParticipantMenu } from './participant-menu.tsx';
import { useParticipants } from './use-people.ts';

const words = en.people;

function rank({ role }: Participant): number {
  return role === null ? roles.length : roles.indexOf(role);
}

/** Who leads first, then by role and name: the order does not jump when somebody comes or goes. */
function inOrder(people: readonly Participant[]): Participant[] {
  return [...people].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.user_id < b.user_id ? -1 : 1));
}

function ParticipantRow({ session, person, isSelf }: { session: Session; person: Participant; isSelf: boolean }): ReactElement {
  const managing = useManaging(session);
  const given = rolesFor({ ...person, is_self: isSelf }, standingOf(session));
  const name = person.name === '' ? words.somebody : person.name;
  return (
    <li className="participant">
      <PersonBadge name={person.name} color={person.color} size={32} isAway={!person.is_present} />
      <span className="participant-words">
        <span className="person-name cm-ellipsis">
          {name}
          {isSelf && <span className="cm-muted"> ({words.you})</span>}
        </span>
        <span className="cm-muted cm-small">
          {person.is_present && <span className="participant-here">{words.here}</span>}
          {!person.is_present && person.last_seen_at === null && words.neverHere}
          {!person.is_present && person.last_seen_at !== null && (
            <>
              {words.lastHere} <When at={person.last_seen_at} />
            </>
          )}
        </span>
      </span>
      {given.length === 0 ? (
        <span className="participant-role">{person.role_label}</span>
      ) : (
        <NativeSelect
          className="participant-role"
          aria-label={words.roleOf(name)}
          value={person.role ?? ''}
          data={given.map((role) => ({ value: role, label: session.role_labels[role] }))}
          onChange={({ currentTarget: { value } }) => {
            const role = given.find((each) => each === value);
            if (role !== undefined) managing.giveRole(person, role);
          }}
        />
      )}
      <ParticipantMenu session={session} person={person} isSelf={isSelf} />
    </li>
  );
}

function BannedRow({ session, person }: { session: Session; person: Participant }): ReactElement {
  const managing = useManaging(session);
  const mayLift = mayManagePerson(standingOf(session), { role: null, is_joined: false });
  return (
    <li className="participant">
      <PersonBadge name={person.name} color={person.color} size={32} isAway />
      <span className="participant-words">
        <span className="person-name cm-ellipsis">{person.name === '' ? words.somebody : person.name}</span>
        <span className="cm-muted cm-small">{words.isBanned}</span>
      </span>
      {mayLift && (
        <Button variant="default" size="xs" aria-label={words.unbanNamed(person.name)} onClick={() => managing.unban(person)}>
          {words.unban}
        </Button>
      )}
    </li>
  );
}

/** Everyone who takes part, with what may be done with each; below them who is banned. */
export function Participants({ session, live }: { session: Session; live: LiveSession | null }): ReactElement {
  const people = useParticipants(session.id);
  const own = useAppState().data?.account?.id ?? null;
  const joined = inOrder(people.data ?? []).filter(({ status }) => status === 'joined');
  const known = people.data === undefined && isServerAway(people.error) ? live : null;
  const banned = inOrder(people.data ?? []).filter(({ status }) => status === 'banned');
  return (
    <section className="card around-card" aria-label={words.list}>
      <div className="around-head">
        <h2 className="card-title cm-grow">{words.list}</h2>
        <span className="cm-muted">{words.seats(session.participant_count, session.max_participants)}</span>
      </div>
      {people.isError && <FaultNotice fault={toFault(people.error)} onRetry={() => void people.refetch()} />}
      {people.isPending && <Skeleton height={44} animate={false} />}
      {known !== null ? (
        <KnownPeople session={session} live={known} />
      ) : (
        <ul aria-label={words.list}>
          {joined.map((person) => (
            <ParticipantRow key={person.user_id} session={session} person={person} isSelf={person.user_id === own} />
          ))}
        </ul>
      )}
      {people.isSuccess && joined.length === 1 && <p className="cm-muted">{words.alone}</p>}
      {banned.length > 0 && (
        <>
          <h3 className="people-heading">{words.bannedList}</h3>
          <ul aria-label={words.bannedList}>
            {banned.map((person) => (
              <BannedRow key={person.user_id} session={session} person={person} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
