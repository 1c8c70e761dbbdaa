import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { JoinLink } from '../../../shared/session/invitation-schemas.ts';
import { joinLink } from '../../../shared/session/join-link.ts';
import { mayGiveRole } from '../../../shared/session/people-policy.ts';
import type { JoinLinkRow, SessionRow } from '../../database/schema.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';
import type { PeopleNames } from './people-names.ts';
import { roleLabelsOf } from './session-store.ts';

const secondMs = 1_000;

export function createLinkService(
  parts: SessionParts,
  links: JoinLinks,
  names: PeopleNames,
): Pick<Handlers, 'listLinks' | 'createLink' | 'revokeLink'> {
  const { db, sessions, activities } = parts;

  function show(session: SessionRow, row: JoinLinkRow): JoinLink {
    return {
      id: row.id,
      code: row.code,
      link: joinLink({ ...parts.place(), code: row.code }),
      role: row.role,
      role_label: roleLabelsOf(session)[row.role],
      admits_guests: row.admits_guests === 1,
      created_by: names.person(row.created_by),
      created_at: row.created_at,
      expires_at: row.expires_at,
      max_uses: row.max_uses,
      uses: row.uses,
    };
  }

  return {
    async listLinks({ id }, caller) {
      const { session } = enter(sessions, id, userOf(caller), 'add_participants');
      return { items: links.openOf(id).map((row) => show(session, row)), next_cursor: null };
    },

    async createLink({ id, role, expires_in, max_uses, admits_guests }, caller) {
      const userId = userOf(caller);
      const made = db.transact(() => {
        const by = enter(sessions, id, userId, 'add_participants');
        const { session } = by;
        // Nobody would get in by it.
        if (session.access_mode === 'invite-only') throw new Fault('wrong-status', 'This session takes invited people only.');
        if (!mayGiveRole(by, role ?? session.default_role)) throw new Fault('forbidden');
        if (links.openOf(id).length >= limits.openLinksPerSession) throw new Fault('too-many');
        const lifetimeMs = expires_in === undefined ? undefined : expires_in * secondMs;
        const row = links.open(session, userId, { role, lifetimeMs, max_uses, admits_guests });
        activities.note({ session_id: id, type: 'participant_invited', by: caller, details: { way: 'link', role: row.role } });
        return show(session, row);
      });
      parts.waysChanged(id);
      return made;
    },

    async revokeLink({ id, link_id }, caller) {
      db.transact(() => {
        enter(sessions, id, userOf(caller), 'add_participants');
        const row = links.find(link_id);
        if (row === undefined || row.session_id !== id || row.revoked_at !== null) throw new Fault('not-found');
        links.revoke(link_id);
        activities.note({ session_id: id, type: 'session_settings_changed', by: caller, details: { changed: ['join_link_revoked'] } });
      });
      parts.waysChanged(id);
      return null;
    },
  };
}
