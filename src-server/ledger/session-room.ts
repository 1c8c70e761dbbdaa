import { webcrypto } from 'node:crypto';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault, type FaultCode } from '../../shared/base/errors.ts';
import { toHex, type RandomBytes } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { Author } from '../../shared/ledger/author.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import { deviceIdOf, type Signer, type Verifier } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';
import { generationOf, loadLedger, readStoredLedger } from '../../shared/ledger/load.ts';
import { AttestedWriter } from './attested-writer.ts';
import { CatchingUp } from './catching-up.ts';
import { CheckpointMaker } from './checkpoint-maker.ts';
import { writerOf } from '../../shared/ledger/writer-of.ts';
import type { NumberedRecord } from '../../shared/ledger/record-log.ts';
import type { AuthorityKey } from '../../shared/ledger/authority-key.ts';
import { Replica } from '../../shared/ledger/replica.ts';
import { encodeHead } from '../../shared/ledger/record.ts';
import { Sequencer } from '../../shared/ledger/sequencer.ts';
import type { Statement } from '../../shared/ledger/statement.ts';
import { VoidBudget } from '../../shared/ledger/void-budget.ts';
import { encodeGone, readAwareness, type ToldPresence } from '../../shared/ledger/awareness-frame.ts';

export interface RoomTools {
  store: LedgerStore;
  signer: Signer;
  authority: AuthorityKey;
  verifier: Verifier;
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  /** The user wrote; called at most every `activityEveryMs`. */
  onActivity(userId: string, room: SessionRoom): void;
  /** Who is here is another set of people. */
  onPresence(users: ReadonlySet<string>): void;
  /** Presence as a window of the user told it; nothing of it is checked but its size. */
  onPointer(userId: string, state: unknown): void;
  /** The user wrote into a session at rest: it is to be stated active before that counts. R-MEM-1. */
  onWake(userId: string): void;
  /** The device contradicted itself; may be told again. R-ENT-3. */
  onFork(deviceId: string): void;
  /** The device's void entries used up their budget; may be told again. R-AUT-2. */
  onOverBudget(deviceId: string): void;
  /** An app has a statement that is above what the database says. R-MEM-2. */
  onOutnumbered(shown: { generation: number; epoch: number }): void;
  /** An app has another history of this authority: its operator raises the generation. R-AUT-5. */
  onConflict(head: { generation: number; n: number }): void;
  /**
   * What an app sent was not taken. R-ENT-1, R-ENT-4.
   * @param deviceId null where the other end did not prove itself
   * @param why the fault that ended its link, or, once a device, that it may not write that
   */
  onRejected(deviceId: string | null, why: FaultCode | 'not-permitted'): void;
  /** The store refused a write. */
  onFailure(error: unknown): void;
}

/** Entries that come within this time share one signature and one write: they have reached the others already. */
const gatherMs = 20;
/** What the disk refused is tried again this often: perhaps nothing else comes that would. */
const retryMs = 1_000;
/** "Last active" is written to disk no more often: every keystroke would wait for it. */
const activityEveryMs = 10_000;

/** One session's ledger while somebody needs it: its links, its sequencer, and the authority's own stream. */
export class SessionRoom {
  readonly ledger: Ledger;
  readonly replica: Replica;
  /** For people without a ledger of their own. */
  readonly writer: AttestedWriter;
  readonly #sequencer: Sequencer;
  readonly #author: Author;
  readonly #checkpoints: CheckpointMaker;
  readonly #catchingUp: CatchingUp;
  readonly #tools: RoomTools;
  readonly #waiters = new Map<string, { resolve: () => void; reject: (error: unknown) => void }>();
  /** The presence each link told last. */
  readonly #told = new Map<Link, Pick<ToldPresence, 'client' | 'clock'>>();
  readonly #tellings = new WeakMap<Link, { second: number; count: number }>();
  readonly #unpermitted = new Set<string>();
  #stopGathering: (() => void) | null = null;
  #stopRetry: (() => void) | null = null;
  readonly #activeAt = new Map<string, number>();
  #unreformed: Entry[] = [];
  /** In this run of the program: a history that it goes on with is not given up for another. R-AUT-5. */
  #hasNumbered = false;
  /** Of the statement that was asked to be another one, so that it is asked once. */
  #wokenEpoch = 0;

