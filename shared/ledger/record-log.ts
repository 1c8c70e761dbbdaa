import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { firstChain, keepHead, nextChain, type Head, type LedgerRecord } from './record.ts';

/** A record with its bytes, which the chain is over. */
export interface NumberedRecord {
  record: LedgerRecord;
  bytes: Bytes;
}

/** The records of one session from a base on: the beginning, or a checkpoint. Its chain is what heads are compared with. */
export class RecordLog {
  records: NumberedRecord[] = [];
  /** Signed heads above the base, thinned. */
  heads: Head[] = [];
  generation: number;
  #baseN = 0;
  #baseChain: Bytes;
  #chain: Bytes;

  constructor(sessionBytes: Bytes, generation: number) {
    this.generation = generation;
    this.#baseChain = firstChain(sessionBytes, generation);
    this.#chain = this.#baseChain;
  }

  /** Records up to here are not held: the base stands for them. */
  get baseN(): number {
    return this.#baseN;
  }

  get n(): number {
    return this.#baseN + this.records.length;
  }

  get chain(): Bytes {
    return this.#chain;
  }

  at(n: number): LedgerRecord | undefined {
    return this.records[n - this.#baseN - 1]?.record;
  }

  /** Records above `from` up to `to`. */
  between(from: number, to: number): NumberedRecord[] {
    return this.records.slice(Math.max(0, from - this.#baseN), to - this.#baseN);
  }

  /** The chain at a number that is held; null outside. */
  chainAt(n: number): Bytes | null {
    if (n < this.#baseN || n > this.n) return null;
    let chain = this.#baseChain;
    for (const { bytes } of this.between(this.#baseN, n)) chain = nextChain(chain, bytes);
    return chain;
  }

  /** Whether records begin at n + 1 and are what a genuine head was signed over. */
  isContinuedBy(batch: readonly NumberedRecord[], head: Head): boolean {
    let chain = this.#chain;
    for (const [at, { record, bytes }] of batch.entries()) {
      if (record.n !== this.n + at + 1) return false;
      chain = nextChain(chain, bytes);
    }
    return head.generation === this.generation && head.n === this.n + batch.length && equalBytes(chain, head.chain);
  }

  /** Takes records in order from n + 1 on; false, and none taken, when they do not continue or miss the head's chain. */
  append(batch: readonly NumberedRecord[], head: Head): boolean {
    if (!this.isContinuedBy(batch, head)) return false;
    this.records.push(...batch);
    this.#chain = head.chain;
    keepHead(this.heads, head);
    return true;
  }

  /** Whether a genuine head tells another history than the signed one that is here. R-AUT-5. */
  contradicts({ generation, n, chain }: Pick<Head, 'generation' | 'n' | 'chain'>): boolean {
    if (generation !== this.generation) return false;
    const own = n === this.n ? this.#chain : this.chainAt(n);
    return own !== null && !equalBytes(own, chain);
  }

  /** Lets go what a checkpoint at n stands for; answers the records that went. */
  trim(n: number): NumberedRecord[] {
    const chain = this.chainAt(n);
    if (chain === null) throw new RangeError(`${n} is not in the log`);
    const gone = this.records.splice(0, n - this.#baseN);
    this.#baseN = n;
    this.#baseChain = chain;
    this.heads = this.heads.filter((head) => head.n > n);
    return gone;
  }

  /** Begins again behind a checkpoint that is ahead. */
  restart({ generation, n, chain }: Pick<Head, 'generation' | 'n' | 'chain'>): void {
    this.generation = generation;
    this.records = [];
    this.heads = [];
    this.#baseN = n;
    this.#baseChain = chain;
    this.#chain = chain;
  }
}
