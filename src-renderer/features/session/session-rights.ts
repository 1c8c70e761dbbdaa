import type { Standing } from '../../../shared/session/people-policy.ts';
import { isWritable, permissionsOf, roles, type Permission, type Role, type SessionStatus } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import type { SessionView } from './session-view.ts';

/** Whether this person may do it now: by their permissions, by the state of the session, and with this device. */
export function mayWrite(permission: Permission, snapshot: SessionView): boolean {
  const { deviceState, permissions, status, role, isDormant } = snapshot;
  return deviceState === 'listed' && permissions.includes(permission) && isWritable(status, role, isDormant);
}

/** The words of a session for those who may do something: "Band leader and Player". */
export function labelsOfThoseWho(permission: Permission, session: Session): string {
  const able = roles.filter((role) => permissionsOf(role, session.permission_table).includes(permission));
  const labels = [...new Set(able.map((role) => session.role_labels[role]))];
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(labels);
}

export function roleLabel(role: Role | null, session: Session | null): string {
  if (role === null) return '';
  return session?.role_labels[role] ?? role;
}

/** Why this person cannot change songs now; null when they can. */
export function whyReadOnly(snapshot: SessionView, session: Session | null): string | null {
  if (mayWrite('edit', snapshot)) return null;
  if (snapshot.role === null) return en.session.noRole;
  if (!snapshot.permissions.includes('edit')) {
    return session === null ? null : en.session.readOnlyRole(session.role_labels[snapshot.role], labelsOfThoseWho('edit', session));
  }
  if (isWritable(snapshot.status, snapshot.role, snapshot.isDormant))
    return snapshot.deviceState === 'unknown' ? en.session.readOnlyUnknown : en.session.readOnlyRevoked;
  return snapshot.status === 'paused' ? en.session.readOnlyPaused : en.session.readOnlyEnded;
}

/** Why this person cannot comment now; null when they can. */
export function whyNoComment(snapshot: SessionView, session: Session | null): string | null {
  if (mayWrite('comment', snapshot)) return null;
  if (snapshot.role === null) return en.session.noRole;
  if (snapshot.permissions.includes('comment') || session === null) return en.comments.closed;
  return en.comments.notPermitted(roleLabel(snapshot.role, session), labelsOfThoseWho('comment', session));
}

/** What a session's state means for who is in it; null while it simply runs. */
export function stateWords(status: SessionStatus, isDormant: boolean): string | null {
  if (isDormant && status !== 'active') return en.session.dormant;
  switch (status) {
    case 'active':
      return null;
    case 'scheduled':
      return en.session.scheduled;
    case 'paused':
      return en.session.paused;
    case 'ended':
      return en.session.ended;
    case 'archived':
      return en.session.archived;
    case 'deleted':
      return en.session.deleted;
  }
}

/** What a bar over the rehearsal says about the session's state; null while it simply runs. */
export function statusBar(snapshot: SessionView): string | null {
  if (snapshot.role === null && snapshot.phase === 'ready') return en.session.noRole;
  return stateWords(snapshot.status, snapshot.isDormant);
}

export function standingOf(session: Session): Standing {
  return { role: session.role, table: session.permission_table };
}
