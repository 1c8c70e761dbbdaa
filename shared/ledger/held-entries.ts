import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import type { Entry } from './entry.ts';
import type { Link } from './link.ts';

/** Entries of devices that the statement does not know yet, by the link they came from; bounded. R-LIM-1. */
export class HeldEntries {
  readonly #held = new Map<Link, { entries: Entry[]; bytes: number }>();

  hold(entry: Entry, link: Link): void {
    const held = this.#held.get(link) ?? { entries: [], bytes: 0 };
    this.#held.set(link, held);
    held.entries.push(entry);
    held.bytes += entry.bytes.length;
    // Oldest dropped: heads heal it.
    while (held.bytes > limits.heldBytesPerLink) held.bytes -= held.entries.shift()?.bytes.length ?? held.bytes;
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#held.delete(link);
  }

  /** Hands all of them over, to be tried again. */
  take(): { link: Link; blocks: Bytes[] }[] {
    const taken = [...this.#held].map(([link, { entries }]) => ({ link, blocks: entries.map(({ bytes }) => bytes) }));
    this.#held.clear();
    return taken;
  }
}
