import type { PersonExport } from '../../../shared/api/auth.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { ServerConfig } from '../../config.ts';
import type { UserRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { DeviceStore } from '../devices/store.ts';
import type { Handlers } from '../handlers.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { ownRows, rowsInSession, sessionsAbout } from './person-rows.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { toUser } from './user-store.ts';

/** What somebody did and said in sessions. */
type Deeds = Pick<PersonExport, 'activities' | 'counts' | 'messages' | 'comments' | 'recordings'>;

export interface ExportParts extends Pick<SessionParts, 'db' | 'deps' | 'users' | 'recordings'> {
  config: Pick<ServerConfig, 'name'>;
  keyThumbprint: string;
  devices: DeviceStore;
  refreshTokens: RefreshTokens;
  ledger: Pick<SessionParts['ledger'], 'wordsOf'>;
}

export function createPersonExport(parts: ExportParts): Pick<Handlers, 'exportMe'> {
  const { db, deps, users, devices, refreshTokens, ledger } = parts;

  const sessionsOf = (userId: string) =>
    db.all(
      db.query
        .selectFrom('participants')
        .innerJoin('sessions', 'sessions.id', 'participants.session_id')
        .select([
          'sessions.id',
          'sessions.name',
          'participants.role',
          'participants.status',
          'participants.joined_at',
          'participants.last_seen_at',
        ])
        .where('participants.user_id', '=', userId)
        .where('sessions.status', '!=', 'deleted'),
    );

  const linksOf = (userId: string) =>
    db.all(
      db.query
        .selectFrom('join_links')
        .innerJoin('participants', 'participants.session_id', 'join_links.session_id')
        .select(['join_links.session_id', 'join_links.code', 'join_links.role', 'join_links.created_at', 'join_links.expires_at'])
        .where('participants.user_id', '=', userId)
        .where('join_links.created_by', '=', userId),
    );

  const firstPart = (user: UserRow, sessions: PersonExport['sessions']) => ({
    devices: devices.of(user.id).map(({ user_id: _self, ...device }) => device),
    sign_ins: refreshTokens.signInsOf(user.id),
    sessions,
    join_links: linksOf(user.id),
    ...ownRows(db, user),
  });
  const laterPart: ReturnType<typeof firstPart> = {
    devices: [],
    sign_ins: [],
    sessions: [],
    join_links: [],
    invitations: [],
    templates: [],
  };

  async function inSession(userId: string, session_id: string, hasLedger: boolean): Promise<Deeds> {
    const words = hasLedger ? await ledger.wordsOf(session_id, userId) : { messages: [], comments: [] };
    return {
      ...rowsInSession(db, userId, session_id),
      messages: words.messages.map((one) => ({ session_id, ...one })),
      comments: words.comments.map((one) => ({ session_id, ...one })),
      recordings: hasLedger ? parts.recordings.partOf(session_id, userId, limits.recordingEventsOfPerson) : [],
    };
  }

  return {
    async exportMe({ cursor }, caller): Promise<PersonExport> {
      const user = users.openById(userOf(caller));
      if (user === undefined) throw new Fault('unauthorized');
      const sessions = sessionsOf(user.id);
      const mine = new Set(sessions.map(({ id }) => id));
      const ahead = sessionsAbout(db, user.id).filter((id) => cursor === undefined || id > cursor);
      const deeds: Deeds[] = [];
      let characters = 0;
      for (const id of ahead) {
        if (characters >= limits.exportPartCharacters) break;
        const here = await inSession(user.id, id, mine.has(id));
        characters += JSON.stringify(here).length;
        deeds.push(here);
      }
      return {
        exported_at: timestamp(deps.clock),
        server: { name: parts.config.name, key_thumbprint: parts.keyThumbprint },
        user: { ...toUser(user), created_at: user.created_at, last_seen_at: user.last_seen_at },
        ...(cursor === undefined ? firstPart(user, sessions) : laterPart),
        activities: deeds.flatMap(({ activities }) => activities),
        counts: deeds.flatMap(({ counts }) => counts),
        messages: deeds.flatMap(({ messages }) => messages),
        comments: deeds.flatMap(({ comments }) => comments),
        recordings: deeds.flatMap(({ recordings }) => recordings),
        next_cursor: deeds.length < ahead.length ? (ahead[deeds.length - 1] ?? null) : null,
      };
    },
  };
}
