import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import type { Entry } from './entry.ts';
import type { Link } from './link.ts';

interface Held {
  entry: Entry;
  /** Grows with each that is held: the lowest is the oldest. */
  at: number;
}

interface Shelf {
  held: Held[];
  bytes: number;
}

/**
 * Entries of devices that the statement does not know yet, by the link they came from. Whose they are nobody can say, so they
 * count for the device that brought them, which has proved itself: its windows together have one bound. R-LIM-1.
 */
export class HeldEntries {
  readonly #shelves = new Map<Link, Shelf>();
  #count = 0;

  hold(entry: Entry, link: Link): void {
    const shelf = this.#shelves.get(link) ?? { held: [], bytes: 0 };
    this.#shelves.set(link, shelf);
    shelf.held.push({ entry, at: this.#count++ });
    shelf.bytes += entry.bytes.length;
    // Oldest dropped: heads heal it.
    while (shelf.bytes > limits.heldBytesPerLink) dropOldest(shelf);
    for (let all = this.#shelvesOf(link.device); bytesOf(all) > limits.heldBytesPerDevice; all = this.#shelvesOf(link.device)) {
      const oldest = all.toSorted((a, b) => ageOf(a) - ageOf(b))[0];
      if (oldest !== undefined) dropOldest(oldest);
    }
  }

  #shelvesOf(device: string): Shelf[] {
    return [...this.#shelves].flatMap(([link, shelf]) => (link.device === device ? shelf : []));
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#shelves.delete(link);
  }

  /** Hands all of them over, to be tried again. */
  take(): { link: Link; blocks: Bytes[] }[] {
    const taken = [...this.#shelves].map(([link, { held }]) => ({ link, blocks: held.map(({ entry }) => entry.bytes) }));
    this.#shelves.clear();
    return taken;
  }
}

function bytesOf(shelves: readonly Shelf[]): number {
  return shelves.reduce((sum, { bytes }) => sum + bytes, 0);
}

function ageOf({ held }: Shelf): number {
  return held[0]?.at ?? Infinity;
}

function dropOldest(shelf: Shelf): void {
  shelf.bytes -= shelf.held.shift()?.entry.bytes.length ?? shelf.bytes;
}
