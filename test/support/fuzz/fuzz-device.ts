import type * as Y from 'yjs';
import type { Timers } from '../../../shared/base/clock.ts';
import { toHex } from '../../../shared/base/ids.ts';
import type { Bridge, KeptDraft } from '../../../shared/ipc/contract.ts';
import { Author } from '../../../shared/ledger/author.ts';
import type { Entry } from '../../../shared/ledger/entry.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import type { Verifier } from '../../../shared/ledger/keys.ts';
import { Ledger } from '../../../shared/ledger/ledger.ts';
import type { LedgerBase } from '../../../shared/ledger/ledger-base.ts';
import type { LedgerStore } from '../../../shared/ledger/ledger-store.ts';
import type { ChannelBinding, Link, Transport } from '../../../shared/ledger/link.ts';
import { loadLedger } from '../../../shared/ledger/load.ts';
import { authorityDeviceOf, type AuthorityKey } from '../../../shared/ledger/authority-key.ts';
import { Replica } from '../../../shared/ledger/replica.ts';
import { mayNow, verifyStatement } from '../../../shared/ledger/statement.ts';
import type { UnsaidWords } from '../../../shared/ledger/unsaid-words.ts';
import type { Permission } from '../../../shared/session/roles.ts';
import { createLedgerCalls } from '../../../src-main/core/ledger/ledger-calls.ts';
import { CoreLedger, readStored } from '../../../src-renderer/session/core-ledger.ts';
import { DraftDesk } from '../../../src-renderer/session/draft-desk.ts';
import type { DraftShelf } from '../../../src-renderer/session/draft-shelf.ts';
import { SessionWriter } from '../../../src-renderer/session/session-writer.ts';
import type { FuzzTime, Life } from './fuzz-time.ts';
import { copyOf, fatedStore } from './fuzz-store.ts';
import type { FuzzKeys } from './quick-crypto.ts';
import type { Rng } from './rng.ts';

export const sessionId = '0198f000-0000-7000-8000-000000000001';

/** What a story tells its devices, and is told by them. */
export interface Surroundings {
  time: FuzzTime;
  rng: Rng;
  authority: AuthorityKey;
  makeVerifier(): Verifier;
  fail(error: unknown): void;
  /** Whether that device breaks rules: to be struck is right then. */
  isBad(device: string): boolean;
}

/** A person's device: what outlives its windows. */
export class Seat {
  readonly name: string;
  readonly userId: string;
  readonly keys: FuzzKeys;
  readonly device: string;
  /** What really is on its disk. */
  disk: LedgerStore;
  /** What core keeps of this person's drafts. */
  drafts: readonly KeptDraft[] = [];
  /** And of messages, comments and marks that do not count. */
  unsaid: readonly UnsaidWords[] = [];
  /** A copy of all that, made at some time. */
  backup: Backup | null = null;
  /** How far its clock is off. */
  offsetMs = 0;
  isDiskFull = false;
  /** Dies at this write from now on, before it or after; null: lives. */
  diesAt: { writes: number; isAfter: boolean } | null = null;
  window: FuzzDevice | null = null;
  /** Own entries that its disk took: none of these may ever go. */
  kept = new Map<string, Entry>();
  /** It breaks rules: nothing is promised about its own entries. */
  isHostile = false;

  constructor(name: string, at: number, keys: FuzzKeys, disk: LedgerStore) {
    this.name = name;
    this.keys = keys;
    this.disk = disk;
    this.device = authorityDeviceOf(keys.signer.publicKey);
    this.userId = `0198f000-0000-7000-8000-${String(at).padStart(12, '0')}`;
  }
}

interface Backup {
  disk: LedgerStore;
  drafts: readonly KeptDraft[];
  unsaid: readonly UnsaidWords[];
  kept: ReadonlyMap<string, Entry>;
}

/** Copies the disk of a seat, as a program that saves folders does. */
export function backUp(seat: Seat): void {
  seat.backup = { disk: copyOf(seat.disk, sessionId), drafts: seat.drafts, unsaid: seat.unsaid, kept: new Map(seat.kept) };
}

