import type { Entry } from './entry.ts';
import { noHash } from './entry.ts';
import { toHex } from '../base/ids.ts';

const firstPrev = toHex(noHash);

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
  /** Lowest seq above the sequenced one at which the author contradicted itself; 0: none. R-ENT-3. */
  branchedAt = 0;
  readonly #entries = new Map<number, Entry[]>();
  #base = { seq: 0, hash: firstPrev };

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

  /** Whether what follows (seq, hash) is two branches. */
  isBranchedAfter(seq: number, hash: string): boolean {
    return this.at(seq + 1).filter((entry) => entry.prev === hash).length > 1;
  }

  /** Whether `entry` continues something that is here. */
  isChained(entry: Entry): boolean {
    if (entry.seq === 1) return entry.prev === firstPrev;
    if (entry.seq - 1 === this.sequencedSeq && entry.prev === this.sequencedHash) return true;
    return this.at(entry.seq - 1).some((before) => before.hash === entry.prev);
  }

  add(entry: Entry): void {
    const same = this.#entries.get(entry.seq);
    if (same === undefined) this.#entries.set(entry.seq, [entry]);
    else same.push(entry);
    if (same !== undefined && (this.branchedAt === 0 || entry.seq < this.branchedAt)) this.branchedAt = entry.seq;
    while (this.#entries.has(this.tip + 1)) this.tip += 1;
  }

  /** The same entry in another form. */
  replace(entry: Entry): void {
    const same = this.#entries.get(entry.seq);
    if (same !== undefined)
      this.#entries.set(
        entry.seq,
        same.map((other) => (other.hash === entry.hash ? entry : other)),
      );
  }

  /** Makes room for one more branch at this seq; answers the one that went. */
  dropBranch(seq: number): Entry | undefined {
    return this.#entries.get(seq)?.shift();
  }

  /** The entry was sequenced: other branches, and what follows on them, will never count. Answers those, now forgotten. */
  sequenced(seq: number, hash: string): Entry[] {
    this.sequencedSeq = seq;
    this.sequencedHash = hash;
    if (this.branchedAt === 0 || this.branchedAt > seq) return [];
    const dead: Entry[] = [];
    let alive = new Set([hash]);
    for (let at = seq; at <= this.tip; at++) {
      const isAlive = (entry: Entry): boolean => (at === seq ? entry.hash === hash : alive.has(entry.prev));
      const kept = this.at(at).filter(isAlive);
      dead.push(...this.at(at).filter((entry) => !isAlive(entry)));
      if (kept.length > 0) this.#entries.set(at, kept);
      else this.#entries.delete(at);
      alive = new Set(kept.map((entry) => entry.hash));
    }
    this.tip = seq;
    while (this.#entries.has(this.tip + 1)) this.tip += 1;
    this.branchedAt = 0;
    for (let at = this.tip; at > seq; at--) if (this.at(at).length > 1) this.branchedAt = at;
    return dead;
  }

  /** Entries after `seq` in order, both branches where there are two. */
  after(seq: number): Entry[] {
    const found: Entry[] = [];
    for (let at = seq + 1; at <= this.tip; at++) found.push(...this.at(at));
    return found;
  }

  /** What goes up to (seq, hash) stands in a checkpoint: it is neither held nor folded one by one. */
  beginAfter(seq: number, hash: string): void {
    this.#base = { seq, hash };
    for (const at of this.#entries.keys()) if (at <= seq) this.#entries.delete(at);
    if (this.sequencedSeq < seq) [this.sequencedSeq, this.sequencedHash] = [seq, hash];
    if (this.foldedSeq < seq) [this.foldedSeq, this.foldedHash] = [seq, hash];
    this.tip = Math.max(this.tip, seq);
  }

  resetFold(): void {
    this.foldedSeq = this.#base.seq;
    this.foldedHash = this.#base.hash;
  }
}
