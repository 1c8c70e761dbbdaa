import { toHex, type RandomBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';

/** What can change: `s:` and a session's id, or `i:` and the address that invitations go to. */
export type Topic = `s:${string}` | `i:${string}`;

/**
 * When each thing changed last, by number; the newest 10,000. Nothing is said of what it became: whoever asks is told the
 * present state. A restart begins anew, and who comes back with a place of an older start fetches all.
 */
export class ChangeLog {
  readonly #start: string;
  /** Insertion order is order of change. */
  readonly #changes = new Map<Topic, number>();
  #n = 0;
  /** Changes up to here may have been forgotten. */
  #floor = 0;

  constructor(random: RandomBytes) {
    this.#start = toHex(random(8));
  }

  note(topic: Topic): number {
    this.#n += 1;
    this.#changes.delete(topic);
    this.#changes.set(topic, this.#n);
    if (this.#changes.size > limits.changesKept) {
      const [oldest, n] = this.#changes.entries().next().value ?? [topic, this.#n];
      this.#changes.delete(oldest);
      this.#floor = n;
    }
    return this.#n;
  }

  /** How a client names a place in it. */
  place(n = this.#n): string {
    return `${this.#start}.${n}`;
  }

  /** The number of a place; null when it is of another start, forgotten, or none. */
  read(place: string): number | null {
    const [start, digits = '', ...more] = place.split('.');
    const n = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
    return start === this.#start && more.length === 0 && n >= this.#floor && n <= this.#n ? n : null;
  }

  /** When this changed after `n`; null when it did not. */
  changedAfter(topic: Topic, n: number): number | null {
    const changed = this.#changes.get(topic);
    return changed !== undefined && changed > n ? changed : null;
  }
}
