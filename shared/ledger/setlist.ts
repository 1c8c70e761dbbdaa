import { generateKeyBetween } from 'fractional-indexing';
import type { SetCell } from './fold.ts';
import type { SetValue } from './payloads.ts';

/** One place of the setlist: a song, its order, and what is different about it tonight. */
export interface SetlistEntry {
  item_id: string;
  song_id: string;
  /** Fractional index; ties by item id. */
  order: string;
  key: string | null;
  capo: number | null;
  note: string | null;
}

export type SetPair = [key: string, value: SetValue];

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The setlist in its order, of the song.set cells that won. Items without a song are taken out. */
export function readSetlist(sets: ReadonlyMap<string, SetCell>): SetlistEntry[] {
  const items: SetlistEntry[] = [];
  const value = (itemId: string, field: string): SetValue => sets.get(`item/${itemId}/${field}`)?.value ?? null;
  for (const key of sets.keys()) {
    const itemId = /^item\/(.+)\/song$/.exec(key)?.[1];
    if (itemId === undefined) continue;
    const songId = value(itemId, 'song');
    if (typeof songId !== 'string' || sets.get(`song/${songId}`)?.value !== true) continue;
    const [order, musicalKey, capo, note] = ['order', 'key', 'capo', 'note'].map((field) => value(itemId, field));
    items.push({
      item_id: itemId,
      song_id: songId,
      order: typeof order === 'string' ? order : '',
      key: typeof musicalKey === 'string' ? musicalKey : null,
      capo: typeof capo === 'number' ? capo : null,
      note: typeof note === 'string' ? note : null,
    });
  }
  return items.sort((a, b) => compare(a.order, b.order) || compare(a.item_id, b.item_id));
}

/** Sets that put a song at the end of the setlist. */
export function addSongSets(setlist: readonly SetlistEntry[], songId: string, itemId: string): SetPair[] {
  return [
    [`song/${songId}`, true],
    [`item/${itemId}/song`, songId],
    [`item/${itemId}/order`, orderBetween(setlist.at(-1)?.order ?? null, null)],
  ];
}

/** Sets that put an item behind another one, or first. */
export function moveItemSets(setlist: readonly SetlistEntry[], itemId: string, afterItemId: string | null): SetPair[] {
  const others = setlist.filter((item) => item.item_id !== itemId);
  const at = afterItemId === null ? 0 : others.findIndex((item) => item.item_id === afterItemId) + 1;
  return [[`item/${itemId}/order`, orderBetween(others[at - 1]?.order ?? null, others[at]?.order ?? null)]];
}

export function removeItemSets(itemId: string): SetPair[] {
  return [[`item/${itemId}/song`, null]];
}

export function restoreItemSets(item: SetlistEntry): SetPair[] {
  return [
    [`song/${item.song_id}`, true],
    [`item/${item.item_id}/song`, item.song_id],
    [`item/${item.item_id}/order`, item.order],
  ];
}

/** A fractional index between two others; equal or damaged neighbours (two people moved at once) still give a place. */
function orderBetween(before: string | null, after: string | null): string {
  try {
    return generateKeyBetween(
      before === '' ? null : before,
      after === '' || (before !== null && after !== null && before >= after) ? null : after,
    );
  } catch {
    return generateKeyBetween(null, null);
  }
}
