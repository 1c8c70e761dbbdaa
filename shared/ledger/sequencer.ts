import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import type { Entry } from './entry.ts';
import type { Signer } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerStore, SequencedEntry } from './ledger-store.ts';
import type { Head, LedgerRecord, Verdict } from './record.ts';
import { encodeHead, encodeRecord, nextChain, signHead, verdicts } from './record.ts';
import type { NumberedRecord } from './record-log.ts';
import { skeletonDigest } from './reduced-entry.ts';

export interface SequencerTools {
  store: LedgerStore;
  signer: Signer;
  clock: Clock;
  /** The batch is on disk: publish it. */
  onRecords(firstN: number, batch: readonly NumberedRecord[], head: Head): void;
  /** Whether anything may be numbered now; without it always. R-AUT-5. */
  mayNumber?(): boolean;
  /** Whether one more void entry may be recorded after others of the same batch; without it any may. R-AUT-2. */
  mayVoid?(entry: Entry, before: readonly Entry[]): boolean;
  /** The void entry has its record, on disk. */
  onVoid?(entry: Entry): void;
  /** The device wrote more in vain than may be recorded: state it as barred, so that its streams are closed. */
  onOverBudget?(deviceId: string): void;
  /** Writing failed (a full disk): nothing of the batch counts; the entries stay pending and are tried again. */
  onFailure(error: unknown): void;
}

interface Numbered extends NumberedRecord {
  entry: Entry | null;
}

/**
 * Gives entries their number and verdict, in batches that share one signature and one write (R-AUT-1, R-AUT-2). An entry
 * is numbered when it is in the authority's own fold: then its dependencies are there, and its structure was judged.
 */
export class Sequencer {
  readonly #ledger: Ledger;
  readonly #tools: SequencerTools;
  #running: Promise<void> | null = null;
  #isAsked = false;

  constructor(ledger: Ledger, tools: SequencerTools) {
    this.#ledger = ledger;
    this.#tools = tools;
  }

  /** Something may be ready to be numbered. Resolves when nothing is left that can be. */
  run(): Promise<void> {
    this.#isAsked = true;
    this.#running ??= this.#work();
    return this.#running;
  }

  async #work(): Promise<void> {
    try {
      while (this.#isAsked) {
        this.#isAsked = false;
        if (await this.#numberBatch()) this.#isAsked = true;
      }
    } catch (error) {
      this.#tools.onFailure(error);
    } finally {
      // In the same turn as the last look: what comes a turn later would find a run that looks no more.
      this.#running = null;
    }
  }

  async #numberBatch(): Promise<boolean> {
    const ledger = this.#ledger;
    if (this.#tools.mayNumber?.() === false) return false;
    const batch: Numbered[] = [];
    let chain: Bytes = ledger.chain;
    const receivedAt = this.#tools.clock.now();
    const add = (record: Omit<LedgerRecord, 'n' | 'receivedAt'>, entry: Entry | null): void => {
      const full: LedgerRecord = { ...record, n: ledger.n + batch.length + 1, receivedAt };
      const bytes = encodeRecord(full);
      chain = nextChain(chain, bytes);
      batch.push({ record: full, bytes, entry });
    };
    const voids: Entry[] = [];
    for (const entry of ledger.foldedPending(limits.recordsPerBatch)) {
      const verdict: Verdict = ledger.modeOf(entry.hash) === 'whole' ? verdicts.ok : verdicts.void;
      if (verdict === verdicts.void && this.#tools.mayVoid?.(entry, voids) === false) {
        // What follows may build on it: it waits until the statement shuts the device out.
        this.#tools.onOverBudget?.(entry.device);
        break;
      }
      if (verdict === verdicts.void) voids.push(entry);
      add(
        {
          verdict,
          stream: entry.stream,
          seq: entry.seq,
          hash: entry.hash,
          skeletonSha256: verdict === verdicts.void ? skeletonDigest(entry) : null,
        },
        entry,
      );
    }
    for (const stream of ledger.hopelessStreams()) {
      const last = batch.findLast(({ record }) => record.stream === stream.name)?.record;
      add(
        {
          verdict: verdicts.close,
          stream: stream.name,
          seq: last?.seq ?? stream.sequencedSeq,
          hash: last?.hash ?? stream.sequencedHash,
          skeletonSha256: null,
        },
        null,
      );
    }
    if (batch.length === 0) return false;
    const firstN = ledger.n + 1;
    const head = await signHead(
      ledger.sessionBytes,
      { generation: ledger.generation, n: firstN + batch.length - 1, chain },
      this.#tools.signer,
    );
    const sequenced: SequencedEntry[] = batch.map(({ entry, bytes }) => ({ entry, record: bytes }));
    this.#tools.store.appendSequenced(ledger.sessionId, firstN, sequenced, { n: head.n, bytes: encodeHead(head) });
    for (const entry of voids) this.#tools.onVoid?.(entry);
    if (!ledger.acceptRecords(batch, head)) throw new Error('own records do not continue the ledger');
    ledger.settle();
    this.#tools.onRecords(firstN, batch, head);
    return true;
  }
}
