import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import type { Anchor, AnchorPosition } from './payloads.ts';
import { rootOfSong } from './update.ts';

/** Characters of a song's text, in UTF-16 units. */
export interface Place {
  from: number;
  to: number;
}

function positionAt(text: Y.Text, root: string, index: number, assoc: 0 | -1): AnchorPosition {
  const { item } = Y.createRelativePositionFromTypeIndex(text, index, assoc);
  return item === null ? { tname: root, assoc } : { tname: root, item: { client: item.client, clock: item.clock }, assoc };
}

/** An anchor on the characters `from` to `to`: it holds on to the first and the last of them, so that what is written beside them stays outside. */
export function anchorAt(text: Y.Text, songId: string, { from, to }: Place): Anchor {
  const root = rootOfSong(songId);
  // A quote that ends in half a character loses it.
  const quote = text.toJSON().slice(from, Math.min(to, from + limits.quoteCharacters));
  return {
    song_id: songId,
    start: positionAt(text, root, from, 0),
    end: positionAt(text, root, to, -1),
    quote: quote.isWellFormed() ? quote : quote.slice(0, -1).toWellFormed(),
  };
}

/** The item with the character that a position names; null when it is not in this text (yet). */
function itemOf(text: Y.Text, { client, clock }: { client: number; clock: number }): Y.Item | null {
  const store = text.doc?.store;
  if (store === undefined || Y.getState(store, client) <= clock) return null;
  const item = Y.getItem(store, Y.createID(client, clock));
  return item instanceof Y.Item && item.parent === text ? item : null;
}

/** Where each of these items begins in the text, in one walk. */
function startsOf(text: Y.Text, wanted: ReadonlySet<Y.Item>): Map<Y.Item, number> {
  const starts = new Map<Y.Item, number>();
  let index = 0;
  for (let item = text._start; item !== null && starts.size < wanted.size; item = item.right) {
    if (wanted.has(item)) starts.set(item, index);
    if (!item.deleted && item.countable) index += item.length;
  }
  return starts;
}

/** How many characters in a row were taken out before this one, and behind its beginning. */
function goneAround(item: Y.Item | null): { before: number; behind: number } {
  const gone = { before: 0, behind: 0 };
  for (let one = item?.left ?? null; one !== null && one.deleted; one = one.left) gone.before += one.length;
  for (let one = item; one !== null && one.deleted; one = one.right) gone.behind += one.length;
  return gone;
}

/**
 * Where a quote stands again that was taken out at `index`: typed anew there, or brought back with all that went with it,
 * on either side. The same words a little further away are others.
 */
function foundAgain(whole: string, quote: string, index: number, gone: { before: number; behind: number }): Place | null {
  if (quote === '' || quote.length >= limits.quoteCharacters) return null;
  const places = [index, index - quote.length, index + gone.before, index - gone.behind];
  const from = places.find((place) => place >= 0 && whole.startsWith(quote, place));
  return from === undefined ? null : { from, to: from + quote.length };
}

/**
 * Where the anchors' words are now, in one walk over the text however many they are; null where they are gone or have not
 * come yet. Words that were taken out and came back (by undo, which writes them anew) are found again by their quote.
 */
export function placesOf(text: Y.Text, anchors: readonly Anchor[]): (Place | null)[] {
  const items = anchors.map(({ start, end }) => [start, end].map(({ item }) => (item === undefined ? null : itemOf(text, item))));
  const starts = startsOf(text, new Set(items.flat().filter((item) => item !== null)));
  let whole: string | null = null;
  const indexOf = (position: AnchorPosition, item: Y.Item | null | undefined): number | null => {
    if (position.item === undefined) return position.assoc === 0 ? text.length : 0;
    const start = item === null || item === undefined ? undefined : starts.get(item);
    if (item === null || item === undefined || start === undefined) return null;
    return item.deleted ? start : start + position.item.clock - item.id.clock + (position.assoc === 0 ? 0 : 1);
  };
  return anchors.map((anchor, at) => {
    const from = indexOf(anchor.start, items[at]?.[0]);
    const to = indexOf(anchor.end, items[at]?.[1]);
    if (from === null || to === null) return null;
    if (from < to) return { from, to };
    whole ??= text.toJSON();
    const [item, start] = [items[at]?.[0] ?? null, anchor.start.item];
    const gone = goneAround(item);
    const inItem = item === null || start === undefined ? 0 : start.clock - item.id.clock;
    return foundAgain(whole, anchor.quote, from, { before: gone.before + inItem, behind: gone.behind - inItem });
  });
}
