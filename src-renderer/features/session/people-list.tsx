import { memo, type ReactElement } from 'react';
import { roles } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import type { PresentPerson } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { PersonMenu } from './person-menu.tsx';
import { roleLabel } from './session-rights.ts';
import type { SessionView } from './session-view.ts';

function rank(person: PresentPerson): number {
  return person.role === null ? roles.length : roles.indexOf(person.role);
}

/** Who leads first, then by role and name; the order does not jump when somebody comes or goes. */
function inOrder(people: readonly PresentPerson[]): PresentPerson[] {
  return [...people].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.user_id < b.user_id ? -1 : 1));
}

interface PeopleListProps extends Pick<SessionView, 'people' | 'role'> {
  session: Session | null;
}

/** Everyone of the session, here or away. */
export const PeopleList = memo(function PeopleList({ people, role, session }: PeopleListProps): ReactElement {
  return (
    <ul className="people" aria-label={en.people.list}>
      {inOrder(people).map((person) => (
        <li key={person.user_id} className={person.is_present ? 'person' : 'person person-away'}>
          <span className="person-sign">
            <PersonBadge name={person.name} color={person.color} size={28} isAway={!person.is_present} />
            {person.is_present && <span className="person-dot" aria-hidden="true" />}
          </span>
          <span className="person-words">
            <span className="person-name cm-ellipsis">
              {person.name}
              {person.is_self && <span className="cm-muted"> ({en.people.you})</span>}
            </span>
            <span className="person-role cm-muted cm-small cm-ellipsis">
              {person.is_typing ? <em>{en.people.typing}</em> : roleLabel(person.role, session)}
            </span>
          </span>
          <span className="cm-hidden">
            {person.is_typing ? roleLabel(person.role, session) : ''} {person.is_present ? en.people.here : en.people.away}
          </span>
          {session !== null && <PersonMenu person={person} role={role} session={session} />}
        </li>
      ))}
    </ul>
  );
});
