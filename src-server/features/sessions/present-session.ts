import { can, permissionsOf } from '../../../shared/session/roles.ts';
import type { Participant, Session } from '../../../shared/session/schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { ParticipantRow, SessionRow } from '../../database/schema.ts';
import { permissionTableOf, presentRole, roleLabelsOf, type SessionStore } from './session-store.ts';

export type PresentSession = ReturnType<typeof createPresentSession>;

/** How the session looks to one person: their role, their permissions, the code when they may give it on. */
export function createPresentSession(db: Database, sessions: SessionStore, isRecording: (sessionId: string) => boolean, now: () => string) {
  /** The newest open link, null when there is none. */
  function joinCodeOf(sessionId: string): string | null {
    const link = db.first(
      db.query
        .selectFrom('join_links')
        .select('code')
        .where('session_id', '=', sessionId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now())
        .where((where) => where.or([where('max_uses', 'is', null), where('uses', '<', where.ref('max_uses'))]))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1),
    );
    return link?.code ?? null;
  }

  return (row: SessionRow, participant: ParticipantRow | undefined): Session => {
    const role = presentRole(participant);
    const table = permissionTableOf(row);
    const labels = roleLabelsOf(row);
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      status: row.status,
      access_mode: row.access_mode,
      category: row.category,
      template_id: row.template_id,
      max_participants: row.max_participants,
      participant_count: sessions.seatsTaken(row.id),
      is_recording: isRecording(row.id),
      auto_recording: row.auto_recording === 1,
      has_open_recordings: row.has_open_recordings === 1,
      role,
      permissions: [...permissionsOf(role, table)],
      role_label: role === null ? '' : labels[role],
      role_labels: labels,
      permission_table: table,
      default_role: row.default_role,
      is_activity_private: row.is_activity_private === 1,
      is_dormant: row.is_dormant === 1,
      song: row.song_id === null ? null : { id: row.song_id, title: row.song_title, artist: row.song_artist },
      join_code: row.access_mode !== 'invite-only' && can('add_participants', role, table) ? joinCodeOf(row.id) : null,
      created_at: row.created_at,
      starts_at: row.starts_at,
      started_at: row.started_at,
      ended_at: row.ended_at,
      last_activity_at: row.last_activity_at,
      auto_cleanup_after: row.auto_cleanup_after,
      archive_after: row.archive_after,
      epoch: row.epoch,
    };
  };
}

export function presentParticipant(session: SessionRow, row: ParticipantRow, name: string, isPresent: boolean): Participant {
  const role = presentRole(row);
  return {
    user_id: row.user_id,
    name,
    color: row.color,
    role,
    role_label: role === null ? '' : roleLabelsOf(session)[role],
    status: row.status,
    is_present: isPresent && role !== null,
    joined_at: row.joined_at,
    last_seen_at: row.last_seen_at,
  };
}