/** Puts the copy back: what was written since is not on this disk any more. Its window must be closed. */
export function restoreBackup(seat: Seat): void {
  if (seat.backup === null) return;
  const { disk, drafts, unsaid, kept } = seat.backup;
  Object.assign(seat, { disk: copyOf(disk, sessionId), drafts, unsaid, kept: new Map(kept) });
}

const nothing = (): void => undefined;

class Died extends Error {}

/** The store as one window sees it: full, or the last thing it sees. */
function storeOf(seat: Seat, life: Life): LedgerStore {
  const isTime = (isAfter: boolean): boolean => seat.diesAt !== null && seat.diesAt.isAfter === isAfter && seat.diesAt.writes <= 0;
  const die = (): never => {
    seat.diesAt = null;
    seat.window?.kill();
    throw new Died('killed at a write');
  };
  const disk: LedgerStore = {
    ...seat.disk,
    appendEntries: (session, entries, isOwn) => {
      seat.disk.appendEntries(session, entries, isOwn);
      if (isOwn) for (const entry of entries) seat.kept.set(entry.hash, entry);
    },
  };
  return fatedStore(disk, {
    before: () => {
      if (!life.isAlive) throw new Died('written by the dead');
      if (seat.diesAt !== null) seat.diesAt.writes -= 1;
      if (isTime(false)) die();
      if (seat.isDiskFull) throw new Error('the disk is full');
    },
    after: () => {
      if (isTime(true)) die();
    },
  });
}

