import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import { contentDigest } from './content-digest.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Mode } from './fold.ts';
import { Fold, foldOrigin } from './fold.ts';
import { foldStretch } from './fold-stretch.ts';
import { clientOf, foldFrom, ownersOf, type LedgerBase } from './ledger-base.ts';
import { pendingMode, type PendingJudge } from './pending-mode.ts';
import type { RecordLog } from './record-log.ts';
import { verdicts, type LedgerRecord } from './record.ts';
import { fitnessOf } from './structure.ts';
import type { StreamState } from './stream-state.ts';
import type { TextUpdate } from './update.ts';
import { encodeUpdate } from './update.ts';

const maxRebuilds = 1_000;

/** What is folded: the ledger. */
export interface FoldSource extends PendingJudge {
  readonly sessionBytes: Uint8Array<ArrayBuffer>;
  readonly base: LedgerBase | null;
  readonly log: RecordLog;
  entry(hash: string): Entry | undefined;
  recordOf(hash: string): LedgerRecord | undefined;
  stream(name: string): StreamState | undefined;
  streams(): Iterable<StreamState>;
  /** What of the base's list is here, by number. */
  recalled(): Entry[];
}

/**
 * The one fold of a ledger, kept up: records by number, then what is pending (R-DOC-1). It says when an entry must leave the
 * document or change in it, and builds it anew then (R-DOC-3).
 */
export class Folding {
  fold: Fold = new Fold();
  /** Grows when the document was rebuilt: bindings look at `fold.doc` anew. */
  version = 0;
  /** Own edits that are in the document but not signed yet: a rebuild must not lose them. */
  unsigned: readonly TextUpdate[] = [];
  /** Those of them that found no place when the document was built anew, each with the fold in which it stood. */
  readonly unplaced = new Map<TextUpdate, Fold>();
  /** Set by the author: local edits that are still being gathered become `unsigned`. R-DOC-3. */
  beforeRebuild: () => void = () => undefined;
  /** Set by who keeps drafts: entries without a record left the document, and where they can be read still. R-LOC-3. */
  afterLeaving: (entries: readonly Entry[], before: Fold) => void = () => undefined;
  /** Called before anybody can write in the new document, so that nothing typed in it goes unseen. */
  afterRebuild: () => void = () => undefined;
  readonly #source: FoldSource;
  readonly #applied = new Map<string, Mode>();
  /** Those of them without a record, in the order they were applied. */
  readonly #appliedPending = new Set<string>();
  /** Streams with entries that wait to be folded. */
  readonly #waiting = new Set<string>();
  /** What the ones of them wait for that were tried: whether it came. A device may leave a thousand streams waiting. R-LIM-1. */
  readonly #lacks = new Map<string, () => boolean>();
  readonly #bad = new Set<string>();
  /** The document holds a part of what does not fit as a whole. */
  #isTorn = false;
  /** Which stream a Yjs client id belongs to. */
  readonly #owners = new Map<number, string>();
  /** The document before it is built anew, with what had no record in it. */
  #before: { fold: Fold; pending: readonly Entry[] } | null = null;
  /** The document of the generation before, until all that is stored was offered to this one. */
  #past: Fold | null = null;
  #foldedN = 0;
  #mustRebuild = false;
  /** Nothing but records has been folded since the last rebuild. */
  #isFresh = true;

  constructor(source: FoldSource) {
    this.#source = source;
  }

  /** Whether the entry is in the fold, and how. */
  modeOf(hash: string): Mode | undefined {
    return this.#applied.get(hash);
  }

  /** Entries without a record are in the fold. */
  get hasPending(): boolean {
    return this.#appliedPending.size > 0;
  }

  /** Entries without a record that are in the fold, in the order they were applied. */
  pending(): Iterable<string> {
    return this.#appliedPending;
  }

  ownsClient(stream: string): boolean {
    return this.#owners.get(clientOf(stream, this.#source.sessionBytes)) === stream;
  }

  /** The next settling builds the document anew. */
  demandRebuild(): void {
    this.#mustRebuild = true;
  }

  /** Whether the document may differ from what the records make in their order, and nothing is in it that has none. */
  get isDoubtful(): boolean {
    return this.fold.isDoubtful && this.#appliedPending.size === 0 && this.unsigned.length === 0;
  }

