import type { Timers } from '../base/clock.ts';
import type { FaultCode } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { concat, equalBytes } from './bytes.ts';
import { behindCheckpoint, headsOf } from './catch-up.ts';
import { joinCheckpoint, parseCheckpointHead, verifyCheckpointHead, type Checkpoint, type CheckpointHead } from './checkpoint.ts';
import { contentDigest } from './content-digest.ts';
import type { Entry } from './entry.ts';
import type { Verifier } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { openBase, type LedgerBase } from './ledger-base.ts';
import type { Link } from './link.ts';
import type { LinkView } from './link-view.ts';
import type { Message } from './messages.ts';

/** A part that takes longer does not come: another link is asked. */
const partMs = 20_000;
/** Entries in one answer; who lacks more asks again. */
const answerBytes = 256 * 1024;

export interface ExchangeTools {
  ledger: Ledger;
  /** Raw public key. */
  authority: Bytes;
  verifier: Verifier;
  timers: Timers;
  /** The authority makes checkpoints, and takes one of its own only when it lacks what that stands for. */
  isAuthority: boolean;
  /** The authority's: nothing was numbered since it began, so that there is one history still. R-AUT-5. */
  mayBeginAhead: () => boolean;
  /** The authority's, before it begins there. Throws where it can't be stored: then it is not taken. */
  storeFirst: (checkpoint: Checkpoint) => void;
  /** Whether its text is the own user's: then its draft is derived from it. R-LOC-3. */
  isOwn: (entry: Entry) => boolean;
  /** Admitted links. */
  views: () => LinkView[];
  /** Whether what has a record up to n may be let go. */
  mayTrim: (n: number) => boolean;
  /** One was taken: store it, and tell all how far one is. */
  onTaken: (checkpoint: Checkpoint, isNewGeneration: boolean) => void;
  /** The authority signed two histories. R-AUT-5. */
  onConflict: (head: CheckpointHead) => void;
}

interface Fetch {
  view: LinkView;
  head: CheckpointHead | null;
  headBytes: Bytes | null;
  parts: Bytes[];
  size: number;
  stop: () => void;
}

/** Asks for checkpoints, hands on the authority's, and fetches what they list. R-AUT-3. */
export class CheckpointExchange {
  readonly #tools: ExchangeTools;
  #fetch: Fetch | null = null;
  /** Becomes the base once it is far enough back: others who are a little behind still get records. */
  #nextBase: LedgerBase | null = null;

  constructor(tools: ExchangeTools) {
    this.#tools = tools;
  }

