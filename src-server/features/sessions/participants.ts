import { Fault } from '../../../shared/base/errors.ts';
import { mayGiveRole, mayManagePerson } from '../../../shared/session/people-policy.ts';
import { can } from '../../../shared/session/roles.ts';
import type { ActivityDetails, ActivityType } from '../../../shared/session/history-schemas.ts';
import type { Participant } from '../../../shared/session/schemas.ts';
import type { ParticipantRow, SessionRow } from '../../database/schema.ts';
import { userOf, type Caller } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { InvitationStore } from '../invitations/invitation-store.ts';
import { advanceEpoch } from './epoch.ts';
import { enter, type Entered } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';
import { presentParticipant } from './present-session.ts';

type ParticipantHandlers = Pick<Handlers, 'listParticipants' | 'changeRole' | 'removeParticipant' | 'banParticipant' | 'unbanParticipant'>;

function expectStatus(target: ParticipantRow, status: ParticipantRow['status']): void {
  if (target.status !== status) throw new Fault('not-found');
}

export function createParticipants(parts: SessionParts, links: JoinLinks, invitations: InvitationStore): ParticipantHandlers {
  const { db, users, sessions, changes, ledger, activities } = parts;

  function show(session: SessionRow, row: ParticipantRow, present: ReadonlySet<string>): Participant {
    return presentParticipant(session, row, users.byId(row.user_id)?.name ?? '', present.has(row.user_id));
  }

  /**
   * One change of one participant by somebody who manages them: nobody touches the owner, or one who stands above them.
   * @param change answers the new row, or refuses
   */
  function manage(
    input: { id: string; user_id: string },
    caller: Caller,
    type: ActivityType,
    change: (target: ParticipantRow, by: Entered) => { row: ParticipantRow; details?: ActivityDetails },
  ): Participant {
    const after = db.transact(() => {
      const by = enter(sessions, input.id, userOf(caller), 'manage_participants');
      const target = sessions.participant(input.id, input.user_id);
      if (target === undefined) throw new Fault('not-found');
      if (!mayManagePerson(by, { role: target.role, is_joined: target.status === 'joined' })) throw new Fault('forbidden');
      const { row, details = {} } = change(target, by);
      sessions.putParticipant(row);
      activities.note({ session_id: input.id, type, by: caller, subject_id: row.user_id, details });
      advanceEpoch(db, sessions, input.id);
      return { session: by.session, row };
    });
    changes.announce([input.id]);
    return show(after.session, after.row, ledger.presentUsers(input.id));
  }

  /** Who was put out does not come back by a way that they made themselves. */
  function closeWaysOf({ session_id, user_id }: ParticipantRow): void {
    links.revokeAll(session_id, user_id);
    for (const email of invitations.revokeAll(session_id, user_id)) parts.invitationChanged(email);
  }

  return {
    async listParticipants({ id }, caller) {
      const { session, role, table } = enter(sessions, id, userOf(caller), 'read');
      // Who was banned concerns only those who could lift it.
      const isShown = (row: ParticipantRow) =>
        row.status === 'joined' || (row.status === 'banned' && can('manage_participants', role, table));
      const present = ledger.presentUsers(id);
      const rows = sessions.participants(id).filter(isShown);
      return { items: rows.map((row) => show(session, row, present)), next_cursor: null };
    },

    async changeRole(input, caller) {
      return manage(input, caller, 'role_changed', (target, by) => {
        expectStatus(target, 'joined');
        if (!mayGiveRole(by, input.role)) throw new Fault('forbidden');
        return { row: { ...target, role: input.role }, details: { from: target.role, to: input.role } };
      });
    },

    async removeParticipant(input, caller) {
      manage(input, caller, 'participant_removed', (target) => {
        expectStatus(target, 'joined');
        closeWaysOf(target);
        return { row: { ...target, status: 'removed' } };
      });
      return null;
    },

    async banParticipant(input, caller) {
      return manage(input, caller, 'participant_banned', (target) => {
        closeWaysOf(target);
        return { row: { ...target, status: 'banned' } };
      });
    },

    async unbanParticipant(input, caller) {
      return manage(input, caller, 'participant_unbanned', (target) => {
        expectStatus(target, 'banned');
        return { row: { ...target, status: 'removed' } };
      });
    },
  };
}
