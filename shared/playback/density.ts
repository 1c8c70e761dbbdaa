import type { Playback } from './playback.ts';

/** How much somebody changed in each of equal parts of a recording. */
export interface EditDensity {
  /** Null: somebody whom nothing names any more. */
  user_id: string | null;
  counts: readonly number[];
  total: number;
}

/** Of everybody who was there or changed something, who changed most first. @param parts into how many the time is divided */
export function densityOf({ steps, durationMs, userIds }: Playback, parts: number): EditDensity[] {
  const counts = new Map<string | null, number[]>(userIds.map((userId) => [userId, Array<number>(parts).fill(0)]));
  for (const { ms, user_id } of steps) {
    const own = counts.get(user_id) ?? Array<number>(parts).fill(0);
    counts.set(user_id, own);
    const part = Math.min(parts - 1, Math.floor((ms / Math.max(1, durationMs)) * parts));
    own[part] = (own[part] ?? 0) + 1;
  }
  return [...counts]
    .map(([user_id, own]) => ({ user_id, counts: own, total: own.reduce((sum, count) => sum + count, 0) }))
    .sort((a, b) => b.total - a.total);
}
