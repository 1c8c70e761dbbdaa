import type { ParsedInputOf } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { isOwner } from '../../../shared/session/people-policy.ts';
import { permissions, type PermissionTable } from '../../../shared/session/roles.ts';
import { accessModes, type AccessMode } from '../../../shared/session/templates.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { type Caller, userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { InvitationStore } from '../invitations/invitation-store.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';
import { checkBounds } from './session-bounds.ts';

type Change = Omit<ParsedInputOf<'updateSession'>, 'id'>;

/** In the order of all permissions, each once. */
function tidy(table: PermissionTable): PermissionTable {
  const row = (role: keyof PermissionTable) => permissions.filter((permission) => table[role].includes(permission));
  return { editor: row('editor'), commenter: row('commenter'), viewer: row('viewer') };
}

/** From narrow to wide they are in this order. */
function isNarrower(mode: AccessMode, than: AccessMode): boolean {
  return accessModes.indexOf(mode) < accessModes.indexOf(than);
}

const flagOf = (value: boolean | undefined) => (value === undefined ? undefined : value ? 1 : 0);

/** Columns that change; absent where the value is the one that is there. */
function columnsOf(session: SessionRow, change: Change): Partial<SessionRow> {
  const { permission_table, is_activity_private, auto_recording, has_open_recordings, ...plain } = change;
  const wished = {
    ...plain,
    permission_table: permission_table === undefined ? undefined : JSON.stringify(tidy(permission_table)),
    is_activity_private: flagOf(is_activity_private),
    auto_recording: flagOf(auto_recording),
    has_open_recordings: flagOf(has_open_recordings),
  };
  const isNew = ([key, value]: [string, unknown]) => value !== undefined && session[key as keyof SessionRow] !== value;
  return Object.fromEntries(Object.entries(wished).filter(isNew));
}

export function createSessionSettings(
  parts: SessionParts,
  links: JoinLinks,
  invitations: InvitationStore,
): Pick<Handlers, 'updateSession' | 'deleteSession' | 'transferSession'> {
  const { db, deps, sessions, present, changes, activities } = parts;

  function show(id: string, userId: string) {
    const { session, participant } = enter(sessions, id, userId, null);
    return present(session, participant);
  }

  /** What a change of the access mode does to the ways in: a narrower one closes them, and by-link sessions have one. */
  function moveAccess(session: SessionRow, mode: AccessMode, by: Caller): void {
    if (isNarrower(mode, session.access_mode)) links.revokeAll(session.id);
    const isLacking = mode !== 'invite-only' && links.openOf(session.id).length === 0;
    if (isLacking) links.open(session, userOf(by));
  }

  return {
    async updateSession({ id, ...change }, caller) {
      const userId = userOf(caller);
      const isChanged = db.transact(() => {
        const by = enter(sessions, id, userId, 'manage_session');
        const { session } = by;
        // Whoever writes the table gives out everything, also to themselves; who may hide what happened is who may see it.
        const isOwnersAlone = [change.permission_table, change.is_activity_private, change.has_open_recordings].some(
          (value) => value !== undefined,
        );
        if (isOwnersAlone && !isOwner(by)) throw new Fault('forbidden');
        checkBounds(parts.bounds(), change);
        if (change.max_participants !== undefined && change.max_participants < sessions.seatsTaken(id)) {
          throw new Fault('unprocessable', undefined, [{ path: 'max_participants', message: 'More people take part already.' }]);
        }
        const columns = columnsOf(session, change);
        const changed = Object.keys(columns);
        if (changed.length === 0) return false;
        sessions.update(id, columns);
        if (columns.access_mode !== undefined) moveAccess(session, columns.access_mode, caller);
        activities.note({ session_id: id, type: 'session_settings_changed', by: caller, details: { changed } });
        advanceEpoch(db, sessions, id);
        return true;
      });
      if (isChanged) changes.announce([id]);
      return show(id, userId);
    },

    async deleteSession({ id, confirm }, caller) {
      const emails = db.transact(() => {
        const { session } = enter(sessions, id, userOf(caller), 'delete');
        if (confirm !== session.name) {
          throw new Fault('unprocessable', undefined, [{ path: 'confirm', message: 'This is not the name of the session.' }]);
        }
        // R-MEM-4: the statement is all that stays, and what it is made of.
        sessions.update(id, {
          status: 'deleted',
          is_dormant: 0,
          name: '',
          description: '',
          song_id: null,
          song_title: '',
          song_artist: '',
          ended_at: session.ended_at ?? timestamp(deps.clock),
        });
        const open = invitations.revokeAll(id);
        sessions.removeTraces(id);
        advanceEpoch(db, sessions, id);
        return open;
      });
      for (const email of emails) parts.invitationChanged(email);
      changes.announce([id]);
      return null;
    },

    async transferSession({ id, user_id }, caller) {
      const userId = userOf(caller);
      db.transact(() => {
        const by = enter(sessions, id, userId, 'manage_session');
        const { participant } = by;
        // Nobody else changes the owner's role, whatever the table says.
        if (!isOwner(by)) throw new Fault('forbidden');
        const heir = sessions.participant(id, user_id);
        if (heir?.status !== 'joined' || user_id === userId) throw new Fault('not-found');
        sessions.putParticipant({ ...participant, role: 'editor' });
        sessions.putParticipant({ ...heir, role: 'owner' });
        const details = { from: heir.role, giver: 'editor' };
        activities.note({ session_id: id, type: 'ownership_transferred', by: caller, subject_id: user_id, details });
        advanceEpoch(db, sessions, id);
      });
      changes.announce([id]);
      return show(id, userId);
    },
  };
}
