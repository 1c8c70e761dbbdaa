import { Fault } from '../../shared/base/errors.ts';
import type { Timers } from '../../shared/base/clock.ts';
import type { ArgsOf, Bridge, CallName, KeptDraft, ResultOf } from '../../shared/ipc/contract.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Bytes } from '../../shared/ledger/bytes.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import { openStart, type StoredLedger } from '../../shared/ledger/load.ts';
import { encodeHead, parseRecord, type Head } from '../../shared/ledger/record.ts';
import type { NumberedRecord } from '../../shared/ledger/record-log.ts';
import type { UnsaidWords } from '../../shared/ledger/unsaid-words.ts';

/** A call to core that throws its fault. */
export async function ask<N extends CallName>(bridge: Bridge, name: N, args: ArgsOf<N>): Promise<ResultOf<N>> {
  const reply = await bridge.invoke(name, args);
  if (!reply.ok) throw new Fault(reply.code, reply.detail, reply.errors);
  return reply.result;
}

/** @param aboveN what has a record up to here is left out */
async function readEntries(bridge: Bridge, sessionId: string, aboveN: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: ResultOf<'ledger.read_entries'> = await ask(bridge, 'ledger.read_entries', {
      session_id: sessionId,
      after,
      above_n: aboveN,
    });
    entries.push(...page.entries);
    after = page.next;
  }
  return entries;
}

/**
 * What core keeps of a session, from the newest checkpoint on that serves.
 * @param device this window's own, hex: what it wrote in vain is needed for its draft
 */
export async function readStored(bridge: Bridge, sessionId: string, device: string): Promise<StoredLedger & { statement: string | null }> {
  const { statement } = await ask(bridge, 'ledger.read_statement', { session_id: sessionId });
  const { checkpoint } = await ask(bridge, 'ledger.read_checkpoint', { session_id: sessionId, device_id: device });
  const start = openStart(checkpoint);
  const from = start?.base.head.n ?? 0;
  const entries = await readEntries(bridge, sessionId, from);
  return { statement, start, entries, ...(await readRecords(bridge, sessionId, from)) };
}

async function readRecords(bridge: Bridge, sessionId: string, from: number): Promise<{ records: Uint8Array[]; heads: Uint8Array[] }> {
  const records: Uint8Array[] = [];
  const heads: Uint8Array[] = [];
  for (let after: number | null = from; after !== null;) {
    const page: ResultOf<'ledger.read_records'> = await ask(bridge, 'ledger.read_records', { session_id: sessionId, after });
    records.push(...page.records);
    heads.push(...page.heads);
    after = page.next;
  }
  return { records, heads };
}

/** All that core keeps of a session, from the first record on that is there. */
async function readWhole(bridge: Bridge, sessionId: string, device: string): Promise<StoredLedger> {
  const { records, heads } = await readRecords(bridge, sessionId, 0);
  const [first] = records;
  const from = first === undefined ? null : (parseRecord(first)?.n ?? 1);
  // Who came when everything was said has a checkpoint and no record.
  const at = { session_id: sessionId, device_id: device, ...(from !== null && { at_most: from - 1 }) };
  const start = from === 1 ? null : openStart((await ask(bridge, 'ledger.read_checkpoint', at)).checkpoint);
  return { start, entries: await readEntries(bridge, sessionId, 0), records, heads };
}

type Write =
  | { kind: 'entries'; isOwn: boolean; entries: Entry[] }
  | { kind: 'forms'; entries: readonly Entry[] }
  | { kind: 'records'; firstN: number; batch: readonly NumberedRecord[]; head: Head }
  | { kind: 'checkpoint' | 'generation'; checkpoint: Checkpoint }
  | { kind: 'draft'; draft: KeptDraft }
  | { kind: 'words'; words: readonly UnsaidWords[] }
  | { kind: 'statement'; jws: string };

const retryMs = 500;
/** What comes within this time is stored together: a disk's pause is paid once, and not while a keystroke is on its way. */
const gatherMs = 300;
/** … sooner what was written here: with the merging of keystrokes it is below the 200 ms that a crash may cost. R-LOC-2. */
const ownGatherMs = 100;
/** Far below the frame of one call. */
const batchBytes = 4 * 1024 * 1024;

/**
 * Hands what the ledger learns to core's database, in its order, and again until it is there: core may be restarting, the
 * disk may be full. Sending never waits for it. R-LOC-1, R-LOC-2.
 */
export class CoreLedger {
  readonly #bridge: Bridge;
  readonly #sessionId: string;
  readonly #timers: Timers;
  readonly #onTrouble: (isStoring: boolean) => void;
  #queue: Write[] = [];
  #working: Promise<void> | null = null;
  /** What core is being given: nothing is added to it any more. */
  #onItsWay: Write | null = null;
  /** Ends the gathering. */
  #hurry: () => void = () => undefined;
  #isOwnSoon = false;

  /** @param onTrouble told false when core does not take what it is given, true when it does again */
  constructor(bridge: Bridge, sessionId: string, timers: Timers, onTrouble: (isStoring: boolean) => void) {
    this.#bridge = bridge;
    this.#sessionId = sessionId;
    this.#timers = timers;
    this.#onTrouble = onTrouble;
  }

  appendEntries(entries: readonly Entry[], isOwn: boolean): void {
    const last = this.#queue.at(-1);
    if (last?.kind === 'entries' && last.isOwn === isOwn && last !== this.#onItsWay) last.entries.push(...entries);
    else this.#queue.push({ kind: 'entries', isOwn, entries: [...entries] });
    this.#work();
    if (!isOwn || this.#isOwnSoon) return;
    this.#isOwnSoon = true;
    this.#timers.after(ownGatherMs, () => {
      this.#isOwnSoon = false;
      this.#hurry();
    });
  }

