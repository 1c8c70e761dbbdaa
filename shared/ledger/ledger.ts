import { uuidToBytes } from '../base/ids.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { BaseStream } from './checkpoint-body.ts';
import { Deletions } from './deletions.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Fold, Mode } from './fold.ts';
import { Folding } from './folding.ts';
import { forkOf, type ForkProof } from './fork-proof.ts';
import { isListed, recordFromBase, streamsOf, type LedgerBase } from './ledger-base.ts';
import { PendingBounds } from './pending-bounds.ts';
import { pendingMode } from './pending-mode.ts';
import { RecordLog, type NumberedRecord } from './record-log.ts';
import { verdicts, type Head, type LedgerRecord } from './record.ts';
import { standsUnder } from './reduced-entry.ts';
import { isNewer, type Statement, type StatementDevice } from './statement.ts';
import { deviceOfStream } from './stream.ts';
import { StreamState } from './stream-state.ts';
import type { TextUpdate } from './update.ts';

const mostBranches = 2;

/** What became of an offered entry. Only `accepted` ones are stored and forwarded; none of these is a strike. */
export type Acceptance =
  | 'accepted'
  | 'known'
  | 'gap'
  | 'not-chained'
  | 'unknown-device'
  | 'not-permitted'
  | 'no-room'
  | 'closed'
  | 'reduced';

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
  head: Head | null = null;
  /** Where it begins; null: at the beginning. */
  base: LedgerBase | null = null;
  readonly log: RecordLog;
  readonly folding: Folding;
  /** The newest one that is here: for whoever asks. */
  checkpoint: Checkpoint | null = null;
  readonly #entries = new Map<string, Entry>();
  readonly #streams = new Map<string, StreamState>();
  readonly #recordOf = new Map<string, LedgerRecord>();
  readonly #devices = new Map<string, StatementDevice>();
  /** Streams with entries that have no record. */
  readonly #unnumbered = new Set<string>();
  readonly #bounds = new PendingBounds();
  readonly #forks: ForkProof[] = [];
  readonly deletions = new Deletions(this);
  /** Set by who keeps drafts: entries that they derive from are let go next. R-LOC-3. */
  beforeDrop: (base: LedgerBase) => void = () => undefined;
  constructor(sessionId: string, authorityDevice: string, generation = 1) {
    this.sessionId = sessionId;
    this.sessionBytes = uuidToBytes(sessionId);
    this.authorityDevice = authorityDevice;
    this.log = new RecordLog(this.sessionBytes, generation);
    this.folding = new Folding(this);
  }

  get fold(): Fold {
    return this.folding.fold;
  }

  /** Grows when the document was rebuilt: bindings look at `fold.doc` anew. */
  get version(): number {
    return this.folding.version;
  }

  /** Own edits that are in the document but not signed yet. */
  get unsigned(): readonly TextUpdate[] {
    return this.folding.unsigned;
  }

  get n(): number {
    return this.log.n;
  }

  get chain(): Bytes {
    return this.log.chain;
  }

  /** Records above the base. */
  get records(): readonly NumberedRecord[] {
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
    return this.folding.modeOf(hash);
  }

  /** Takes a verified statement; true when it is newer than the one known. */
  setStatement(statement: Statement): boolean {
    if (!isNewer(statement.claims, this.statement?.claims ?? null)) return false;
    this.statement = statement;
    this.#devices.clear();
    for (const device of statement.claims.devices) this.#devices.set(device.device_id, device);
    this.folding.judgeAnew();
    return true;
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
   * @param isNamed a genuine record of it is here and waits for it: it is not judged again. R-ENT-2
   */
  accept(entry: Entry, isOwn = false, isFromAuthority = false, isInDocument = isOwn, isNamed = false): Acceptance {
    if (this.#entries.has(entry.hash)) return 'known';
    const stream = this.#streams.get(entry.stream) ?? new StreamState(entry.stream);
    if (!isOwn && this.keyOf(entry) === null) return 'unknown-device';
    const isRecorded = this.#recordOf.has(entry.hash);
    // Nothing of it can be judged. R-ENT-6.
    if (!isRecorded && entry.form !== 'whole') return 'reduced';
    if (!isRecorded) {
      const isJudged = isOwn || isNamed;
      if (stream.isClosed && entry.seq > stream.sequencedSeq && !isOwn) return 'closed';
      // Its number is taken by a sequenced one: it can never count. R-ENT-3.
      if (entry.seq <= stream.sequencedSeq) {
        this.#noteFork(entry, stream.at(entry.seq));
        return 'not-chained';
      }
      if (!stream.isChained(entry)) return entry.seq > stream.tip + 1 ? 'gap' : 'not-chained';
      if (pendingMode(entry, this) === null && !isJudged) return 'not-permitted';
      if (!isJudged && !this.#bounds.hasRoomFor(entry)) return 'no-room';
      // Two branches are the proof; more are only a burden.
      if (stream.at(entry.seq).length >= mostBranches) {
        if (!isFromAuthority && !isNamed) return 'no-room';
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
    const isLate = isText && this.statement !== null && (stream.isClosed || !isThere || pendingMode(entry, this) !== 'whole');
    if (isText && !isLate) this.folding.adopt(stream, entry);
    else {
      // Typed just before the right to write went, or its stream was closed: it is kept for the draft, and leaves the document.
      if (isLate) this.folding.demandRebuild();
      // A second branch: the first leaves the fold as well, unless it has its record. R-ENT-3.
      if (rivals.some(({ hash }) => this.modeOf(hash) !== undefined && !this.#recordOf.has(hash))) this.folding.demandRebuild();
      this.folding.wait(entry.stream);
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
      if (this.modeOf(entry.hash) !== undefined) this.folding.demandRebuild();
    }
  }

  /**
   * Takes records that a verified head covers, in order from n + 1 on; their entries must be here.
   * False, and none taken, when they do not continue, name unknown entries, or miss the head's chain.
   * @param reducedOf an entry that came without its payload, where it may stand under the record: R-ENT-6, R-AUT-4
   */
  acceptRecords(
    batch: readonly NumberedRecord[],
    head: Head,
    reducedOf: (record: LedgerRecord) => Entry | undefined = () => undefined,
  ): boolean {
    const isLacking = ({ record }: NumberedRecord): boolean =>
      record.verdict !== verdicts.close && !this.#entries.has(record.hash) && reducedOf(record) === undefined;
    if (batch.some(isLacking) || !this.log.append(batch, head)) return false;
    for (const { record } of batch) this.#takeRecord(record, reducedOf);
    this.head = head;
    return true;
  }

  #takeRecord(record: LedgerRecord, reducedOf: (record: LedgerRecord) => Entry | undefined): void {
    const stream = this.#streams.get(record.stream) ?? new StreamState(record.stream);
    this.#streams.set(record.stream, stream);
    if (record.verdict === verdicts.close) {
      stream.isClosed = true;
      this.#unnumbered.delete(stream.name);
      if (stream.foldedSeq > record.seq) this.folding.demandRebuild();
      return;
    }
    this.#recordOf.set(record.hash, record);
    this.folding.noteRecord(record.hash);
    const entry = this.#entries.get(record.hash) ?? this.#takeReduced(stream, reducedOf(record));
    if (entry !== undefined) this.#bounds.remove(entry);
    this.#forget(stream.sequenced(record.seq, record.hash));
    if (entry !== undefined && record.verdict === verdicts.ok && isListed(entry)) this.deletions.note(entry);
    if (stream.tip <= record.seq) this.#unnumbered.delete(stream.name);
  }

  #takeReduced(stream: StreamState, entry: Entry | undefined): Entry | undefined {
    if (entry === undefined) return undefined;
    this.#entries.set(entry.hash, entry);
    stream.add(entry);
    this.deletions.noteForm(entry);
    return entry;
  }

  /** The same entry in another form: without words that were deleted, or whole again. */
  replace(entry: Entry): void {
    const before = this.#entries.get(entry.hash)?.form;
    this.#entries.set(entry.hash, entry);
    this.#streams.get(entry.stream)?.replace(entry);
    if (entry.form === 'bare') this.fold.forgetWords(entry);
    else if (before === 'bare') this.folding.demandRebuild();
  }

  /**
   * Begins at a checkpoint that is ahead, or of a newer generation: records and entries before it need not be here. What
   * is behind it stays pending. Settle afterwards.
   */
  beginAt(base: LedgerBase): void {
    this.beforeDrop(base);
    const streams = new Map(streamsOf(base).map((stream) => [stream.name, stream]));
    const rest = [...this.#streams.values()].flatMap((stream) => stream.after(streams.get(stream.name)?.sequencedSeq ?? 0));
    const listed = this.recalled().concat([...this.#entries.values()].filter(({ hash }) => base.counted.has(hash)));
    this.folding.restart(base.head.generation !== this.generation);
    this.base = base;
    this.head = null;
    this.log.restart(base.head);
    for (const held of [this.#entries, this.#recordOf, this.#unnumbered, this.#streams]) held.clear();
    this.deletions.restart();
    this.#bounds.clear();
    for (const [name, stream] of streams) this.#streams.set(name, stream);
    // It was judged when it came: what is refused now is needed for its author's draft. R-LOC-3.
    for (const entry of rest) this.accept(entry, true, false, false);
    this.recall(listed);
  }

  /** Lets go what stands in a checkpoint that was passed already: records, entries. False when it tells another history. */
  trimTo(base: LedgerBase): boolean {
    const chain = this.log.chainAt(base.head.n);
    if (base.head.generation !== this.generation || chain === null || !equalBytes(chain, base.head.chain)) return false;
    this.beforeDrop(base);
    this.settle();
    for (const { record } of this.log.trim(base.head.n)) {
      if (base.counted.has(record.hash)) continue;
      for (const held of [this.#entries, this.#recordOf]) held.delete(record.hash);
      this.folding.letGo(record.hash);
      this.deletions.letGo(record.hash);
    }
    for (const { stream, seq, hash } of base.body.streams) this.#streams.get(stream)?.beginAfter(seq, hash);
    this.base = base;
    return true;
  }

  /** Takes entries that the base lists, whoever brought them: their hash proves them. Answers the ones that were lacking. */
  recall(entries: readonly Entry[]): Entry[] {
    const { base } = this;
    if (base === null) return [];
    const isLacking = (entry: Entry): boolean => base.counted.has(entry.hash) && !this.#entries.has(entry.hash);
    const found = entries.filter((entry) => isLacking(entry) && standsUnder(entry, recordFromBase(base, entry)));
    if (found.length === 0) return [];
    for (const entry of found) {
      this.#entries.set(entry.hash, entry);
      this.#recordOf.set(entry.hash, recordFromBase(base, entry));
      this.deletions.noteForm(entry);
    }
    for (const entry of found) this.deletions.note(entry);
    this.fold.recall(this.recalled());
    return found;
  }

  /** What of the base's list is here, by number. */
  recalled(): Entry[] {
    return [...(this.base?.counted.keys() ?? [])].flatMap((hash) => this.#entries.get(hash) ?? []);
  }

  /** Hashes of what the base lists and is not here. */
  lacking(most: number): string[] {
    const hashes = [...(this.base?.counted.keys() ?? [])];
    return hashes.filter((hash) => !this.#entries.has(hash)).slice(0, most);
  }

  /** Folds what can be folded now. */
  settle(): void {
    this.folding.settle();
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
        return { stream: name, seq, hash, isClosed, ownsClient: this.folding.ownsClient(name) };
      })
      .sort((a, b) => (a.stream < b.stream ? -1 : 1));
  }

  /** Entries without a record are in the fold. */
  get hasFoldedPending(): boolean {
    return this.folding.hasPending;
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
    for (const hash of this.folding.pending()) {
      const entry = this.#entries.get(hash);
      if (found.length >= most) break;
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  /** Streams whose next entry can never be folded: the authority closes them. */
  hopelessStreams(): StreamState[] {
    return this.pending().filter((stream) => !stream.isClosed && this.folding.isHopeless(stream));
  }

  /** Entries of a device without a record. */
  pendingOf(device: string): Entry[] {
    return this.pending().flatMap((stream) => (deviceOfStream(stream.name) === device ? stream.after(stream.sequencedSeq) : []));
  }

  /** Those of them that are in the fold: what left it may never get a record, and is in a draft. R-LNK-6. */
  awaitedOf(device: string): Entry[] {
    return this.pendingOf(device).filter(({ hash }) => this.modeOf(hash) !== undefined);
  }
}
