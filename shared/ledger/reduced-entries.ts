import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import type { Entry } from './entry.ts';
import type { Link } from './link.ts';
import type { LedgerRecord } from './record.ts';
import { standsUnder } from './reduced-entry.ts';

interface Held {
  entries: Map<string, Entry>;
  streams: Set<string>;
  bytes: number;
}

/**
 * Entries that came without their payload, until a record names them: nothing of them can be judged, and nothing else is
 * ever asked of them. What follows one in its stream waits with it. By the link they came from, bounded. R-ENT-6, R-AUT-4, R-LIM-1.
 */
export class ReducedEntries {
  readonly #held = new Map<Link, Held>();

  hold(entry: Entry, link: Link): void {
    const held = this.#held.get(link) ?? { entries: new Map<string, Entry>(), streams: new Set<string>(), bytes: 0 };
    this.#held.set(link, held);
    if (held.entries.has(entry.hash)) return;
    held.entries.set(entry.hash, entry);
    held.streams.add(entry.stream);
    held.bytes += entry.bytes.length;
    // Oldest dropped: heads heal it.
    for (const [hash, { bytes }] of held.entries) {
      if (held.bytes <= limits.reducedBytesPerLink) break;
      held.entries.delete(hash);
      held.bytes -= bytes.length;
    }
  }

  /** Whether something of this stream waits that came over the link. */
  hasOf(stream: string, link: Link): boolean {
    return this.#held.get(link)?.streams.has(stream) ?? false;
  }

  /** The one that the record names, where its form may stand under it. */
  of(record: LedgerRecord): Entry | undefined {
    for (const { entries } of this.#held.values()) {
      const entry = entries.get(record.hash);
      if (entry !== undefined && standsUnder(entry, record)) return entry;
    }
    return undefined;
  }

  /** Hands over what waits whole behind one that has its record now, to be tried again. */
  takeWhole(): { link: Link; blocks: Bytes[] }[] {
    return [...this.#held].flatMap(([link, held]) => {
      const whole = [...held.entries.values()].filter(({ form }) => form === 'whole');
      for (const { hash, bytes } of whole) {
        held.entries.delete(hash);
        held.bytes -= bytes.length;
      }
      return whole.length === 0 ? [] : { link, blocks: whole.map(({ bytes }) => bytes) };
    });
  }

  /** They are in the ledger, or will never be. */
  forget(records: readonly { record: LedgerRecord }[]): void {
    for (const [link, held] of this.#held) {
      for (const { record } of records) {
        held.bytes -= held.entries.get(record.hash)?.bytes.length ?? 0;
        held.entries.delete(record.hash);
      }
      if (held.entries.size === 0) this.#held.delete(link);
    }
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#held.delete(link);
  }
}