/** Core's own calls over the store, without the frames between. */
function bridgeOver(store: LedgerStore): Bridge {
  const calls = createLedgerCalls(store) as Record<string, (args: unknown) => unknown>;
  const invoke = async (name: string, args: unknown): Promise<unknown> => {
    try {
      return { ok: true, result: await calls[name]?.(args) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error && error.name === 'Fault' ? error.code : 'internal';
      return { ok: false, code };
    }
  };
  return { invoke: invoke as Bridge['invoke'], on: () => () => undefined };
}

/** One window: the product's ledger, replica, author and store queue, put together as the app does. */
export class FuzzDevice implements Life {
  isAlive = true;
  readonly seat: Seat;
  readonly ledger: Ledger;
  readonly replica: Replica;
  readonly author: Author;
  readonly core: CoreLedger;
  readonly drafts: DraftDesk;
  readonly made: Entry[] = [];
  /** Characters typed here, by stream: each must be in a signed entry. */
  readonly typed = new Map<string, number>();
  undo: Y.UndoManager | null = null;
  #watched: Y.Doc | null = null;
  #base: LedgerBase | null = null;

  private constructor(seat: Seat, around: Surroundings, core: CoreLedger) {
    this.seat = seat;
    this.core = core;
    const { time, rng, authority } = around;
    const clock = time.clock(() => seat.offsetMs);
    const timers: Timers = time.timers(this);
    const random = (length: number): Uint8Array => rng.bytes(length);
    this.ledger = new Ledger(sessionId, authorityDeviceOf(authority.raw));
    const { userId } = seat;
    const shelf: DraftShelf = {
      dismissed: [],
      kept: seat.drafts,
      keptWords: seat.unsaid,
      dismiss: nothing,
      restore: nothing,
      keep: (drafts) => this.#keepDrafts(drafts),
      keepWords: (words) => this.#keepWords(words),
      note: nothing,
    };
    const writer = (): SessionWriter =>
      new SessionWriter({ ledger: this.ledger, author: this.author, device: seat.device, onFailure: nothing });
    this.drafts = new DraftDesk({
      ledger: this.ledger,
      userId,
      shelf,
      origin: Symbol('draft'),
      mayEdit: () => this.may('edit'),
      writer,
      addSong: () => nothing,
      onChange: nothing,
    });
    const identity = { sessionId: this.ledger.sessionBytes, signer: seat.keys.signer, windowId: rng.bytes(8), awarenessClient: 7 };
    this.replica = new Replica(
      this.ledger,
      authority,
      identity,
      { clock, timers, random, verifier: around.makeVerifier() },
      {
        onEntries: (entries, from) => core.appendEntries(entries, from === null),
        onReformed: (entries) => core.reformEntries(entries),
        onRecords: (firstN, batch, head) => core.appendRecords(firstN, batch, head),
        onStatement: (statement) => core.putStatement(statement.jws),
        onGeneration: (checkpoint) => {
          core.beginGeneration(checkpoint).then(
            (entries) => this.isAlive && this.replica.offerStored(entries),
            (error: unknown) => this.isAlive && around.fail(error),
          );
        },
        onCheckpoint: (checkpoint) => core.putCheckpoint(checkpoint),
        mayTrim: (n) => !this.drafts.needs(n),
        onAwareness: () => undefined,
        onLinks: () => undefined,
        onChange: () => this.#onChange(),
        onStrike: (link, code) => {
          if (this.isAlive && !around.isBad(link.device)) around.fail(new Error(`${seat.name} struck ${link.device.slice(0, 6)}: ${code}`));
        },
      },
    );
    this.author = new Author(this.ledger, {
      signer: seat.keys.signer,
      clock,
      timers,
      random,
      onEntry: (entry) => {
        if (!this.isAlive) return;
        this.made.push(entry);
        const isText = entry.kind === entryKinds.songUpdate;
        this.replica.publish(entry, isText, isText);
      },
      onFailure: (error) => {
        if (this.isAlive) around.fail(error);
      },
    });
  }

  /** A new window of the device, from its own store. */
  static async open(seat: Seat, around: Surroundings): Promise<FuzzDevice> {
    const life: Life = { isAlive: true };
    const bridge = bridgeOver(storeOf(seat, life));
    const timers = around.time.timers(life);
    const device = new FuzzDevice(seat, around, new CoreLedger(bridge, sessionId, timers, () => undefined));
    device.#life = life;
    const { statement: jws, ...stored } = await readStored(bridge, sessionId, seat.device);
    const statement = jws === null ? null : await verifyStatement(jws, around.authority.key, sessionId);
    if (statement !== null) device.ledger.setStatement(statement);
    device.drafts.unsaid.keepStored(loadLedger(device.ledger, stored, seat.device));
    device.#onChange();
    seat.window = device;
    return device;
  }

  #life: Life = { isAlive: true };

  may(permission: Permission): boolean {
    const { statement } = this.ledger;
    const device = this.ledger.device(this.seat.device);
    return statement !== null && device !== undefined && mayNow(statement.claims, device, permission);
  }

  connect(transport: Transport, binding: ChannelBinding, device: string | null): Link {
    return this.replica.connect(transport, binding, device);
  }

  /** Memory is gone, the disk stays. Nothing that it still had in hand happens. */
  kill(): void {
    this.isAlive = false;
    this.#life.isAlive = false;
    this.author.close();
    if (this.seat.window === this) this.seat.window = null;
  }

  /** Closed in the usual way: everything is signed and stored before. */
  async close(): Promise<void> {
    await this.author.flush();
    await this.core.stored();
    this.author.close();
    this.replica.close();
    this.kill();
  }

  #keepDrafts(drafts: readonly KeptDraft[]): void {
    if (this.isAlive) this.seat.drafts = [...this.seat.drafts, ...drafts];
  }

  #keepWords(words: readonly UnsaidWords[]): void {
    if (this.isAlive) this.seat.unsaid = [...this.seat.unsaid, ...words];
  }

  get streamName(): string {
    return this.author.streamName;
  }

  #onChange(): void {
    if (!this.isAlive) return;
    this.author.attach(this.may('edit'));
    if (this.#base !== this.ledger.base) {
      this.#base = this.ledger.base;
      this.drafts.summary();
    }
    if (this.#watched !== this.ledger.fold.doc) this.#watch(this.ledger.fold.doc);
    if (this.author.isLost) this.author.renew();
  }

  /** R-LOC-4: a rebuild clears undo and redo. */
  #watch(doc: Y.Doc): void {
    this.#watched = doc;
    this.undo = null;
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!transaction.local || !this.isAlive) return;
      const client = this.author.clientId;
      const grown = (transaction.afterState.get(client) ?? 0) - (transaction.beforeState.get(client) ?? 0);
      if (grown > 0) this.typed.set(this.streamName, (this.typed.get(this.streamName) ?? 0) + grown);
    });
  }

  toString(): string {
    return `${this.seat.name} ${toHex(this.ledger.chain).slice(0, 6)} n ${this.ledger.n}`;
  }
}
