import { useEffect, useRef } from 'react';
import type { Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import { sayDone } from '../../ui/notices.tsx';

/** Says in passing that somebody gave this person another role while they were here; who was removed reads it in the bar. */
export function useRoleNotice(role: Role | null, session: Session | null): void {
  const known = useRef(role);
  useEffect(() => {
    if (role === known.current || session === null) return;
    known.current = role;
    if (role !== null) sayDone(en.session.roleChanged(session.role_labels[role]));
  }, [role, session]);
}
