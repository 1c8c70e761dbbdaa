import type { PersonExport } from '../../../shared/api/auth.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { ServerConfig } from '../../config.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { DeviceStore } from '../devices/store.ts';
import type { Handlers } from '../handlers.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { personRows } from './person-rows.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { toUser } from './user-store.ts';

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

  return {
    async exportMe(_input, caller): Promise<PersonExport> {
      const user = users.openById(userOf(caller));
      if (user === undefined) throw new Fault('unauthorized');
      const sessions = sessionsOf(user.id);
      const messages: PersonExport['messages'] = [];
      const comments: PersonExport['comments'] = [];
      for (const { id: session_id } of sessions) {
        const words = await ledger.wordsOf(session_id, user.id);
        messages.push(...words.messages.map((one) => ({ session_id, ...one })));
        comments.push(...words.comments.map((one) => ({ session_id, ...one })));
      }
      let room: number = limits.recordingEventsOfPerson;
      const recordings = sessions.flatMap(({ id }) => {
        const part = parts.recordings.partOf(id, user.id, room);
        for (const { events } of part) room -= events.length;
        return part;
      });
      return {
        exported_at: timestamp(deps.clock),
        server: { name: parts.config.name, key_thumbprint: parts.keyThumbprint },
        user: { ...toUser(user), created_at: user.created_at, last_seen_at: user.last_seen_at },
        devices: devices.of(user.id).map(({ user_id: _self, ...device }) => device),
        sign_ins: refreshTokens.signInsOf(user.id),
        sessions,
        join_links: linksOf(user.id),
        ...personRows(db, user),
        messages,
        comments,
        recordings,
      };
    },
  };
}
