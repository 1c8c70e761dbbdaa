import { Fault } from '../../../shared/base/errors.ts';
import { can, type Permission, type PermissionTable, type Role } from '../../../shared/session/roles.ts';
import type { ParticipantRow, SessionRow } from '../../database/schema.ts';
import { permissionTableOf, presentRole, type SessionStore } from './session-store.ts';

/** Somebody who takes part, in the session they take part in. */
export interface Entered {
  session: SessionRow;
  participant: ParticipantRow;
  role: Role;
  table: PermissionTable;
}

/**
 * The door of every operation on one session. Nobody but its participants learns that it exists: for all others the
 * answer is 'not-found' after the same one look-up. Throws 'forbidden' for a participant without the permission.
 */
export function enter(sessions: SessionStore, sessionId: string, userId: string, permission: Permission | null): Entered {
  const participant = sessions.participant(sessionId, userId);
  const role = presentRole(participant);
  if (participant === undefined || role === null) throw new Fault('not-found');
  const session = sessions.find(sessionId);
  if (session === undefined || session.status === 'deleted') throw new Fault('not-found');
  const table = permissionTableOf(session);
  if (permission !== null && !can(permission, role, table)) throw new Fault('forbidden');
  return { session, participant, role, table };
}

/** The same question where a refusal is not an error: sockets ask it. */
export function mayRead(sessions: SessionStore, sessionId: string, userId: string): boolean {
  const role = presentRole(sessions.participant(sessionId, userId));
  const session = role === null ? undefined : sessions.find(sessionId);
  return session !== undefined && session.status !== 'deleted' && can('read', role, permissionTableOf(session));
}

/** Whether the user takes part, or once did: who was removed, banned or left hears that, and that the session was deleted. */
export function onceTookPart(sessions: SessionStore, sessionId: string, userId: string): boolean {
  return sessions.participant(sessionId, userId) !== undefined && sessions.find(sessionId) !== undefined;
}
