import type { LiveSnapshot } from '../../session/live-session.ts';

/** Own changes that still wait for the server; none where this person takes part no longer: they are drafts then. */
export function unsentCount({ phase, role, pendingCount }: Pick<LiveSnapshot, 'phase' | 'role' | 'pendingCount'>): number {
  return phase === 'ready' && role === null ? 0 : pendingCount;
}
