import type { ChatLine, LiveSnapshot } from '../../session/live-session.ts';

function isLevel({ phase, connection }: LiveSnapshot): boolean {
  return phase === 'ready' && connection.kind !== 'catching-up';
}

/**
 * The messages of others that came since the picture before; none of those that were read from disk or caught up on, which are old.
 * @param before null: there is no picture before
 */
export function freshMessages(before: LiveSnapshot | null, now: LiveSnapshot): ChatLine[] {
  if (before === null || before.chat === now.chat || !isLevel(before) || !isLevel(now)) return [];
  const known = new Set(before.chat.map(({ id }) => id));
  return now.chat.filter(({ id, is_own }) => !is_own && !known.has(id));
}
