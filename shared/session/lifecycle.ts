import type { SessionStatus } from './roles.ts';

/** What a person may do to a session's status: product.md, Lifecycle. */
const lifecycleMoves = {
  start: { from: ['scheduled'], to: 'active' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  end: { from: ['scheduled', 'active', 'paused'], to: 'ended' },
  reopen: { from: ['ended', 'archived'], to: 'active' },
  archive: { from: ['ended'], to: 'archived' },
} as const satisfies Record<string, { from: readonly SessionStatus[]; to: SessionStatus }>;
export type LifecycleMove = keyof typeof lifecycleMoves;

/** The status after the move; null where it is not allowed. */
export function statusAfter(move: LifecycleMove, status: SessionStatus): SessionStatus | null {
  const row: { from: readonly SessionStatus[]; to: SessionStatus } = lifecycleMoves[move];
  return row.from.includes(status) ? row.to : null;
}

/** The moves that a status allows, in the order in which people are offered them. */
export function lifecycleMovesOf(status: SessionStatus): readonly LifecycleMove[] {
  return (Object.keys(lifecycleMoves) as LifecycleMove[]).filter((move) => statusAfter(move, status) !== null);
}

/** Who knows the way in may take it only while something still happens there. */
export function isJoinable(status: SessionStatus): boolean {
  return status === 'scheduled' || status === 'active' || status === 'paused';
}
