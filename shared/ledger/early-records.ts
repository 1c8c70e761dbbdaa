import { limits } from '../base/limits.ts';
import type { Link } from './link.ts';
import type { Head } from './record.ts';
import type { NumberedRecord } from './record-log.ts';

/** A batch of records under a verified head. */
export interface RecordBatch {
  firstN: number;
  batch: readonly NumberedRecord[];
  head: Head;
  from: Link;
}

/** Records that overtook their entries, bounded for each link they came from. */
export class EarlyRecords {
  #kept: RecordBatch[] = [];
  /** What is lacking of those whose entries are asked for, by batch. */
  readonly #asked = new Map<RecordBatch, ReadonlySet<string>>();

  /** False when the same ones wait already: heads bring them again and again. */
  keep(batch: RecordBatch): boolean {
    const ofLink = this.#kept.filter((other) => other.from === batch.from);
    if (ofLink.some(({ firstN, head }) => firstN === batch.firstN && head.n === batch.head.n)) return false;
    if (ofLink.length >= limits.earlyRecordsPerLink) this.remove(ofLink[0]);
    this.#kept.push(batch);
    return true;
  }

  /** True when it was still waiting. */
  remove(batch: RecordBatch | undefined): boolean {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter((other) => other !== batch);
    if (batch !== undefined) this.#asked.delete(batch);
    return this.#kept.length < before;
  }

  isWaiting(batch: RecordBatch): boolean {
    return this.#kept.includes(batch);
  }

  /**
   * Notes what is asked for, of a batch that is what its head was signed over. False when no less is lacking than at the
   * last time: nothing comes.
   */
  ask(batch: RecordBatch, lacking: readonly string[]): boolean {
    const before = this.#asked.get(batch);
    if (lacking.length === 0 || (before !== undefined && before.size <= lacking.length)) return false;
    this.#asked.set(batch, new Set(lacking));
    return true;
  }

  /** Whether the entry has a record under a signed head, which waits for it: nobody judges it any more. */
  names(hash: string): boolean {
    return [...this.#asked.values()].some((lacking) => lacking.has(hash));
  }

  /** The link is gone. */
  drop(link: Link): void {
    for (const batch of this.#kept.filter(({ from }) => from === link)) this.remove(batch);
  }

  /** Takes out the first that is ready. */
  takeReady(isReady: (batch: RecordBatch) => boolean): RecordBatch | undefined {
    const ready = this.#kept.find(isReady);
    this.remove(ready);
    return ready;
  }
}
