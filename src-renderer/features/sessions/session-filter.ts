import { sessionStatuses, type SessionStatus } from '../../../shared/session/roles.ts';
import type { Session } from '../../../shared/session/schemas.ts';

export type StatusFilter = 'all' | Exclude<SessionStatus, 'deleted'>;
export const statusFilters: readonly StatusFilter[] = ['all', ...sessionStatuses.filter((status) => status !== 'deleted')];

export function isStatusFilter(value: string): value is StatusFilter {
  return (statusFilters as readonly string[]).includes(value);
}

/** The sessions of a status, newest activity first; deleted ones are never listed. */
export function sessionsOf(sessions: readonly Session[], filter: StatusFilter): Session[] {
  return sessions
    .filter((session) => session.status !== 'deleted' && (filter === 'all' || session.status === filter))
    .sort((a, b) => Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at));
}