  constructor(sessionId: string, statement: Statement, tools: RoomTools) {
    this.#tools = tools;
    const { store, clock, timers, random, verifier, signer } = tools;
    const deviceId = deviceIdOf(signer.publicKey);
    const stored = readStoredLedger(store, sessionId, limits.messageBytes);
    // A statement may have been numbered above what an app showed; records go on in their own generation. R-AUT-5.
    this.ledger = new Ledger(sessionId, toHex(deviceId), generationOf(stored) ?? statement.claims.generation);
    this.ledger.setStatement(statement);
    loadLedger(this.ledger, stored);
    this.#catchingUp = new CatchingUp(this.ledger, clock);
    const identity = { sessionId: this.ledger.sessionBytes, signer, windowId: new Uint8Array(random(8)), awarenessClient: 0 };
    this.replica = new Replica(
      this.ledger,
      tools.authority,
      identity,
      { clock, timers, random, verifier },
      {
        onEntries: (entries, from) => this.#onEntries(entries, from),
        onReformed: (entries) => this.#reform(entries),
        storeMissed: (firstN, batch, head) => store.appendSequenced(sessionId, firstN, batch, { n: head.n, bytes: encodeHead(head) }),
        onRecords: () => this.#numberSoon(),
        mayBeginAhead: () => !this.#hasNumbered,
        storeBase: ({ head: { n }, headBytes: head, body }) => store.putCheckpoint(sessionId, { n, head, body }),
        onOutnumbered: (claims) => tools.onOutnumbered(claims),
        onConflict: (head) => tools.onConflict(head),
        onStatement: () => void this.#sequence(),
        onFork: ({ device }) => tools.onFork(device),
        onAwareness: (update, _device, from) => this.#relayAwareness(update, from),
        onLinks: () => {
          this.#forgetGone();
          tools.onPresence(this.presentUsers());
        },
        onChange: () => undefined,
        onStrike: (link, code) => tools.onRejected(link.isProved ? link.device : null, code),
        onRefused: ({ device }) => {
          if (!this.#unpermitted.has(device)) tools.onRejected(device, 'not-permitted');
          this.#unpermitted.add(device);
        },
      },
    );
    const budget = new VoidBudget(store, sessionId);
    this.#sequencer = new Sequencer(this.ledger, {
      mayNumber: () => !this.#isCatchingUp() && !this.#isHeld(),
      mayVoid: (entry, before) => budget.hasRoomFor(entry, before),
      onVoid: (entry) => budget.note(entry),
      onOverBudget: (deviceId) => tools.onOverBudget(deviceId),
      store,
      signer,
      clock,
      onRecords: (firstN, batch, head) => {
        this.#hasNumbered = true;
        this.replica.publishRecords(firstN, batch, head);
        this.#resolve(batch);
      },
      onFailure: (error) => this.#onFailure(error),
    });
    this.#checkpoints = new CheckpointMaker(this.ledger, store, signer, (base) => this.replica.checkpoints.keep(base));
    this.#author = new Author(this.ledger, {
      signer,
      clock,
      timers,
      random,
      onEntry: (entry) => this.replica.publish(entry, false),
      onFailure: (error) => this.#onFailure(error),
    });
    this.writer = new AttestedWriter(this.ledger, this.#author, { clock, random, recorded: (hash) => this.#recorded(hash) });
  }

  /** @param device the only one, hex, that may prove itself on this link */
  connect(transport: Transport, binding: ChannelBinding, device: string): Link {
    return this.replica.connect(transport, binding, device);
  }

  /** Users with an admitted link. */
  presentUsers(): ReadonlySet<string> {
    return new Set(this.replica.views.flatMap((view) => this.ledger.device(view.link.device)?.user_id ?? []));
  }

  /** Somebody without a link wrote. */
  noteWriting(userId: string): void {
    this.#tools.onActivity(userId, this);
  }

  /** A session at rest is active before anything that counts gets its number: R-MEM-1. */
  #isHeld(): boolean {
    const claims = this.ledger.statement?.claims;
    if (claims?.dormant !== true) return false;
    const first = this.ledger.foldedPending(limits.recordsPerBatch).find(({ hash }) => this.ledger.modeOf(hash) === 'whole');
    const userId = first === undefined ? null : writerOf(first, (device) => this.ledger.device(device)?.user_id ?? null);
    if (userId === null) return false;
    // Its statement comes by `setStatement`, and numbering goes on.
    if (this.#wokenEpoch !== claims.epoch) {
      this.#wokenEpoch = claims.epoch;
      this.#tools.onWake(userId);
    }
    return true;
  }

  async #recorded(hash: string): Promise<void> {
    if (this.ledger.recordOf(hash) !== undefined) return;
    const written = new Promise<void>((resolve, reject) => this.#waiters.set(hash, { resolve, reject }));
    await this.#sequence();
    // It could not be applied: no record will ever come.
    if (this.#author.isLost) this.#rejectWaiters(new Fault('unavailable'));
    await written;
  }

  #rejectWaiters(error: unknown): void {
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }

  /** Deleted words leave the disk. One that is full holds up neither the session's opening nor what is said: it is tried again. R-ENT-6. */
  #reform(entries: readonly Entry[]): void {
    this.#unreformed.push(...entries);
    if (this.#unreformed.length === 0) return;
    try {
      this.#tools.store.reformEntries(this.ledger.sessionId, this.#unreformed);
      this.#unreformed = [];
    } catch (error) {
      this.#numberLater();
      this.#tools.onFailure(error);
    }
  }

  #isCatchingUp(): boolean {
    return this.#catchingUp.isWaiting(this.replica.views) || this.replica.checkpoints.isFetchingAhead;
  }

  #onEntries(entries: readonly Entry[], from: Link | null): void {
    // What a checkpoint lists came back to a restored authority: it has its number, and nobody else writes it down. R-AUT-5.
    const listed = entries.filter(({ hash }) => this.ledger.recordOf(hash) !== undefined);
    if (listed.length > 0) this.#tools.store.appendEntries(this.ledger.sessionId, listed, false);
    if (from === null) void this.#sequence();
    else this.#numberSoon();
    if (from !== null) for (const device of new Set(entries.map((entry) => entry.device))) this.#noteActivity(device);
  }

  #numberSoon(): void {
    this.#stopGathering ??= this.#tools.timers.after(gatherMs, () => {
      this.#stopGathering = null;
      void this.#sequence();
    });
  }

  async #sequence(): Promise<void> {
    this.#reform([]);
    await this.#sequencer.run();
    if (this.#isCatchingUp()) this.#numberLater();
    try {
      await this.#checkpoints.run();
    } catch (error) {
      this.#tools.onFailure(error);
    }
  }

  #noteActivity(device: string): void {
    const now = this.#tools.clock.now();
    const userId = this.ledger.device(device)?.user_id;
    if (userId === undefined || now - (this.#activeAt.get(userId) ?? -Infinity) < activityEveryMs) return;
    this.#activeAt.set(userId, now);
    this.#tools.onActivity(userId, this);
  }

  #resolve(batch: readonly NumberedRecord[]): void {
    for (const { record } of batch) {
      this.#waiters.get(record.hash)?.resolve();
      this.#waiters.delete(record.hash);
    }
  }

  #onFailure(error: unknown): void {
    this.#rejectWaiters(error);
    this.#numberLater();
    this.#tools.onFailure(error);
  }

  #numberLater(): void {
    this.#stopRetry ??= this.#tools.timers.after(retryMs, () => {
      this.#stopRetry = null;
      void this.#sequence();
    });
  }

  /** Presence for those without a mesh link to its owner; stamped with the device that sent it. R-MSH-1. */
  #relayAwareness(update: Uint8Array<ArrayBuffer>, from: Link): void {
    const told = readAwareness(update);
    if (told === null || told.client !== from.awarenessClient || !this.#mayTell(from)) return;
    // It belongs to the first live link that named it.
    const owner = [...this.#told].find(([link, { client }]) => client === told.client && link !== from);
    if (owner !== undefined) return;
    this.#told.set(from, { client: told.client, clock: told.clock });
    const userId = this.ledger.device(from.device)?.user_id;
    if (userId !== undefined && told.state !== null) this.#tools.onPointer(userId, told.state);
    this.replica.broadcastAwareness(update, (view) => view.link === from || view.windows.has(from.window), from.device);
  }

  /** Each link's presence goes to everybody: it is bounded here, not at those who get it. */
  #mayTell(from: Link): boolean {
    const second = Math.floor(this.#tools.clock.now() / 1_000);
    const last = this.#tellings.get(from);
    const count = last?.second === second ? last.count + 1 : 1;
    this.#tellings.set(from, { second, count });
    return count <= limits.awarenessPerSecond;
  }

  /** Whose link ended is gone for those who knew of them through the server. */
  #forgetGone(): void {
    const live = new Set(this.replica.views.map((view) => view.link));
    for (const [link, { client, clock }] of this.#told) {
      if (live.has(link)) continue;
      this.#told.delete(link);
      this.replica.broadcastAwareness(encodeGone(client, clock + 1), (view) => view.windows.has(link.window), link.device);
    }
  }

  /** Resolves when everything that can be numbered is on disk. */
  async drained(): Promise<void> {
    await this.#author.flush();
    await this.#sequencer.run();
  }

  close(): void {
    this.#stopGathering?.();
    this.#stopRetry?.();
    // Nobody will give them a number here any more.
    this.#rejectWaiters(new Fault('unavailable'));
    this.#author.close();
    this.replica.close();
  }
}

/** The authority's signer over its key pair. */
export function authoritySigner(privateKey: webcrypto.CryptoKey, publicKey: Uint8Array<ArrayBuffer>): Signer {
  return { publicKey, sign: async (message) => new Uint8Array(await webcrypto.subtle.sign('Ed25519', privateKey, message)) };
}
