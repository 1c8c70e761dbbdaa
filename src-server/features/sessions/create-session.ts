import type { ParsedInputOf } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { isWritable } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';
import { defaultTemplateId, type Template } from '../../../shared/session/templates.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { madeId } from '../made-id.ts';
import { advanceEpoch } from './epoch.ts';
import { enter, mayRead } from './gate.ts';
import type { JoinLinks } from './join-links.ts';
import type { SessionParts } from './parts.ts';
import { chartFromNames, type SongHead } from './song-head.ts';
import type { TemplateStore } from '../templates/template-store.ts';
import { checkBounds } from './session-bounds.ts';

type Input = ParsedInputOf<'createSession'>;

interface Song {
  head: SongHead;
  chordpro: string;
}

export function createSessionCreation(parts: SessionParts, links: JoinLinks, templates: TemplateStore): Pick<Handlers, 'createSession'> {
  const { db, deps, users, sessions, present, changes, content, activities } = parts;

  /** Throws 'unprocessable' for a template that this person has not. */
  function templateOf(id: string = defaultTemplateId, userId: string): Template {
    const template = templates.find(id, userId);
    if (template === undefined) {
      throw new Fault('unprocessable', undefined, [{ path: 'template_id', message: 'There is no such template.' }]);
    }
    return template;
  }

  /** A song that some session of theirs has, as it is there now. Throws 'unprocessable'. */
  async function knownSong(songId: string, userId: string): Promise<Song> {
    const holders = db.all(
      db.query
        .selectFrom('session_songs')
        .innerJoin('participants', 'participants.session_id', 'session_songs.session_id')
        .innerJoin('sessions', 'sessions.id', 'session_songs.session_id')
        .select('sessions.id')
        .where('session_songs.song_id', '=', songId)
        .where('participants.user_id', '=', userId)
        .where('participants.status', '=', 'joined')
        .orderBy('sessions.last_activity_at', 'desc'),
    );
    for (const { id } of holders.filter((holder) => mayRead(sessions, holder.id, userId))) {
      const song = await content.song(id, songId);
      if (song !== null) return { head: { id: songId, title: song.title, artist: song.artist }, chordpro: song.chordpro };
    }
    throw new Fault('unprocessable', undefined, [{ path: 'song_id', message: 'No session of yours has that song; send it as `song`.' }]);
  }

  async function songOf(input: Input, userId: string): Promise<Song | null> {
    if (input.song !== undefined) {
      const { id, title, artist = '', chordpro = chartFromNames(title, artist) } = input.song;
      return { head: { id, title, artist }, chordpro };
    }
    return input.song_id === undefined ? null : knownSong(input.song_id, userId);
  }

  function rowOf(id: string, input: Input, template: Template, head: SongHead | null): SessionRow {
    checkBounds(parts.bounds(), input.settings ?? {});
    const now = timestamp(deps.clock);
    const startsAt = input.starts_at === undefined ? null : new Date(input.starts_at).toISOString();
    return {
      id,
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
      has_open_recordings: 0,
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
      peak_peers: 0,
    };
  }

  /** A request under the same key made the session; where the server died in it, its song may not be there yet. */
  async function complete(id: string, userId: string, song: Song | null): Promise<void> {
    const { session, role } = enter(sessions, id, userId, null);
    if (song === null || role !== 'owner' || !isWritable(session.status, role, session.is_dormant === 1)) return;
    const there = await content.song(id, song.head.id);
    const wanted = { song_id: song.head.id, chordpro: song.chordpro };
    if (there === null) await content.addSong(id, userId, wanted);
    else if (there.chordpro === '') await content.replaceSong(id, userId, wanted);
  }

  function shown(id: string, userId: string): Session {
    const { session, participant } = enter(sessions, id, userId, null);
    return present(session, participant);
  }

  return {
    async createSession(input, caller) {
      const userId = userOf(caller);
      const id = madeId(caller, deps);
      const template = templateOf(input.template_id, userId);
      const song = await songOf(input, userId);
      if (sessions.find(id) !== undefined) {
        await complete(id, userId, song);
        return shown(id, userId);
      }
      const row = rowOf(id, input, template, song?.head ?? null);
      db.transact(() => {
        const user = users.byId(userId);
        if (user === undefined) throw new Fault('unauthorized');
        const most = parts.bounds().max_sessions_per_user;
        if (most !== null && sessions.countLedBy(userId) >= most) throw new Fault('too-many');
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
        templates.countUse(template.id);
        activities.note({ session_id: row.id, type: 'session_created', by: caller, details: { template_id: template.id } });
        advanceEpoch(db, sessions, row.id);
      });
      changes.announce([row.id]);
      if (song !== null) {
        try {
          await content.addSong(row.id, userId, { song_id: song.head.id, chordpro: song.chordpro });
        } catch (error) {
          // Nobody has seen it yet: a session without the song it was made for would only be in the way.
          sessions.remove(row.id);
          changes.announce([row.id]);
          throw error;
        }
      }
      return shown(row.id, userId);
    },
  };
}
