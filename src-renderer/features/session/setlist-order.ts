import type { SetlistItem } from '../../session/live-session.ts';

/**
 * The item to put `itemId` after so that it comes to stand at `index` of the list as it is without it; null for the
 * very beginning, undefined when nothing would move.
 */
export function moveTarget(items: readonly SetlistItem[], itemId: string, index: number): string | null | undefined {
  const from = items.findIndex((item) => item.item_id === itemId);
  const to = Math.max(0, Math.min(index, items.length - 1));
  if (from === -1 || to === from) return undefined;
  const others = items.filter((item) => item.item_id !== itemId);
  return to === 0 ? null : (others[to - 1]?.item_id ?? null);
}

/** The song in front: the wanted one while it is on the setlist, else the first. */
export function currentItem(items: readonly SetlistItem[], wantedSongId: string | null): SetlistItem | null {
  return items.find((item) => item.song_id === wantedSongId) ?? items[0] ?? null;
}

/** The neighbour on the setlist, null at its ends. */
export function neighbour(items: readonly SetlistItem[], current: SetlistItem | null, step: 1 | -1): SetlistItem | null {
  const at = items.findIndex((item) => item.item_id === current?.item_id);
  return at === -1 ? null : (items[at + step] ?? null);
}
