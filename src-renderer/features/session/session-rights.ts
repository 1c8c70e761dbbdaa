import { isWritable, permissionsOf, roles, type Permission, type Role } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';
import type { SessionView } from './session-view.ts';

/** Whether this person may do it now: by their permissions and by the state of the session. */
export function mayWrite(permission: Permission, snapshot: SessionView): boolean {
  return snapshot.permissions.includes(permission) && isWritable(snapshot.status, snapshot.role);
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
  return snapshot.status === 'paused' ? en.session.readOnlyPaused : en.session.readOnlyEnded;
}

/** What a bar over the page says about the session's state; null while it simply runs. */
export function statusBar(snapshot: SessionView): string | null {
  switch (snapshot.status) {
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
