import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Session } from '../../../shared/session/schemas.ts';
import { keys } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { useSessionManagementService } from '../sessions/use-sessions.ts';
import { useManaging } from './use-managing.tsx';

/** Who may not come in again, for who could lift that; absent when there is nobody. */
export function BannedPeople({ session }: { session: Session }): ReactElement | null {
  const service = useSessionManagementService();
  const managing = useManaging(session);
  const people = useQuery({
    queryKey: keys.participants(session.id),
    queryFn: () => service.getParticipants({ id: session.id }),
  });
  const banned = people.data?.items.filter(({ status }) => status === 'banned') ?? [];
  if (banned.length === 0) return null;
  return (
    <ul className="people" aria-label={en.people.bannedList}>
      {banned.map((person) => (
        <li key={person.user_id} className="person">
          <span className="person-words">
            <span className="person-name cm-ellipsis">{person.name}</span>
            <span className="person-role cm-muted cm-small">{en.people.isBanned}</span>
          </span>
          <Button variant="subtle" size="compact-sm" aria-label={en.people.unbanNamed(person.name)} onClick={() => managing.unban(person)}>
            {en.people.unban}
          </Button>
        </li>
      ))}
    </ul>
  );
}
