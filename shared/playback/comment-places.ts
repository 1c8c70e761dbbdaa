import type { Fold } from '../ledger/fold.ts';
import type { Anchor } from '../ledger/payloads.ts';
import type { Splice } from './splice.ts';
import type { TextPlaces } from './text-places.ts';

/** The words that a comment is about, as a place in a song's text when `step` steps were done; empty: they are gone. */
export interface CommentPlace {
  song_id: string;
  from: number;
  to: number;
  step: number;
}

/** Collects where the words of each comment are: when it came, and again now and then, so that no moment is many steps behind. */
export class CommentPlaces {
  /** By the comment's id, in the order of their steps. */
  readonly told = new Map<string, CommentPlace[]>();
  readonly #places: TextPlaces;
  readonly #anchors = new Map<string, Anchor>();
  /** About words that have no number yet. */
  readonly #waiting = new Set<string>();

  constructor(places: TextPlaces) {
    this.#places = places;
  }

  /** Takes what is new among all comments. @param steps how many are done */
  take({ comments }: Fold, ids: Iterable<string>, steps: number): void {
    for (const id of ids) {
      const words = comments.get(id)?.words;
      if (words?.type !== 'add' || words.anchor === null) continue;
      this.#anchors.set(id, words.anchor);
      this.#tell(id, words.anchor, steps);
    }
  }

  /** Text came: what waited for it may have its place. */
  settle(steps: number): void {
    for (const id of this.#waiting) {
      const anchor = this.#anchors.get(id);
      if (anchor !== undefined) this.#tell(id, anchor, steps);
    }
  }

  /** Where all of them are now. */
  tellAll(steps: number): void {
    for (const [id, anchor] of this.#anchors) this.#tell(id, anchor, steps);
  }

  #tell(id: string, { start, end }: Anchor, step: number): void {
    const [from, to] = [this.#places.find(start), this.#places.find(end)];
    if (from === null || to === null || from.songId !== to.songId) {
      this.#waiting.add(id);
      return;
    }
    this.#waiting.delete(id);
    const place = { song_id: from.songId, from: from.index, to: to.index, step };
    const told = this.told.get(id);
    if (told === undefined) this.told.set(id, [place]);
    else told.push(place);
  }
}

/** Where the words are after a change. What is written right before or behind them stays outside. */
export function wordsMovedBy({ from, to }: { from: number; to: number }, { at, removed, inserted }: Splice): { from: number; to: number } {
  const gone = (place: number): number => Math.max(at, place - removed.length);
  return {
    from: from < at ? from : gone(from) + inserted.length,
    to: to <= at ? to : gone(to) + inserted.length,
  };
}
