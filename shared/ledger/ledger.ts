import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import { uuidToBytes } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { BaseStream } from './checkpoint-body.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Mode } from './fold.ts';
import { Fold, foldOrigin } from './fold.ts';
import { forkOf, type ForkProof } from './fork-proof.ts';
import { clientOf, foldFrom, ownersOf, recordFromBase, streamsOf, type LedgerBase } from './ledger-base.ts';
import { PendingBounds } from './pending-bounds.ts';
import { pendingMode } from './pending-mode.ts';
import { RecordLog } from './record-log.ts';
import { verdicts, type Head, type LedgerRecord } from './record.ts';
import { isNewer, type Statement, type StatementDevice } from './statement.ts';
import { deviceOfStream } from './stream.ts';
import { fitnessOf } from './structure.ts';
import { StreamState } from './stream-state.ts';
import type { TextUpdate } from './update.ts';
import { encodeUpdate } from './update.ts';

const maxRebuilds = 1_000;
const mostBranches = 2;

/** What became of an offered entry. Only `accepted` ones are stored and forwarded; none of these is a strike. */
export type Acceptance = 'accepted' | 'known' | 'gap' | 'not-chained' | 'unknown-device' | 'not-permitted' | 'no-room' | 'closed';

/**
 * Everything that one device (or the authority) knows of one session, and the fold over it. Pure: signatures were checked
 * before, storing and sending is the caller's. Rules: ledger.md, R-DOC, R-ENT.
 */
export class Ledger {
  readonly sessionId: string;
  readonly sessionBytes: Bytes;
  /** The authority's own device id, hex: its streams carry attested entries and are known without listing. */
  readonly authorityDevice: string;
  statement: Statement | null = null;
  fold: Fold = new Fold();
  /** Grows when the document was rebuilt: bindings look at `fold.doc` anew. */
  version = 0;
  head: Head | null = null;
  /** Where it begins; null: at the beginning. */
  base: LedgerBase | null = null;
  readonly log: RecordLog;
  /** The newest one that is here: for whoever asks. */
  checkpoint: Checkpoint | null = null;
  readonly #entries = new Map<string, Entry>();
  readonly #streams = new Map<string, StreamState>();
  readonly #recordOf = new Map<string, LedgerRecord>();
  readonly #devices = new Map<string, StatementDevice>();
  readonly #applied = new Map<string, Mode>();
  /** Those of them without a record, in the order they were applied. */
  readonly #appliedPending = new Set<string>();
  /** Streams with entries that wait to be folded. */
  readonly #waiting = new Set<string>();
  readonly #bad = new Set<string>();
  /** Streams with entries that have no record. */
  readonly #unnumbered = new Set<string>();
  readonly #bounds = new PendingBounds();
  readonly #forks: ForkProof[] = [];
  /** Which stream a Yjs client id belongs to. */
  readonly #owners = new Map<number, string>();
  #foldedN = 0;
  #mustRebuild = false;
  /** Nothing but records has been folded since the last rebuild. */
  #isFresh = true;
  /** Own edits that are in the document but not signed yet: a rebuild must not lose them. */
  unsigned: readonly TextUpdate[] = [];
  /** Set by who keeps drafts: entries that they derive from are let go next. R-LOC-3. */
  beforeDrop: (base: LedgerBase) => void = () => undefined;
  /** Set by the author: local edits that are still being gathered become `unsigned`. R-DOC-3. */
  beforeRebuild: () => void = () => undefined;
  /** Called before anybody can write in the new document, so that nothing typed in it goes unseen. */
  afterRebuild: () => void = () => undefined;

  constructor(sessionId: string, authorityDevice: string, generation = 1) {
    this.sessionId = sessionId;
    this.sessionBytes = uuidToBytes(sessionId);
    this.authorityDevice = authorityDevice;
    this.log = new RecordLog(this.sessionBytes, generation);
  }

  get n(): number {
    return this.log.n;
  }

  get chain(): Bytes {
    return this.log.chain;
  }

  /** Records above the base. */
  get records(): readonly { record: LedgerRecord; bytes: Bytes }[] {
    return this.log.records;
  }

  get generation(): number {
    return this.log.generation;
  }

  entry(hash: string): Entry | undefined {
    return this.#entries.get(hash);
  }

