import type { ParsedInputOf } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { SessionRow } from '../../database/schema.ts';
import { newId, timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';
import { chartFromNames, type SongHead } from './song-head.ts';
import { templateOf } from './templates.ts';

type Input = ParsedInputOf<'createSession'>;

function songOf(input: Input): { head: SongHead; chordpro: string } | null {
  if (input.song_id !== undefined) {
    // The server reads no song out of another session's ledger yet: the app sends the text along.
    throw new Fault('unprocessable', undefined, [{ path: 'song_id', message: 'This server does not know that song; send it as `song`.' }]);
  }
  if (input.song === undefined) return null;
  const { id, title, artist = '', chordpro = chartFromNames(title, artist) } = input.song;
  return { head: { id, title, artist }, chordpro };
}

export function createSessionCreation(parts: SessionParts, links: JoinLinks): Pick<Handlers, 'createSession'> {
  const { db, deps, users, sessions, present, changes, ledger } = parts;

  function rowOf(input: Input, head: SongHead | null): SessionRow {
    const template = templateOf(input.template_id);
    const now = timestamp(deps.clock);
    const startsAt = input.starts_at === undefined ? null : new Date(input.starts_at).toISOString();
    return {
      id: newId(deps),
      name: input.name,
      description: input.description ?? '',
      status: startsAt === null ? 'active' : 'scheduled',
      is_dormant: 0,
      access_mode: input.access_mode ?? template.access_mode,
      category: template.category,
      template_id: template.id,
      default_role: template.default_role,
      max_participants: input.max_participants ?? template.max_participants,
      auto_recording: template.auto_recording ? 1 : 0,
      is_activity_private: template.is_activity_private ? 1 : 0,
      permission_table: JSON.stringify(template.permissions),
      role_labels: JSON.stringify(template.role_labels),
      song_id: head?.id ?? null,
      song_title: head?.title ?? '',
      song_artist: head?.artist ?? '',
      created_at: now,
      starts_at: startsAt,
      started_at: startsAt === null ? now : null,
      ended_at: null,
      last_activity_at: now,
      auto_cleanup_after: input.settings?.auto_cleanup_after ?? template.auto_cleanup_after,
      archive_after: input.settings?.archive_after ?? template.archive_after,
      epoch: 0,
      generation: 1,
    };
  }

  return {
    async createSession(input, caller) {
      const userId = userOf(caller);
      const song = songOf(input);
      const row = rowOf(input, song?.head ?? null);
      db.transact(() => {
        const user = users.byId(userId);
        if (user === undefined) throw new Fault('unauthorized');
        sessions.insert(row);
        sessions.putParticipant({
          session_id: row.id,
          user_id: userId,
          role: 'owner',
          status: 'joined',
          color: user.color,
          joined_at: row.created_at,
          last_seen_at: row.created_at,
        });
        if (row.access_mode !== 'invite-only') links.open(row, userId);
        advanceEpoch(db, sessions, row.id);
      });
      changes.announce([row.id]);
      if (song !== null) {
        try {
          await ledger.createSong(row.id, userId, { song_id: song.head.id, chordpro: song.chordpro });
        } catch (error) {
          // Nobody has seen it yet: a session without the song it was made for would only be in the way.
          sessions.remove(row.id);
          changes.announce([row.id]);
          throw error;
        }
      }
      const { session, participant } = enter(sessions, row.id, userId, null);
      return present(session, participant);
    },
  };
}