  /** Stored ones change their form: words that were deleted go. R-ENT-6. */
  reformEntries(entries: readonly Entry[]): void {
    this.#queue.push({ kind: 'forms', entries });
    this.#work();
  }

  appendRecords(firstN: number, batch: readonly NumberedRecord[], head: Head): void {
    this.#queue.push({ kind: 'records', firstN, batch, head });
    this.#work();
  }

  /** A new generation begins at it. R-AUT-5. Answers all entries that are stored and that it does not stand for. */
  async beginGeneration(checkpoint: Checkpoint): Promise<Uint8Array[]> {
    this.#queue.push({ kind: 'generation', checkpoint });
    this.#work();
    await this.stored();
    return readEntries(this.#bridge, this.#sessionId, checkpoint.head.n);
  }

  putCheckpoint(checkpoint: Checkpoint): void {
    this.#queue.push({ kind: 'checkpoint', checkpoint });
    this.#work();
  }

  /** Before the checkpoint that lets go what they derive from: it follows in the same order. R-LOC-3. */
  keepDrafts(drafts: readonly KeptDraft[]): void {
    // One by one: the largest fill a call.
    for (const draft of drafts) this.#queue.push({ kind: 'draft', draft });
    this.#work();
  }

  /** The same for messages, comments and marks that do not count. */
  keepWords(words: readonly UnsaidWords[]): void {
    for (let from = 0; from < words.length; from += limits.unsaidWordsPerCall)
      this.#queue.push({ kind: 'words', words: words.slice(from, from + limits.unsaidWordsPerCall) });
    this.#work();
  }

  putStatement(jws: string): void {
    this.#queue.push({ kind: 'statement', jws });
    this.#work();
  }

  /** Everything that is kept of the session, what is on its way included. */
  async readWhole(device: string): Promise<StoredLedger> {
    await this.stored();
    return readWhole(this.#bridge, this.#sessionId, device);
  }

  /** Resolves when everything handed over so far is stored. */
  async stored(): Promise<void> {
    this.#hurry();
    while (this.#queue.length > 0 && this.#working !== null) await this.#working;
  }

  #work(): void {
    this.#working ??= this.#drain();
  }

  async #drain(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#hurry = resolve;
      this.#timers.after(gatherMs, resolve);
    });
    try {
      for (let write = this.#queue[0]; write !== undefined; write = this.#queue[0]) {
        this.#onItsWay = write;
        if (await this.#write(write)) {
          this.#queue.shift();
          continue;
        }
        this.#onTrouble(false);
        await new Promise<void>((resolve) => void this.#timers.after(retryMs, resolve));
      }
    } finally {
      // In the same turn as the last look at the queue: what comes a turn later begins anew.
      this.#working = null;
    }
    this.#onTrouble(true);
  }

  async #write(write: Write): Promise<boolean> {
    const session = { session_id: this.#sessionId };
    switch (write.kind) {
      case 'statement':
        return (await this.#bridge.invoke('ledger.put_statement', { ...session, statement: write.jws })).ok;
      case 'generation':
      case 'checkpoint': {
        const { headBytes: head, body } = write.checkpoint;
        const call = write.kind === 'generation' ? 'ledger.begin_generation' : 'ledger.put_checkpoint';
        return (await this.#bridge.invoke(call, { ...session, head, body })).ok;
      }
      // Who signed out meanwhile has none here; what is refused for good must not hold up the ledger.
      case 'draft': {
        const reply = await this.#bridge.invoke('drafts.keep', { ...session, drafts: [write.draft] });
        return reply.ok || reply.code === 'unauthorized' || reply.code === 'bad-request';
      }
      case 'words': {
        const reply = await this.#bridge.invoke('drafts.keep_words', { ...session, words: [...write.words] });
        return reply.ok || reply.code === 'unauthorized' || reply.code === 'bad-request';
      }
      case 'records': {
        const records = write.batch.map(({ bytes }) => bytes);
        const reply = await this.#bridge.invoke('ledger.append_records', {
          ...session,
          first_n: write.firstN,
          records,
          head: encodeHead(write.head),
        });
        // Another window of this computer stored them already.
        return reply.ok || reply.code === 'bad-request';
      }
      case 'forms':
        return this.#inParts(write.entries, 'ledger.reform_entries', {});
      case 'entries':
        return this.#inParts(write.entries, 'ledger.append_entries', { is_own: write.isOwn });
    }
  }

  async #inParts<N extends 'ledger.append_entries' | 'ledger.reform_entries'>(
    entries: readonly Entry[],
    call: N,
    rest: Omit<ArgsOf<N>, 'session_id' | 'entries'>,
  ): Promise<boolean> {
    let batch: Bytes[] = [];
    let size = 0;
    const send = async (): Promise<boolean> =>
      (await this.#bridge.invoke(call, { ...rest, session_id: this.#sessionId, entries: batch } as ArgsOf<N>)).ok;
    for (const entry of entries) {
      if (batch.length === limits.entriesPerCall || size + entry.bytes.length > batchBytes) {
        if (!(await send())) return false;
        batch = [];
        size = 0;
      }
      batch.push(entry.bytes);
      size += entry.bytes.length;
    }
    return batch.length === 0 || send();
  }
}
