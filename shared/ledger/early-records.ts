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

  keep(batch: RecordBatch): void {
    const ofLink = this.#kept.filter((other) => other.from === batch.from);
    if (ofLink.length >= limits.earlyRecordsPerLink) this.remove(ofLink[0]);
    this.#kept.push(batch);
  }

  /** True when it was still waiting. */
  remove(batch: RecordBatch | undefined): boolean {
    const before = this.#kept.length;
    this.#kept = this.#kept.filter((other) => other !== batch);
    return this.#kept.length < before;
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#kept = this.#kept.filter((other) => other.from !== link);
  }

  /** Takes out the first that is ready. */
  takeReady(isReady: (batch: RecordBatch) => boolean): RecordBatch | undefined {
    const ready = this.#kept.find(isReady);
    this.remove(ready);
    return ready;
  }
}
