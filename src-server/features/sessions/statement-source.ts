import type { StatementClaims } from '../../../shared/ledger/statement.ts';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Database } from '../../database/open-database.ts';
import { hadOf } from './epoch.ts';
import { permissionTableOf, presentRole, type SessionStore } from './session-store.ts';

/** Limits new links, never the fold: R-MEM-2. */
const lifetimeSeconds = 30 * 24 * 60 * 60;

export interface StatementSource {
  /** What the authority states now about a session, from the database; null when there is none. */
  readStatementClaims(sessionId: string): StatementClaims | null;
}

export function createStatementSource(db: Database, sessions: SessionStore, clock: Clock): StatementSource {
  function namesOf(sessionId: string): Map<string, string> {
    const rows = db.all(
      db.query
        .selectFrom('participants')
        .innerJoin('users', 'users.id', 'participants.user_id')
        .select(['users.id', 'users.name'])
        .where('participants.session_id', '=', sessionId),
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  function listedDevices(sessionId: string) {
    return db.all(
      db.query
        .selectFrom('session_devices')
        .leftJoin('devices', 'devices.device_id', 'session_devices.device_id')
        .leftJoin('users', 'users.id', 'session_devices.user_id')
        .selectAll('session_devices')
        .select(['devices.device_id as known_device', 'devices.revoked_at', 'users.disabled_at'])
        .where('session_devices.session_id', '=', sessionId)
        .orderBy('session_devices.device_id'),
    );
  }

  return {
    readStatementClaims(sessionId) {
      const session = sessions.find(sessionId);
      if (session === undefined) return null;
      const names = namesOf(sessionId);
      const participants = sessions.participants(sessionId);
      const roles = new Map(participants.map((participant) => [participant.user_id, presentRole(participant)]));
      const iat = Math.floor(clock.now() / 1000);
      return {
        session_id: sessionId,
        generation: session.generation,
        epoch: session.epoch,
        status: session.status,
        dormant: session.is_dormant === 1,
        permissions: permissionTableOf(session),
        participants: participants.map((participant) => ({
          user_id: participant.user_id,
          name: names.get(participant.user_id) ?? '',
          color: participant.color,
          role: presentRole(participant),
          status: participant.status,
        })),
        devices: listedDevices(sessionId).map((row) => ({
          device_id: row.device_id,
          public_key: row.public_key,
          user_id: row.user_id,
          role:
            row.known_device === null || row.revoked_at !== null || row.disabled_at !== null || row.suspended === 1
              ? null
              : (roles.get(row.user_id) ?? null),
          had: hadOf(row),
          barred: row.barred === 1,
        })),
        iat,
        exp: iat + lifetimeSeconds,
      };
    },
  };
}
