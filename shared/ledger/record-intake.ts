import type { Timers } from '../base/clock.ts';
import type { FaultCode } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { sendMissing } from './catch-up.ts';
import { EarlyRecords, type RecordBatch } from './early-records.ts';
import type { Entry } from './entry.ts';
import type { Verifier } from './keys.ts';
import type { SequencedEntry } from './ledger-store.ts';
import type { Ledger } from './ledger.ts';
import type { Link } from './link.ts';
import type { LinkView } from './link-view.ts';
import type { Message } from './messages.ts';
import { OrderCheck } from './order-check.ts';
import type { NumberedRecord } from './record-log.ts';
import type { Head, LedgerRecord } from './record.ts';
import type { ReducedEntries } from './reduced-entries.ts';
import { encodeHead, parseHead, parseRecord, verdicts, verifyHead } from './record.ts';

/** Records that overtook their entries wait this long for them. */
const earlyMs = 1_000;
/** What was asked for has this long to come, on a slow link too: until then a record stands for each. */
const answerMs = 5_000;

export interface RecordIntakeTools {
  ledger: Ledger;
  /** Raw public key. */
  authority: Bytes;
  verifier: Verifier;
  timers: Timers;
  /** Admitted links. */
  views: () => LinkView[];
  /** What came without its payload, until its record. */
  reduced: ReducedEntries;
  /** The authority's: on disk before anything else; throws where it can't be. R-AUT-5. */
  storeMissed: ((firstN: number, batch: readonly SequencedEntry[], head: Head) => void) | null;
  isAuthorityLink: (link: Link) => boolean;
  /** They are in the ledger, and settled, and with them the entries that had waited for their record. */
  onTaken: (firstN: number, batch: readonly NumberedRecord[], head: Head, entries: readonly Entry[], from: Link) => void;
  /** They are passed on, or the document was built anew for them. */
  onPassed: () => void;
  /** The authority signed two histories. R-AUT-5. */
  onConflict: (head: Head) => void;
  /** Something is missing that the link may have. */
  heal: (link: Link) => void;
}

/** Takes records under verified heads, keeps those that overtook their entries for a while, and passes them on. R-AUT-1. */
export class RecordIntake {
  readonly #tools: RecordIntakeTools;
  readonly #early = new EarlyRecords();
  readonly #order: OrderCheck;

  constructor(tools: RecordIntakeTools) {
    this.#tools = tools;
    this.#order = new OrderCheck(tools.ledger, tools.timers, () => tools.onPassed());
  }

  /** A message of them came: null, or why its link is to be closed. */
  async onMessage(view: LinkView, message: Extract<Message, { type: 'records' }>): Promise<FaultCode | null> {
    const { ledger, authority, verifier, onConflict } = this.#tools;
    if (message.records.length > limits.recordsPerMessage) return 'protocol-error';
    const head = parseHead(message.head);
    const batch: NumberedRecord[] = [];
    for (const bytes of message.records) {
      const record = parseRecord(bytes);
      if (record === null || record.n !== message.firstN + batch.length) return 'protocol-error';
      batch.push({ record, bytes });
    }
    if (head === null || head.n !== message.firstN + batch.length - 1) return 'protocol-error';
    if (!(await verifyHead(ledger.sessionBytes, head, authority, verifier))) return 'proof-failed';
    // The authority signed two histories: one's own stays, the other is not taken, people are told. R-AUT-5.
    if (ledger.log.contradicts(head)) {
      onConflict(head);
      return null;
    }
    view.n = Math.max(view.n ?? 0, head.n);
    this.#take({ firstN: message.firstN, batch, head, from: view.link });
    return null;
  }

