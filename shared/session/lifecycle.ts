import type { SessionStatus } from './roles.ts';

/** What a person may do to a session's status: product.md, Lifecycle. Archiving is in the table for those who come after. */
const lifecycleMoves = {
  start: { from: ['scheduled'], to: 'active' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  end: { from: ['scheduled', 'active', 'paused'], to: 'ended' },
  archive: { from: ['ended'], to: 'archived' },
  reopen: { from: ['ended', 'archived'], to: 'active' },
} as const satisfies Record<string, { from: readonly SessionStatus[]; to: SessionStatus }>;
export type LifecycleMove = keyof typeof lifecycleMoves;

/** The status after the move; null where it is not allowed. */
export function statusAfter(move: LifecycleMove, status: SessionStatus): SessionStatus | null {
  const row: { from: readonly SessionStatus[]; to: SessionStatus } = lifecycleMoves[move];
  return row.from.includes(status) ? row.to : null;
}

/** Who knows the way in may take it only while something still happens there. */
export function isJoinable(status: SessionStatus): boolean {
  return status === 'scheduled' || status === 'active' || status === 'paused';
}