  recordOf(hash: string): LedgerRecord | undefined {
    return this.#recordOf.get(hash);
  }

  stream(name: string): StreamState | undefined {
    return this.#streams.get(name);
  }

  streams(): IterableIterator<StreamState> {
    return this.#streams.values();
  }

  device(deviceId: string): StatementDevice | undefined {
    return this.#devices.get(deviceId);
  }

  /** Whether the entry is in the fold, and how. */
  modeOf(hash: string): Mode | undefined {
    return this.#applied.get(hash);
  }

  /** Takes a verified statement; true when it is newer than the one known. */
  setStatement(statement: Statement): boolean {
    if (!isNewer(statement.claims, this.statement?.claims ?? null)) return false;
    this.statement = statement;
    this.#devices.clear();
    for (const device of statement.claims.devices) this.#devices.set(device.device_id, device);
    for (const hash of this.#appliedPending) {
      const entry = this.#entries.get(hash);
      if (entry !== undefined && this.#pendingMode(entry) !== this.#applied.get(hash)) this.#mustRebuild = true;
    }
    for (const stream of this.#streams.values()) if (stream.foldedSeq < stream.tip) this.#waiting.add(stream.name);
    return true;
  }

  #pendingMode(entry: Entry): Mode | null {
    return pendingMode(entry, this);
  }

  /** Whether an entry's author may be known: attested entries by the authority's key, others by the statement. */
  keyOf(entry: Entry): 'authority' | StatementDevice | null {
    if (entry.kind === entryKinds.attested) return entry.device === this.authorityDevice ? 'authority' : null;
    return this.#devices.get(entry.device) ?? null;
  }

  /**
   * Offers an entry whose signature was verified (R-ENT-1: chained, then permitted). It is folded by `settle`.
   * @param isOwn made in this window: it is kept whatever the statement says, for what follows it builds on it
   * @param isFromAuthority it came from who decides: of several branches it is the one that may get its record
   * @param isInDocument its text is in the document already
   */
  accept(entry: Entry, isOwn = false, isFromAuthority = false, isInDocument = isOwn): Acceptance {
    if (this.#entries.has(entry.hash)) return 'known';
    const stream = this.#streams.get(entry.stream) ?? new StreamState(entry.stream);
    if (!isOwn && this.keyOf(entry) === null) return 'unknown-device';
    const isRecorded = this.#recordOf.has(entry.hash);
    if (!isRecorded) {
      if (stream.isClosed && entry.seq > stream.sequencedSeq && !isOwn) return 'closed';
      // Its number is taken by a sequenced one: it can never count. R-ENT-3.
      if (entry.seq <= stream.sequencedSeq) {
        this.#noteFork(entry, stream.at(entry.seq));
        return 'not-chained';
      }
      if (!stream.isChained(entry)) return entry.seq > stream.tip + 1 ? 'gap' : 'not-chained';
      if (this.#pendingMode(entry) === null && !isOwn) return 'not-permitted';
      if (!isOwn && !this.#bounds.hasRoomFor(entry)) return 'no-room';
      // Two branches are the proof; more are only a burden.
      if (stream.at(entry.seq).length >= mostBranches) {
        if (!isFromAuthority) return 'no-room';
        this.#forget([stream.dropBranch(entry.seq)]);
      }
      this.#bounds.add(entry);
    }
    this.#streams.set(entry.stream, stream);
    this.#entries.set(entry.hash, entry);
    const rivals = [...stream.at(entry.seq)];
    this.#noteFork(entry, rivals);
    stream.add(entry);
    if (!isRecorded && !stream.isClosed) this.#unnumbered.add(entry.stream);
    const isText = isInDocument && entry.kind === entryKinds.songUpdate;
    // A rebuild may have left it out, because what it builds on waits for something: then it waits too.
    const isThere = isText && stream.foldedSeq === entry.seq - 1 && this.fold.holds(entry);
    const isLate = isText && this.statement !== null && (stream.isClosed || !isThere || this.#pendingMode(entry) !== 'whole');
    if (isText && !isLate) this.#adopt(stream, entry);
    else {
      // Typed just before the right to write went, or its stream was closed: it is kept for the draft, and leaves the document.
      if (isLate) this.#mustRebuild = true;
      // A second branch: the first leaves the fold as well, unless it has its record. R-ENT-3.
      if (rivals.some((rival) => this.#applied.has(rival.hash) && !this.#recordOf.has(rival.hash))) this.#mustRebuild = true;
      this.#waiting.add(entry.stream);
    }
    return 'accepted';
  }

  #noteFork(entry: Entry, rivals: readonly Entry[]): void {
    for (const rival of rivals) {
      const proof = forkOf(entry, rival);
      if (proof !== null) this.#forks.push(proof);
    }
  }

  /** What contradicts itself among the entries that were offered since the last call. R-ENT-3. */
  takeForks(): ForkProof[] {
    return this.#forks.splice(0);
  }

  #forget(entries: readonly (Entry | undefined)[]): void {
    for (const entry of entries) {
      if (entry === undefined) continue;
      this.#entries.delete(entry.hash);
      this.#bounds.remove(entry);
      if (this.#applied.has(entry.hash)) this.#mustRebuild = true;
    }
  }

  #adopt(stream: StreamState, entry: Entry): void {
    this.#applied.set(entry.hash, 'whole');
    this.#appliedPending.add(entry.hash);
    this.#owners.set(entry.clientId, entry.stream);
    stream.foldedSeq = entry.seq;
    stream.foldedHash = entry.hash;
  }

  /**
   * Takes records that a verified head covers, in order from n + 1 on; their entries must be here.
   * False, and none taken, when they do not continue, name unknown entries, or miss the head's chain.
   */
  acceptRecords(batch: readonly { record: LedgerRecord; bytes: Bytes }[], head: Head): boolean {
    const isLacking = ({ record }: { record: LedgerRecord }): boolean =>
      record.verdict !== verdicts.close && !this.#entries.has(record.hash);
    if (batch.some(isLacking) || !this.log.append(batch, head)) return false;
    for (const { record } of batch) this.#takeRecord(record);
    this.head = head;
    return true;
  }

  #takeRecord(record: LedgerRecord): void {
    const stream = this.#streams.get(record.stream) ?? new StreamState(record.stream);
    this.#streams.set(record.stream, stream);
    if (record.verdict === verdicts.close) {
      stream.isClosed = true;
      this.#unnumbered.delete(stream.name);
      if (stream.foldedSeq > record.seq) this.#mustRebuild = true;
      return;
    }
    this.#recordOf.set(record.hash, record);
    this.#appliedPending.delete(record.hash);
    const entry = this.#entries.get(record.hash);
    if (entry !== undefined) this.#bounds.remove(entry);
    this.#forget(stream.sequenced(record.seq, record.hash));
    if (stream.tip <= record.seq) this.#unnumbered.delete(stream.name);
  }

  /**
   * Begins at a checkpoint that is ahead, or of a newer generation: records and entries before it need not be here. What
   * is behind it stays pending. Settle afterwards.
   */
  beginAt(base: LedgerBase): void {
    this.beforeDrop(base);
    const streams = new Map(streamsOf(base).map((stream) => [stream.name, stream]));
    const rest = [...this.#streams.values()].flatMap((stream) => stream.after(streams.get(stream.name)?.sequencedSeq ?? 0));
    const listed = this.#recalled().concat([...this.#entries.values()].filter(({ hash }) => base.counted.has(hash)));
    this.base = base;
    this.head = null;
    this.log.restart(base.head);
    for (const held of [this.#entries, this.#recordOf, this.#appliedPending, this.#waiting, this.#unnumbered, this.#streams]) held.clear();
    this.#bounds.clear();
    for (const [name, stream] of streams) this.#streams.set(name, stream);
    for (const entry of rest) this.accept(entry);
    this.recall(listed);
    this.#mustRebuild = true;
  }

  /** Lets go what stands in a checkpoint that was passed already: records, entries. False when it tells another history. */
  trimTo(base: LedgerBase): boolean {
    const chain = this.log.chainAt(base.head.n);
    if (base.head.generation !== this.generation || chain === null || !equalBytes(chain, base.head.chain)) return false;
    this.beforeDrop(base);
    this.settle();
    for (const { record } of this.log.trim(base.head.n)) {
      if (base.counted.has(record.hash)) continue;
      for (const held of [this.#entries, this.#applied, this.#recordOf]) held.delete(record.hash);
    }
    for (const { stream, seq, hash } of base.body.streams) this.#streams.get(stream)?.beginAfter(seq, hash);
    this.base = base;
    return true;
  }

  /** Takes entries that the base lists, whoever brought them: their hash proves them. Answers the ones that were lacking. */
  recall(entries: readonly Entry[]): Entry[] {
    const { base } = this;
    const found = entries.filter(({ hash }) => base?.counted.has(hash) === true && !this.#entries.has(hash));
    if (base === null || found.length === 0) return [];
    for (const entry of found) {
      this.#entries.set(entry.hash, entry);
      this.#recordOf.set(entry.hash, recordFromBase(base, entry));
    }
    this.fold.recall(this.#recalled());
    return found;
  }

  /** What of the base's list is here, by number. */
  #recalled(): Entry[] {
    return [...(this.base?.counted.keys() ?? [])].flatMap((hash) => this.#entries.get(hash) ?? []);
  }

  /** Hashes of what the base lists and is not here. */
  lacking(most: number): string[] {
    const hashes = [...(this.base?.counted.keys() ?? [])];
    return hashes.filter((hash) => !this.#entries.has(hash)).slice(0, most);
  }

  /** Folds what can be folded now. Rebuilds when an entry changed its mode or left (R-DOC-3); own text that is not signed yet stays. */
  settle(): void {
    if (this.#foldedN === this.n && this.#waiting.size === 0 && !this.#mustRebuild) return;
    const localClient = this.fold.doc.clientID;
    const { version } = this;
    this.fold.doc.clientID = 0;
    try {
      if (this.#mustRebuild) this.#rebuild();
      // Each turn takes a torn entry out or puts records before pending entries: it ends, the bound is for what nobody thought of.
      for (let turn = 0; !this.#advance(); turn++) {
        if (turn > maxRebuilds) throw new Error('the fold does not settle');
      }
      if (this.fold.doc.store.pendingStructs !== null || this.fold.doc.store.pendingDs !== null)
        throw new Error('the document has pending parts: R-DOC-2 is broken');
    } finally {
      this.fold.doc.clientID = localClient;
      if (this.version !== version) this.afterRebuild();
    }
  }

  #rebuild(torn: Entry | null = null): void {
    this.beforeRebuild();
    this.#mustRebuild = false;
    this.#isFresh = true;
    this.fold = foldFrom(this.base, this.#recalled());
    this.version += 1;
    this.#applied.clear();
    this.#appliedPending.clear();
    if (torn === null) this.#bad.clear();
    else this.#bad.add(torn.hash);
    this.#owners.clear();
    for (const [client, stream] of this.base === null ? [] : ownersOf(this.base, this.sessionBytes)) this.#owners.set(client, stream);
    this.#foldedN = this.log.baseN;
    for (const stream of this.#streams.values()) {
      stream.resetFold();
      if (stream.tip > 0) this.#waiting.add(stream.name);
    }
  }

  /** False when the fold must be rebuilt first. */
  #advance(): boolean {
    while (this.#foldedN < this.n) {
      const end = Math.min(this.n, this.#foldedN + limits.foldBatch);
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

  #foldRecords(end: number): boolean {
    for (; this.#foldedN < end; this.#foldedN++) {
      const record = this.log.at(this.#foldedN + 1);
      if (record === undefined || record.verdict === verdicts.close) continue;
      const entry = this.#entries.get(record.hash);
      const stream = this.#streams.get(record.stream);
      if (entry === undefined || stream === undefined) throw new Error(`record ${record.n} has no entry`);
      const mode: Mode = record.verdict === verdicts.ok ? 'whole' : 'skeleton';
      const applied = this.#applied.get(entry.hash);
      if (applied !== undefined && applied !== mode) return false;
      const owner = this.#owners.get(entry.clientId);
      if (applied === undefined) {
        if (owner !== undefined && owner !== entry.stream) return false;
        if (this.fold.apply(entry, mode, true) !== 'ok') return false;
        this.#applied.set(entry.hash, mode);
      }
      if (entry.kind === entryKinds.songUpdate) this.#owners.set(entry.clientId, entry.stream);
      if (stream.foldedSeq < entry.seq) {
        stream.foldedSeq = entry.seq;
        stream.foldedHash = entry.hash;
      }
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
        const outcome = this.#foldStream(name);
        if (outcome === 'rebuild') return false;
        if (outcome.isBlocked) blocked.push(name);
        moved ||= outcome.moved;
      }
      todo = blocked;
    }
    for (const name of todo) this.#waiting.add(name);
    if (this.#isFresh) this.#applyUnsigned();
    this.#isFresh = false;
    return true;
  }

  #foldStream(name: string): 'rebuild' | { moved: boolean; isBlocked: boolean } {
    const stream = this.#streams.get(name);
    if (stream === undefined) return { moved: false, isBlocked: false };
    for (let moved = false; ; moved = true) {
      const entry = stream.next(stream.foldedSeq, stream.foldedHash);
      const isRecorded = entry !== null && this.#recordOf.has(entry.hash);
      if (entry === null || this.#bad.has(entry.hash) || (stream.isClosed && !isRecorded)) return { moved, isBlocked: false };
      const mode = this.#pendingMode(entry);
      if (mode === null) return { moved, isBlocked: false };
      const owner = this.#owners.get(entry.clientId);
      if (owner !== undefined && owner !== name && entry.kind === entryKinds.songUpdate) return { moved, isBlocked: false };
      const fitness = this.fold.apply(entry, mode, false);
      if (fitness === 'missing') return { moved, isBlocked: true };
      if (fitness === 'bad') this.#bad.add(entry.hash);
      if (fitness === 'torn') this.#rebuild(entry);
      if (fitness !== 'ok') return fitness === 'torn' ? 'rebuild' : { moved, isBlocked: false };
      this.#applied.set(entry.hash, mode);
      this.#appliedPending.add(entry.hash);
      if (entry.kind === entryKinds.songUpdate) this.#owners.set(entry.clientId, name);
      stream.foldedSeq = entry.seq;
      stream.foldedHash = entry.hash;
    }
  }

  /** After a rebuild: own edits on their way to become entries stay in the document. */
  #applyUnsigned(): void {
    for (const update of this.unsigned) {
      if (fitnessOf(this.fold.doc, update) === 'ok') Y.applyUpdate(this.fold.doc, encodeUpdate(update), foldOrigin);
    }
  }

  /** Some entries have no record yet. */
  get hasUnnumbered(): boolean {
    return this.#unnumbered.size > 0;
  }

  /** How far each stream is numbered; only while nothing without a record is folded. */
  baseStreams(): BaseStream[] {
    return [...this.#streams.values()]
      .filter(({ sequencedSeq, isClosed }) => sequencedSeq > 0 || isClosed)
      .map(({ name, sequencedSeq: seq, sequencedHash: hash, isClosed }) => {
        return { stream: name, seq, hash, isClosed, ownsClient: this.#owners.get(clientOf(name, this.sessionBytes)) === name };
      })
      .sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  /** Entries without a record are in the fold. */
  get hasFoldedPending(): boolean {
    return this.#appliedPending.size > 0;
  }

  /** Streams that have entries without a record. */
  pending(): StreamState[] {
    return [...this.#unnumbered].flatMap((name) => this.#streams.get(name) ?? []);
  }

  /**
   * Entries without a record that are in the fold, in the order they were applied: what the authority can number. Another
   * order would put an entry before what it builds on, and nobody could fold by number.
   */
  foldedPending(most: number): Entry[] {
    const found: Entry[] = [];
    for (const hash of this.#appliedPending) {
      const entry = this.#entries.get(hash);
      if (found.length >= most) break;
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  /** Streams whose next entry can never be folded: the authority closes them. */
  hopelessStreams(): StreamState[] {
    return this.pending().filter((stream) => {
      if (stream.isClosed) return false;
      const next = stream.next(stream.foldedSeq, stream.foldedHash);
      // Its author said two things at once: neither can count any more. R-ENT-3.
      if (next === null) return stream.isBranchedAfter(stream.foldedSeq, stream.foldedHash);
      const owner = this.#owners.get(next.clientId);
      const isStolen = owner !== undefined && owner !== stream.name && next.kind === entryKinds.songUpdate;
      return this.#bad.has(next.hash) || isStolen || this.#pendingMode(next) === null;
    });
  }

  /** Own entries of a device without a record. */
  pendingOf(device: string): Entry[] {
    return this.pending().flatMap((stream) => (deviceOfStream(stream.name) === device ? stream.after(stream.sequencedSeq) : []));
  }
}
