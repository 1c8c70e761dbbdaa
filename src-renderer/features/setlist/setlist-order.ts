/** A song in its place on a setlist, of a session or of the library. */
export interface PlacedSong {
  item_id: string;
  song_id: string;
  /** Empty when the song names none. */
  title: string;
}

/**
 * The item to put `itemId` after so that it comes to stand at `index` of the list as it is without it; null for the
 * very beginning, undefined when nothing would move.
 */
export function moveTarget(items: readonly PlacedSong[], itemId: string, index: number): string | null | undefined {
  const from = items.findIndex((item) => item.item_id === itemId);
  const to = Math.max(0, Math.min(index, items.length - 1));
  if (from === -1 || to === from) return undefined;
  const others = items.filter((item) => item.item_id !== itemId);
  return to === 0 ? null : (others[to - 1]?.item_id ?? null);
}

/** The song in front: the wanted one while it is on the setlist, else the first. */
export function currentItem<I extends PlacedSong>(items: readonly I[], wantedSongId: string | null): I | null {
  return items.find((item) => item.song_id === wantedSongId) ?? items[0] ?? null;
}

/** The neighbour on the setlist, null at its ends. */
export function neighbour<I extends PlacedSong>(items: readonly I[], current: I | null, step: 1 | -1): I | null {
  const at = items.findIndex((item) => item.item_id === current?.item_id);
  return at === -1 ? null : (items[at + step] ?? null);
}
