import type { Entry } from './entry.ts';
import { noHash } from './entry.ts';
import { toHex } from '../base/ids.ts';

const firstPrev = toHex(noHash);
const mostBranches = 2;

/** What is known of one stream: its entries by seq (two where the author contradicted itself), and how far it is numbered. */
export class StreamState {
  readonly name: string;
  /** Last sequenced entry; seq 0 when none is. */
  sequencedSeq = 0;
  sequencedHash = firstPrev;
  isClosed = false;
  /** Highest seq such that it and all before are here. */
  tip = 0;
  /** Last seq taken into the fold. */
  foldedSeq = 0;
  foldedHash = firstPrev;
  readonly #entries = new Map<number, Entry[]>();

  constructor(name: string) {
    this.name = name;
  }

  at(seq: number): readonly Entry[] {
    return this.#entries.get(seq) ?? [];
  }

  /** The entry that the next record or the fold expects after (seq, hash): two branches are no entry. R-ENT-3. */
  next(seq: number, hash: string): Entry | null {
    const candidates = this.at(seq + 1).filter((entry) => entry.prev === hash);
    return candidates.length === 1 ? (candidates[0] ?? null) : null;
  }

  /** Whether `entry` continues something that is here. */
  isChained(entry: Entry): boolean {
    if (entry.seq === 1) return entry.prev === firstPrev;
    if (entry.seq - 1 === this.sequencedSeq && entry.prev === this.sequencedHash) return true;
    return this.at(entry.seq - 1).some((before) => before.hash === entry.prev);
  }

  /**
   * Two branches prove that the author contradicted itself; of more the older ones go, so that the one that the authority
   * chose always finds room. Answers the one that went.
   */
  add(entry: Entry): Entry | null {
    const same = this.#entries.get(entry.seq);
    if (same === undefined) this.#entries.set(entry.seq, [entry]);
    else same.push(entry);
    while (this.#entries.has(this.tip + 1)) this.tip += 1;
    return same !== undefined && same.length > mostBranches ? (same.shift() ?? null) : null;
  }

  /** Entries after `seq` in order, both branches where there are two. */
  after(seq: number): Entry[] {
    const found: Entry[] = [];
    for (let at = seq + 1; at <= this.tip; at++) found.push(...this.at(at));
    return found;
  }

  resetFold(): void {
    this.foldedSeq = 0;
    this.foldedHash = firstPrev;
  }
}
