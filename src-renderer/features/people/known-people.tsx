import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { useSessionView } from '../session/use-live-session.ts';

const words = en.people;

/** Without the server: who took part when it was there last, and who of them is here from peer to peer. */
export function KnownPeople({ session, live }: { session: Session; live: LiveSession }): ReactElement {
  const { people } = useSessionView(live);
  return (
    <>
      <p className="cm-muted">{words.knownHere}</p>
      <ul aria-label={words.list}>
        {people.map((person) => (
          <li className="participant" key={person.user_id}>
            <PersonBadge name={person.name} color={person.color} size={32} isAway={!person.is_present} />
            <span className="participant-words">
              <span className="person-name cm-ellipsis">
                {person.name === '' ? words.somebody : person.name}
                {person.is_self && <span className="cm-muted"> ({words.you})</span>}
              </span>
              <span className="cm-muted cm-small">{person.is_present ? words.here : words.away}</span>
            </span>
            <span className="participant-role">{person.role === null ? '' : session.role_labels[person.role]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
