import type { PersonPoint } from './playback.ts';
import type { TextPlaces } from './text-places.ts';
import type { TrackEvent } from './track-event.ts';

type Moved = Extract<TrackEvent, { type: 'cursor_moved' }>;
type Cursor = NonNullable<Moved['cursor']>;

const nowhere: Omit<PersonPoint, 'ms'> = { is_here: false, song_id: null, cursor: null, scroll: null, is_typing: false };

/** Collects what is known of each person, with cursors as places in the texts of their moment. */
export class PersonPoints {
  readonly people = new Map<string, PersonPoint[]>();
  readonly #places: TextPlaces;
  /** Cursors at characters that have no number yet: a pointer is quicker than what was typed under it. */
  readonly #waiting = new Map<string, Moved>();

  constructor(places: TextPlaces) {
    this.#places = places;
  }

  /** Where everybody is now. */
  now(): PersonPoint[] {
    return [...this.people.values()].flatMap((points) => points.at(-1) ?? []);
  }

  /** @param steps how many are done */
  take(event: Exclude<TrackEvent, { type: 'permission_changed' }>, steps: number): void {
    const { user_id, ms } = event;
    const before = this.#lastOf(user_id);
    switch (event.type) {
      case 'user_joined':
        this.#put(user_id, { ...nowhere, ms, is_here: true });
        break;
      case 'user_left':
        this.#waiting.delete(user_id);
        this.#put(user_id, { ...nowhere, ms });
        break;
      case 'song_shown':
        this.#put(user_id, { ...before, ms, song_id: event.song_id });
        break;
      case 'cursor_moved': {
        const { scroll, is_typing } = event;
        const place = event.cursor === null ? null : this.#placeOf(event.cursor, steps);
        const isEarly = event.cursor !== null && place === null;
        if (isEarly) this.#waiting.set(user_id, event);
        else this.#waiting.delete(user_id);
        this.#put(user_id, { ...before, ms, cursor: isEarly ? before.cursor : place, scroll, is_typing });
      }
    }
  }

  /** Text came: what waited for it may have its place. */
  settle(ms: number, steps: number): void {
    for (const [userId, { cursor }] of this.#waiting) {
      const place = cursor === null ? null : this.#placeOf(cursor, steps);
      if (place === null) continue;
      this.#waiting.delete(userId);
      this.#put(userId, { ...this.#lastOf(userId), ms, cursor: place });
    }
  }

  #lastOf(userId: string): PersonPoint {
    return this.people.get(userId)?.at(-1) ?? { ...nowhere, ms: 0 };
  }

  #put(userId: string, point: PersonPoint): void {
    const points = this.people.get(userId);
    if (points === undefined) this.people.set(userId, [point]);
    else points.push(point);
  }

  #placeOf({ anchor, head }: Cursor, step: number): PersonPoint['cursor'] {
    const [from, to] = [this.#places.find(anchor), this.#places.find(head)];
    if (from === null || to === null || from.songId !== to.songId) return null;
    return { song_id: from.songId, anchor: from.index, head: to.index, step };
  }
}