  /** What of them is not taken yet. */
  #freshOf({ firstN, batch }: RecordBatch): readonly NumberedRecord[] {
    return batch.slice(Math.max(0, this.#tools.ledger.n + 1 - firstN));
  }

  #take(early: RecordBatch): void {
    const { ledger, reduced, views, storeMissed, isAuthorityLink, onTaken, onPassed, onConflict } = this.#tools;
    const { head, from } = early;
    const fresh = this.#freshOf(early);
    if (fresh.length === 0) return;
    const first = fresh[0]?.record.n ?? 0;
    if (first !== ledger.n + 1 || !this.#hasEntriesOf(fresh)) {
      this.#keepEarly(early);
      return;
    }
    if (!ledger.log.isContinuedBy(fresh, head)) {
      // Somebody changed them on the way, or, by the authority's own hand, it is another history. Nothing to wait for. R-AUT-5.
      if (isAuthorityLink(from)) onConflict(head);
      return;
    }
    const waited = fresh.flatMap(({ record }) => (ledger.entry(record.hash) === undefined ? (reduced.of(record) ?? []) : []));
    const entryOf = (record: LedgerRecord): Entry | undefined => ledger.entry(record.hash) ?? reduced.of(record);
    storeMissed?.(
      first,
      fresh.map(({ record, bytes }) => ({ entry: entryOf(record) ?? null, record: bytes })),
      head,
    );
    if (!ledger.acceptRecords(fresh, head, (record) => reduced.of(record))) return;
    reduced.forget(fresh);
    ledger.settle();
    onTaken(first, fresh, head, waited, from);
    this.pass(first, fresh, head, from);
    for (const view of views()) if (view.isBehind) sendMissing(ledger, view);
    this.retry();
    this.#order.note();
    onPassed();
  }

  /** Sends records to all that stand just before them; who is further behind catches up. @param from where they came from */
  pass(firstN: number, batch: readonly NumberedRecord[], head: Head, from: Link | null): void {
    for (const view of this.#tools.views()) {
      if (view.link === from || (from !== null && view.windows.has(from.window))) continue;
      if (view.n === firstN - 1 && !view.isBehind && !view.link.isCongested) {
        // Entries before their records: one that was meant to reach it by another way may not have.
        view.link.send({ type: 'records', firstN, records: batch.map(({ bytes }) => bytes), head: encodeHead(head) });
        view.n = head.n;
      } else if (view.n !== null && view.n < head.n) {
        view.isBehind = true;
        sendMissing(this.#tools.ledger, view);
      }
    }
  }

  #isLacking({ record }: NumberedRecord): boolean {
    const { ledger, reduced } = this.#tools;
    if (record.n <= ledger.n || record.verdict === verdicts.close) return false;
    return ledger.entry(record.hash) === undefined && reduced.of(record) === undefined;
  }

  #hasEntriesOf(batch: readonly NumberedRecord[]): boolean {
    return !batch.some((numbered) => this.#isLacking(numbered));
  }

  /** Records came before their entries: they wait, then the entries are asked for; when they don't follow, heads heal it. */
  #keepEarly(early: RecordBatch): void {
    if (this.#early.keep(early)) this.#tools.timers.after(earlyMs, () => this.#askFor(early));
  }

  /** Heads don't tell what one lacks of a stream that contradicts itself, nor of a device that is barred since: hashes do. */
  #askFor(early: RecordBatch): void {
    if (!this.#early.isWaiting(early)) return;
    const { ledger, timers, heal } = this.#tools;
    const fresh = this.#freshOf(early);
    const lacking = fresh.filter((numbered) => this.#isLacking(numbered)).map(({ record }) => record.hash);
    if (ledger.log.isContinuedBy(fresh, early.head) && this.#early.ask(early, lacking)) {
      early.from.send({ type: 'want-entries', hashes: lacking.slice(0, limits.hashesPerWant) });
      timers.after(answerMs, () => this.#askFor(early));
    } else if (this.#early.remove(early)) heal(early.from);
  }

  /** Whether a genuine record of the entry is here and waits for it. */
  names(hash: string): boolean {
    return this.#early.names(hash);
  }

  /** Entries came: those that waited for them are taken. */
  retry(): void {
    const { ledger } = this.#tools;
    const isReady = ({ firstN, batch }: RecordBatch): boolean => firstN <= ledger.n + 1 && this.#hasEntriesOf(batch);
    for (let ready = this.#early.takeReady(isReady); ready !== undefined; ready = this.#early.takeReady(isReady)) this.#take(ready);
  }

  /** The link is gone. */
  drop(link: Link): void {
    this.#early.drop(link);
  }
}