  /**
   * Makes sure that the document is what the records make in their order: a changed program can write what Yjs puts in another
   * place when it comes in another order. R-DOC-4. Answers whether it was not: the next settling builds it anew.
   */
  verifyOrder(): boolean {
    if (!this.isDoubtful) return false;
    this.fold.isDoubtful = false;
    const again = foldFrom(this.#source.base, this.#source.recalled());
    const { log } = this.#source;
    const recorded = log.between(log.baseN, this.#foldedN);
    foldStretch(
      again,
      recorded.map(({ record }) => ({ record, entry: this.#source.entry(record.hash) ?? null })),
    );
    this.#mustRebuild ||= contentDigest(again) !== contentDigest(this.fold);
    again.doc.destroy();
    return this.#mustRebuild;
  }

  /** The stream has something that is not folded yet. */
  wait(stream: string): void {
    this.#waiting.add(stream);
    this.#lacks.delete(stream);
  }

  /** The statement changed: what is pending may count in another way now. */
  judgeAnew(): void {
    this.#lacks.clear();
    for (const hash of this.#appliedPending) {
      const entry = this.#source.entry(hash);
      if (entry !== undefined && pendingMode(entry, this.#source) !== this.#applied.get(hash)) this.#mustRebuild = true;
    }
    for (const stream of this.#source.streams()) if (stream.foldedSeq < stream.tip) this.#waiting.add(stream.name);
  }

  /** An own entry whose text is in the document already. */
  adopt(stream: StreamState, entry: Entry): void {
    this.#appliedPending.add(entry.hash);
    this.#noteApplied(stream, entry, 'whole');
  }

  /** An own edit is an entry now. Where it found no place it never was in this document, and can be read in the one before. R-LOC-6. */
  noteSigned(update: TextUpdate, entry: Entry): void {
    const before = this.unplaced.get(update);
    this.unplaced.delete(update);
    if (before !== undefined) this.afterLeaving([entry], before);
  }

  /** It has its record now. */
  noteRecord(hash: string): void {
    this.#appliedPending.delete(hash);
  }

  /** It stands in the base from now on. */
  letGo(hash: string): void {
    this.#applied.delete(hash);
  }

  /** The ledger begins elsewhere: nothing of what was folded holds. */
  restart(isNewGeneration: boolean): void {
    if (isNewGeneration) this.#past = this.fold;
    // In another generation what had a record may have none again, and lack what it stands on.
    this.#remember(this.#applied.keys());
    this.#appliedPending.clear();
    this.#waiting.clear();
    this.#lacks.clear();
    this.#mustRebuild = true;
  }

  /** Whether the stream can never be folded any further. */
  isHopeless(stream: StreamState): boolean {
    const next = stream.next(stream.foldedSeq, stream.foldedHash);
    // Its author said two things at once: neither can count any more. R-ENT-3.
    if (next === null) return stream.isBranchedAfter(stream.foldedSeq, stream.foldedHash);
    return this.#bad.has(next.hash) || this.#isStolen(next) || pendingMode(next, this.#source) === null;
  }

  /** Another stream was first to write with its Yjs client id. */
  #isStolen(entry: Entry): boolean {
    const owner = this.#owners.get(entry.clientId);
    return owner !== undefined && owner !== entry.stream && entry.kind === entryKinds.songUpdate;
  }

  /** Folds what can be folded now. Rebuilds when an entry changed its mode or left (R-DOC-3); own text that is not signed yet stays. */
  settle(): void {
    if (this.#foldedN === this.#source.log.n && this.#waiting.size === 0 && !this.#mustRebuild) return;
    const localClient = this.fold.doc.clientID;
    const { version } = this;
    this.fold.doc.clientID = 0;
    try {
      if (this.#mustRebuild) this.#rebuild();
      // Each turn takes what is torn out or puts records before pending entries: it ends, the bound is for what nobody thought of.
      for (let turn = 0; !this.#advance(); turn++) {
        if (turn > maxRebuilds) throw new Error('the fold does not settle');
      }
      if (this.fold.doc.store.pendingStructs !== null || this.fold.doc.store.pendingDs !== null)
        throw new Error('the document has pending parts: R-DOC-2 is broken');
    } finally {
      this.fold.doc.clientID = localClient;
      if (this.version !== version) this.afterRebuild();
    }
    const before = this.#before;
    this.#before = null;
    // What a checkpoint stands for is no entry here any more.
    const left = before?.pending.filter(({ hash }) => !this.#applied.has(hash) && this.#source.entry(hash) !== undefined) ?? [];
    if (before !== null && left.length > 0) this.afterLeaving(left, before.fold);
  }

  /** Stored entries of the generation before that this one can't take: something before them in their stream is without its words. R-ENT-6. */
  loseFromPast(entries: readonly Entry[]): void {
    if (this.#past !== null && entries.length > 0) this.afterLeaving(entries, this.#past);
    this.#past = null;
  }

  #remember(hashes: Iterable<string> = this.#appliedPending): void {
    const { fold } = this;
    this.#before ??= { fold, pending: [...hashes].flatMap((hash) => this.#source.entry(hash) ?? []) };
  }

  #rebuild(keepsBad = false): void {
    this.beforeRebuild();
    this.#remember();
    const { base, log, sessionBytes } = this.#source;
    this.#mustRebuild = false;
    this.#isFresh = true;
    this.fold = foldFrom(base, this.#source.recalled());
    this.version += 1;
    this.#applied.clear();
    this.#appliedPending.clear();
    this.#lacks.clear();
    if (!keepsBad) this.#bad.clear();
    this.#isTorn = false;
    this.#owners.clear();
    for (const [client, stream] of base === null ? [] : ownersOf(base, sessionBytes)) this.#owners.set(client, stream);
    this.#foldedN = log.baseN;
    for (const stream of this.#source.streams()) {
      stream.resetFold();
      if (stream.tip > 0) this.#waiting.add(stream.name);
    }
  }

  /** False when the fold must be rebuilt first. */
  #advance(): boolean {
    const { n } = this.#source.log;
    while (this.#foldedN < n) {
      const end = Math.min(n, this.#foldedN + limits.foldBatch);
      let fits = true;
      Y.transact(this.fold.doc, () => (fits = this.#foldRecords(end)), foldOrigin, false);
      if (!fits) {
        if (this.#isFresh) throw new Error(`record ${this.#foldedN + 1} does not apply to what the records before it made`);
        this.#rebuild();
        return false;
      }
    }
    return this.#foldPending();
  }

  #noteApplied(stream: StreamState, entry: Entry, mode: Mode): void {
    this.#applied.set(entry.hash, mode);
    if (entry.kind === entryKinds.songUpdate) this.#owners.set(entry.clientId, entry.stream);
    if (stream.foldedSeq >= entry.seq) return;
    stream.foldedSeq = entry.seq;
    stream.foldedHash = entry.hash;
  }

  #foldRecords(end: number): boolean {
    for (; this.#foldedN < end; this.#foldedN++) {
      const record = this.#source.log.at(this.#foldedN + 1);
      if (record === undefined || record.verdict === verdicts.close) continue;
      const entry = this.#source.entry(record.hash);
      const stream = this.#source.stream(record.stream);
      if (entry === undefined || stream === undefined) throw new Error(`record ${record.n} has no entry`);
      const mode: Mode = record.verdict === verdicts.ok ? 'whole' : 'skeleton';
      const applied = this.#applied.get(entry.hash);
      if (applied !== undefined && applied !== mode) return false;
      const owner = this.#owners.get(entry.clientId);
      if (applied === undefined) {
        if (owner !== undefined && owner !== entry.stream) return false;
        if (this.fold.apply(entry, mode, true, this.#appliedPending.size === 0) !== 'ok') return false;
      }
      this.#noteApplied(stream, entry, mode);
    }
    return true;
  }

  #foldPending(): boolean {
    // In the order of their names, so that of two streams that claim one client id all devices choose the same.
    let todo = [...this.#waiting].sort();
    this.#waiting.clear();
    for (let moved = true; moved && todo.length > 0;) {
      moved = false;
      const blocked: string[] = [];
      for (const name of todo) {
        if (this.#lacks.get(name)?.() === false) {
          blocked.push(name);
          continue;
        }
        this.#lacks.delete(name);
        const outcome = this.#foldStream(name);
        if (outcome.isBlocked) blocked.push(name);
        moved ||= outcome.moved;
      }
      todo = blocked;
    }
    for (const name of todo) this.#waiting.add(name);
    // All that is torn goes at once: whoever wrote a thousand such entries would have the document built anew a thousand times. What
    // was found bad beside such parts stays so until its record.
    if (this.#isTorn) {
      this.#rebuild(true);
      return false;
    }
    if (this.#isFresh) this.#applyUnsigned();
    this.#isFresh = false;
    return true;
  }

  #foldStream(name: string): { moved: boolean; isBlocked: boolean } {
    const stream = this.#source.stream(name);
    if (stream === undefined) return { moved: false, isBlocked: false };
    for (let moved = false; ; moved = true) {
      const entry = stream.next(stream.foldedSeq, stream.foldedHash);
      const isRecorded = entry !== null && this.#source.recordOf(entry.hash) !== undefined;
      if (entry === null || this.#bad.has(entry.hash) || (stream.isClosed && !isRecorded)) return { moved, isBlocked: false };
      const mode = pendingMode(entry, this.#source);
      if (mode === null || this.#isStolen(entry)) return { moved, isBlocked: false };
      const fitness = this.fold.apply(entry, mode, false);
      if (fitness === 'missing') {
        this.#lacks.set(name, this.fold.lackOf(entry, mode));
        return { moved, isBlocked: true };
      }
      if (fitness !== 'ok') {
        this.#bad.add(entry.hash);
        this.#isTorn ||= fitness === 'torn';
        return { moved, isBlocked: false };
      }
      this.#appliedPending.add(entry.hash);
      this.#noteApplied(stream, entry, mode);
    }
  }

  /** After a rebuild: own edits on their way to become entries stay in the document. */
  #applyUnsigned(): void {
    for (const update of this.unsigned) {
      if (fitnessOf(this.fold.doc, update) === 'ok') Y.applyUpdate(this.fold.doc, encodeUpdate(update), foldOrigin);
      else if (this.#before !== null && !this.unplaced.has(update)) this.unplaced.set(update, this.#before.fold);
    }
  }
}
