import { healthOf } from '../../../shared/session/health.ts';
import type { Health } from '../../../shared/session/history-schemas.ts';
import type { SessionRow } from '../../database/schema.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

export type HealthReader = (session: SessionRow) => Health;

type Parts = Pick<SessionParts, 'db' | 'deps' | 'sessions' | 'ledger' | 'recordings'>;

/** How alive a session is at its reference time: now, or when it ended. */
export function createHealthReader({ db, deps, sessions, ledger, recordings }: Parts): HealthReader {
  /** Refused changes of the last 24 hours. */
  function refusedSince(sessionId: string, since: string): number {
    const rows = db.all(
      db.query
        .selectFrom('activities')
        .select('details')
        .where('session_id', '=', sessionId)
        .where('type', '=', 'entry_refused')
        .where('created_at', '>=', since)
        .limit(1_000),
    );
    return rows.reduce((sum, { details }) => sum + ((JSON.parse(details) as { count?: number }).count ?? 1), 0);
  }

  return (session) => {
    const now = deps.clock.now();
    const at = session.ended_at === null ? now : Date.parse(session.ended_at);
    const since = new Date(at - dayMs).toISOString();
    const members = sessions.participants(session.id).filter(({ status }) => status === 'joined');
    const here = ledger.presentUsers(session.id);
    const active = members.filter(
      ({ role, user_id, last_seen_at }) => role === 'owner' || here.has(user_id) || (last_seen_at !== null && last_seen_at >= since),
    );
    return healthOf({
      members: members.length,
      active_members: active.length,
      idle_hours: Math.max(0, (at - Date.parse(session.last_activity_at)) / hourMs),
      age_hours: session.started_at === null ? null : Math.max(0, (at - Date.parse(session.started_at)) / hourMs),
      refused: refusedSince(session.id, new Date(now - dayMs).toISOString()),
      has_recording: recordings.hasAny(session.id),
    });
  };
}

export function createHealth(parts: Parts, read: HealthReader): Pick<Handlers, 'sessionHealth'> {
  return {
    async sessionHealth({ id }, caller) {
      return read(enter(parts.sessions, id, userOf(caller), 'read').session);
    },
  };
}
