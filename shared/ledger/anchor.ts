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
    const { quote } = anchor;
    if (quote === '' || quote.length >= limits.quoteCharacters) return null;
    whole ??= text.toJSON();
    if (whole.startsWith(quote, from)) return { from, to: from + quote.length };
    // Written again before the place, as typing at a caret there does.
    return whole.endsWith(quote, from) ? { from: from - quote.length, to: from } : null;
  });
}
