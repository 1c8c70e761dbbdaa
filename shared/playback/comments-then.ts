import { wordsMovedBy, type CommentPlace } from './comment-places.ts';
import { lastWhere } from './last-where.ts';
import type { Moment } from './playhead.ts';
import type { Playback } from './playback.ts';
import type { CommentedSpan } from './said-spans.ts';

/** Words of a song that are commented on. */
export interface CommentedWords {
  id: string;
  /** Who began it; null: nobody knows any more. */
  user_id: string | null;
  from: number;
  to: number;
}

interface Followed {
  told: CommentPlace;
  place: CommentPlace;
}

/** The commented words of one song, moment after moment: going on moves those that are shown, a jump finds them from where they were told last. */
export class CommentsThen {
  readonly #playback: Playback;
  readonly #songId: string;
  readonly #followed = new Map<string, Followed>();
  /** The number of what was said last; as long as it stays, so does what is open. */
  #saidBy = -1;
  #open: readonly CommentedSpan[] = [];
  #steps = -1;
  #words: readonly CommentedWords[] = [];

  constructor(playback: Playback, songId: string) {
    this.#playback = playback;
    this.#songId = songId;
  }

  /** What was not settled then. The same array as long as nothing of it changes. */
  at({ n, steps }: Moment): readonly CommentedWords[] {
    const saidBy = this.#playback.saidBy(n);
    if (saidBy === this.#saidBy && steps === this.#steps) return this.#words;
    if (saidBy !== this.#saidBy) {
      const { commented } = this.#playback.said;
      this.#open = commented.filter(({ song_id, from, to }) => song_id === this.#songId && from <= saidBy && saidBy <= to);
    }
    this.#saidBy = saidBy;
    this.#steps = steps;
    const words = this.#open.flatMap(({ id, user_id }): CommentedWords[] => {
      const place = this.#follow(id, steps);
      return place === null || place.from >= place.to ? [] : [{ id, user_id, from: place.from, to: place.to }];
    });
    if (!isSame(words, this.#words)) this.#words = words;
    return this.#words;
  }

  #follow(id: string, steps: number): CommentPlace | null {
    const all = this.#playback.commentPlacesOf(id);
    const told = all[lastWhere(all, ({ step }) => step <= steps)];
    if (told === undefined) return null;
    const known = this.#followed.get(id);
    let { from, to, step } = known?.told === told && known.place.step <= steps ? known.place : told;
    for (; step < steps; step++) {
      for (const splice of this.#playback.steps[step]?.splices ?? [])
        if (splice.song_id === told.song_id) ({ from, to } = wordsMovedBy({ from, to }, splice));
    }
    const place = { song_id: told.song_id, from, to, step };
    this.#followed.set(id, { told, place });
    return place;
  }
}

function isSame(some: readonly CommentedWords[], others: readonly CommentedWords[]): boolean {
  const isAs = (one: CommentedWords, other: CommentedWords | undefined): boolean =>
    one.id === other?.id && one.user_id === other.user_id && one.from === other.from && one.to === other.to;
  return some.length === others.length && some.every((one, at) => isAs(one, others[at]));
}