  /** Heads came: begins to fetch where it is worth it, and asks for what the base lists and is not here. */
  consider(): void {
    const { views } = this.#tools;
    if (this.#fetch !== null) return;
    const view = views().find((candidate) => this.#wants(candidate));
    if (view !== undefined) this.#begin(view);
    else for (const source of views()) this.wantLacking(source);
  }

  /** What was shown to be signed, and to be ahead of what is here, is on its way. */
  get isFetchingAhead(): boolean {
    return (this.#fetch?.head?.n ?? 0) > this.#tools.ledger.n;
  }

  #wants(view: LinkView): boolean {
    const { ledger, authority, isAuthority, mayBeginAhead } = this.#tools;
    const { checkpointN } = view;
    if (checkpointN === 0 || view.link.isClosed) return false;
    // Of a restored backup: what nobody brings record by record any more it once signed as a whole. R-AUT-5.
    if (isAuthority) return view.generation === ledger.generation && behindCheckpoint(ledger.n, view) && mayBeginAhead();
    if (view.generation !== ledger.generation) return view.generation > ledger.generation;
    if (behindCheckpoint(ledger.n, view)) return true;
    // To hand on, and to begin at next time: only from the authority, which has the newest.
    const isAuthorityLink = view.link.publicKey !== null && equalBytes(view.link.publicKey, authority);
    return isAuthorityLink && checkpointN <= ledger.n && checkpointN - (ledger.checkpoint?.head.n ?? 0) >= limits.checkpointLag;
  }

  #begin(view: LinkView): void {
    this.#fetch = { view, head: null, headBytes: null, parts: [], size: 0, stop: () => undefined };
    this.#ask(this.#fetch);
  }

  #ask(fetch: Fetch): void {
    fetch.stop();
    fetch.stop = this.#tools.timers.after(partMs, () => {
      fetch.view.checkpointN = 0;
      this.#abandon(fetch);
    });
    fetch.view.link.send({ type: 'want-checkpoint', n: fetch.head?.n ?? 0, offset: fetch.size });
  }

  #abandon(fetch: Fetch): void {
    fetch.stop();
    if (this.#fetch === fetch) this.#fetch = null;
    this.consider();
  }

  /** The link is gone. */
  drop(link: Link): void {
    if (this.#fetch?.view.link === link) this.#abandon(this.#fetch);
  }

  close(): void {
    this.#fetch?.stop();
    this.#fetch = null;
  }

  /** Somebody asks for a part of the newest; of another one than we have it gets the beginning of ours. */
  answer(view: LinkView, { n, offset }: Extract<Message, { type: 'want-checkpoint' }>): void {
    const { checkpoint } = this.#tools.ledger;
    if (checkpoint === null) return;
    const from = checkpoint.head.n === n ? offset : 0;
    const part = checkpoint.body.slice(from, from + limits.checkpointPartBytes);
    view.link.send({ type: 'checkpoint', head: checkpoint.headBytes, offset: from, part });
  }

  /** A part came: null, or why its link is to be closed. */
  async onPart(view: LinkView, message: Extract<Message, { type: 'checkpoint' }>): Promise<FaultCode | null> {
    const fetch = this.#fetch;
    // Not asked for (any more): it may have been on its way.
    if (fetch === null || fetch.view !== view) return null;
    if (fetch.headBytes === null || !equalBytes(fetch.headBytes, message.head)) {
      const head = parseCheckpointHead(message.head);
      if (head === null) return 'protocol-error';
      if (message.offset !== 0) return null;
      const { ledger, authority, verifier } = this.#tools;
      if (!(await verifyCheckpointHead(ledger.sessionBytes, head, authority, verifier))) return 'proof-failed';
      if (this.#fetch !== fetch) return null;
      Object.assign(fetch, { head, headBytes: message.head, parts: [], size: 0 });
    }
    const { head } = fetch;
    // A slow link was asked again: what it was asked for before arrives as well. R-ENT-4.
    if (head === null || message.offset !== fetch.size) return null;
    const expected = Math.min(limits.checkpointPartBytes, head.bodyLength - fetch.size);
    if (message.part.length !== expected) return 'protocol-error';
    fetch.parts.push(message.part);
    fetch.size += message.part.length;
    if (fetch.size < head.bodyLength) this.#ask(fetch);
    else return this.#finish(fetch);
    return null;
  }

  #finish(fetch: Fetch): FaultCode | null {
    fetch.stop();
    this.#fetch = null;
    // At most one try a link until its next heads.
    fetch.view.checkpointN = 0;
    const checkpoint = fetch.headBytes === null ? null : joinCheckpoint(fetch.headBytes, concat(...fetch.parts));
    const base = checkpoint === null ? null : openBase(checkpoint);
    if (checkpoint === null || base === null) return 'proof-failed';
    this.#take(checkpoint, base, fetch.view);
    return null;
  }

  #take(checkpoint: Checkpoint, base: LedgerBase, view: LinkView): void {
    const { ledger, isAuthority, mayBeginAhead, storeFirst, onTaken, onConflict } = this.#tools;
    const { generation, n, chain, contentSha256 } = checkpoint.head;
    if (generation < ledger.generation || (generation === ledger.generation && n <= (ledger.checkpoint?.head.n ?? 0))) return;
    const isNewGeneration = generation > ledger.generation;
    const isAhead = isNewGeneration || n > ledger.n;
    if (isAuthority && (isNewGeneration || !isAhead || !mayBeginAhead())) return;
    const own = isAhead ? null : ledger.log.chainAt(n);
    if (!isAhead && own !== null && !equalBytes(own, chain)) return onConflict(checkpoint.head);
    // Where nothing is pending both must be equal: whoever differs folded something in another way, and takes the authority's.
    // What is being typed is in the document as well, and no difference: gathered, it is among the unsigned.
    ledger.folding.beforeRebuild();
    const hasMore = ledger.hasUnnumbered || ledger.unsigned.length > 0;
    const differs = n === ledger.n && !hasMore && contentDigest(ledger.fold) !== contentSha256;
    if (isAuthority) storeFirst(checkpoint);
    if (isAhead || differs) ledger.beginAt(base);
    ledger.checkpoint = checkpoint;
    ledger.settle();
    base.spare = null;
    this.keep(base);
    onTaken(checkpoint, isNewGeneration);
    this.wantLacking(view);
    this.consider();
  }

  /** One was taken or made: what stands in the one before it, far enough back, need not be held any more. */
  keep(base: LedgerBase): void {
    const { ledger, mayTrim, views } = this.#tools;
    const next = this.#nextBase;
    if (next === null || next.head.generation !== base.head.generation || next.head.n < ledger.log.baseN) this.#nextBase = base;
    else if (base.head.n - next.head.n >= limits.checkpointLag && mayTrim(next.head.n)) {
      ledger.trimTo(next);
      this.#nextBase = base;
      // Who is behind it must know that no records come from here any more.
      for (const view of views()) if ((view.n ?? 0) < ledger.log.baseN) view.link.send(headsOf(ledger));
    }
  }

  /** Asks for what the base lists and is not here; and, once a link, for what came without its payload and nobody says why. R-ENT-6. */
  wantLacking(view: LinkView): void {
    const { ledger, isAuthority, isOwn } = this.#tools;
    const doubtful = isAuthority ? [] : ledger.deletions.unexplained(isOwn);
    const reduced = doubtful.filter((hash) => !view.asked.has(hash));
    const hashes = [...ledger.lacking(limits.hashesPerWant), ...reduced].slice(0, limits.hashesPerWant);
    for (const hash of reduced) if (hashes.includes(hash)) view.asked.add(hash);
    if (hashes.length > 0 && !view.link.isClosed) view.link.send({ type: 'want-entries', hashes });
  }

  /** As much as goes into one answer of what somebody lacks. */
  answerEntries(view: LinkView, hashes: readonly string[]): void {
    const found: Entry[] = [];
    let size = 0;
    for (const hash of hashes) {
      const entry = this.#tools.ledger.entry(hash);
      if (entry === undefined) continue;
      if (size > 0 && size + entry.bytes.length > answerBytes) break;
      found.push(entry);
      size += entry.bytes.length;
    }
    if (found.length > 0) view.link.send({ type: 'entries', entries: found.map(({ bytes }) => bytes) });
  }
}
