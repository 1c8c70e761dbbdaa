import * as Y from 'yjs';
import type { PersonPoint } from './playback.ts';
import type { TrackEvent } from './track-event.ts';

type Moved = Extract<TrackEvent, { type: 'cursor_moved' }>;
type Cursor = NonNullable<Moved['cursor']>;

const nowhere: Omit<PersonPoint, 'ms'> = { is_here: false, song_id: null, cursor: null, scroll: null, is_typing: false };

/** Collects what is known of each person, with cursors as places in the texts of their moment. */
export class PersonPoints {
  readonly people = new Map<string, PersonPoint[]>();
  readonly #doc: Y.Doc;
  readonly #songOf: (text: unknown) => string | undefined;
  /** Cursors at characters that have no number yet: a pointer is quicker than what was typed under it. */
  readonly #waiting = new Map<string, Moved>();

  /** @param songOf the song of a text of the document */
  constructor(doc: Y.Doc, songOf: (text: unknown) => string | undefined) {
    this.#doc = doc;
    this.#songOf = songOf;
  }

  /** Where everybody is now. */
  now(): PersonPoint[] {
    return [...this.people.values()].flatMap((points) => points.at(-1) ?? []);
  }

  /** @param steps how many are done */
  take(event: TrackEvent, steps: number): void {
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
    const [from, to] = [this.#indexOf(anchor), this.#indexOf(head)];
    if (from === null || to === null || from.song_id !== to.song_id) return null;
    return { song_id: from.song_id, anchor: from.index, head: to.index, step };
  }

  #indexOf(position: Cursor['head']): { song_id: string; index: number } | null {
    // Of a text that is not here Yjs would make an empty one.
    const { tname } = position;
    if (typeof tname === 'string' && !this.#doc.share.has(tname)) return null;
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), this.#doc);
      const song_id = found === null ? undefined : this.#songOf(found.type);
      return found === null || song_id === undefined ? null : { song_id, index: found.index };
    } catch {
      // It was told by somebody's program: what Yjs cannot follow is nowhere.
      return null;
    }
  }
}
