import { limits } from '../../../shared/base/limits.ts';
import type { SharedPresence } from '../../../shared/session/presence-state.ts';
import type { Pointer } from '../../../shared/session/recording-schemas.ts';
import type { TrackEvent } from './chunk.ts';

const nowhere = (user_id: string): Pointer => ({ user_id, song_id: null, cursor: null, scroll: null, is_typing: false });

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Who is there and where they point, as a recording keeps it: at most ten times a second a person, whatever their windows tell. */
export class Track {
  readonly #people = new Map<string, Pointer>();
  #events: TrackEvent[] = [];
  /** The last event of each person that another one within the same moment replaces. */
  readonly #latest = new Map<string, TrackEvent>();

  get length(): number {
    return this.#events.length;
  }

  state(): Pointer[] {
    return [...this.#people.values()];
  }

  setPresent(users: ReadonlySet<string>, relativeMs: number): void {
    const [gone, come] = [
      [...this.#people.keys()].filter((userId) => !users.has(userId)),
      [...users].filter((userId) => !this.#people.has(userId)),
    ];
    for (const user_id of gone) {
      this.#people.delete(user_id);
      this.#latest.delete(user_id);
      this.#events.push({ type: 'user_left', user_id, relative_ms: relativeMs, data: {} });
    }
    for (const user_id of come) {
      this.#people.set(user_id, nowhere(user_id));
      this.#events.push({ type: 'user_joined', user_id, relative_ms: relativeMs, data: {} });
    }
  }

  /** A window of somebody told where it is; of several windows the last one counts. */
  setPointer(user_id: string, told: SharedPresence, relativeMs: number): void {
    const before = this.#people.get(user_id);
    if (before === undefined) return;
    const now: Pointer = {
      user_id,
      song_id: told.song_id ?? null,
      cursor: told.cursor ?? null,
      scroll: told.scroll ?? null,
      is_typing: told.is_typing ?? false,
    };
    if (isSame(before, now)) return;
    this.#people.set(user_id, now);
    if (before.song_id !== now.song_id) {
      this.#events.push({ type: 'song_shown', user_id, relative_ms: relativeMs, data: { song_id: now.song_id } });
      this.#latest.delete(user_id);
    }
    const data = { cursor: now.cursor, scroll: now.scroll, is_typing: now.is_typing };
    if (isSame({ cursor: before.cursor, scroll: before.scroll, is_typing: before.is_typing }, data)) return;
    const latest = this.#latest.get(user_id);
    if (latest !== undefined && relativeMs - latest.relative_ms < limits.recordingSampleMs) {
      latest.data = data;
      return;
    }
    const event: TrackEvent = { type: 'cursor_moved', user_id, relative_ms: relativeMs, data };
    this.#latest.set(user_id, event);
    this.#events.push(event);
  }

  /** What was noted since the last time. */
  take(): TrackEvent[] {
    const events = this.#events;
    this.#events = [];
    this.#latest.clear();
    return events;
  }
}
