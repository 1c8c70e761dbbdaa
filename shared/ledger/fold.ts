import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import { changeIn, deedsOf, nameIn, type Deed } from './deeds.ts';
import type { Entry } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Chat, Comment, Marker, SetValue, SongSet } from './payloads.ts';
import { addPost, type Posts } from './posts.ts';
import type { Outcome } from './structure.ts';
import { applyTextUpdate, clocksOf, fitnessOf, isCrowded, lackOf } from './structure.ts';
import { decodeUpdate, skeletonOf } from './update.ts';

/** Whole: it counts. Skeleton: only the places of its text stay. R-DOC-1. */
export type Mode = 'whole' | 'skeleton';

/** The winning value of one key, with what it won by. */
export interface SetCell {
  value: SetValue;
  lamport: number;
  stream: string;
  seq: number;
}

/** Origin of every transaction that the fold makes: bindings tell remote text from typed text by it. */
export const foldOrigin = Symbol('ledger fold');

/** Documents, setlist, comments, chat and markers as a pure fold over entries. It does not decide what counts: the ledger does. */
export class Fold {
  readonly doc: Y.Doc;
  readonly sets = new Map<string, SetCell>();
  /** Of these three, what counts, in the order it came into the fold: one that names another is behind it. */
  readonly comments: Posts<Comment> = new Map();
  readonly chat: Posts<Chat> = new Map();
  readonly markers: Posts<Marker> = new Map();
  /** Comments and messages that count and whose words were deleted for good: answers to them stand. R-ENT-6. */
  readonly gone = new Map<string, Entry>();
  /** Something was folded before its turn into a place where others' text stood already. */
  isDoubtful = false;
  readonly #deeds = new WeakMap<Entry, Deed[]>();
  /** All comments and messages taken in, counting or not: one that names another waits until it is here. */
  readonly #said = new Set<string>();
  #highestLamport = 0;

  constructor() {
    this.doc = new Y.Doc({ gc: true });
    this.doc.clientID = 0;
  }

  /** One above the highest lamport among the song.set entries in this fold. */
  get nextLamport(): number {
    return this.#highestLamport + 1;
  }

  /** As `deedsOf`, read once. Nothing of what was deleted for good. */
  deedsOf(entry: Entry): Deed[] | null {
    if (entry.form === 'bare') return [];
    const known = this.#deeds.get(entry);
    if (known !== undefined) return known;
    const deeds = deedsOf(entry);
    if (deeds !== null) this.#deeds.set(entry, deeds);
    return deeds;
  }

  /**
   * Takes one entry into the fold.
   * @param isJudged it has a record of the authority: its structure is not judged again
   * @param isInTurn all records before its own, and nothing else, are folded
   * @returns `ok`; `missing` when something it builds on is not here yet, `bad` when it can never be applied (nothing was
   *   changed); `torn` when it can't and the document may hold part of it: rebuild without it
   */
  apply(entry: Entry, mode: Mode, isJudged: boolean, isInTurn = isJudged): Outcome {
    if (entry.form === 'bare') {
      this.#said.add(entry.hash);
      if (mode === 'whole') this.gone.set(entry.hash, entry);
      return 'ok';
    }
    const deeds = this.deedsOf(entry);
    if (deeds === null) return 'bad';
    // Before anything of it is taken in: an entry of several parts waits as a whole.
    if (!isJudged && deeds.some((deed) => this.#waits(deed))) return 'missing';
    for (const deed of deeds) {
      const fitness = this.#applyDeed(entry, deed, mode, isJudged, isInTurn);
      if (fitness !== 'ok') return fitness;
    }
    return 'ok';
  }

  /** Stands where a checkpoint left off; only for a fold that has nothing yet. @param said hashes of what was said and counts */
  beginAt(state: Uint8Array, sets: readonly (readonly [string, SetCell])[], said: Iterable<string>): void {
    Y.applyUpdate(this.doc, state, foldOrigin);
    for (const [key, cell] of sets) {
      this.sets.set(key, cell);
      this.#highestLamport = Math.max(this.#highestLamport, cell.lamport);
    }
    for (const hash of said) this.#said.add(hash);
  }

  /** Takes what was said before the checkpoint, all that is known of it, by number: it goes before what came after. */
  recall(entries: readonly Entry[]): void {
    for (const entry of entries) if (entry.form === 'bare') this.gone.set(entry.hash, entry);
    const recalled = new Set(entries);
    for (const posts of [this.comments, this.chat, this.markers]) {
      const later = [...posts].filter(([, { entry }]) => !recalled.has(entry));
      posts.clear();
      for (const entry of entries) for (const deed of this.deedsOf(entry) ?? []) this.#recallInto(posts, entry, deed);
      for (const [name, post] of later) (posts as Map<string, unknown>).set(name, post);
    }
  }

  /** What the entry said is deleted for good. */
  forgetWords(entry: Entry): void {
    const isHere = this.comments.delete(entry.hash) || this.chat.delete(entry.hash);
    if (isHere) this.gone.set(entry.hash, entry);
  }

  #recallInto(posts: Posts<Comment> | Posts<Chat> | Posts<Marker>, entry: Entry, deed: Deed): void {
    if (deed.kind === entryKinds.comment && posts === this.comments) addPost(posts, entry, deed.userId, deed.comment);
    if (deed.kind === entryKinds.chat && posts === this.chat) addPost(posts, entry, deed.userId, deed.chat);
    if (deed.kind === entryKinds.marker && posts === this.markers) addPost(posts, entry, deed.userId, deed.marker);
  }

  /** Whether the document holds all text of an own song.update; of one that only deletes nothing tells, and it is taken for done. */
  holds(entry: Entry): boolean {
    const update = decodeUpdate(entry.payload, entry.clientId);
    const last = update?.structs.at(-1);
    return update !== null && (last === undefined || clocksOf(this.doc, entry.clientId) >= last.clock + last.length);
  }

  #applyDeed(entry: Entry, deed: Deed, mode: Mode, isJudged: boolean, isInTurn: boolean): Outcome {
    switch (deed.kind) {
      case entryKinds.songUpdate: {
        const update = mode === 'whole' ? deed.update : skeletonOf(deed.update);
        if (update === null) return 'ok';
        const fitness = fitnessOf(this.doc, update);
        if (fitness !== 'ok') return fitness;
        if (!isInTurn && isCrowded(this.doc, update)) this.isDoubtful = true;
        return applyTextUpdate(this.doc, update, isJudged, foldOrigin);
      }
      case entryKinds.songSet:
        if (mode === 'whole') this.#applySet(entry, deed.set);
        return 'ok';
      case entryKinds.comment:
        this.#said.add(entry.hash);
        if (mode === 'whole') addPost(this.comments, entry, deed.userId, deed.comment);
        return 'ok';
      case entryKinds.chat:
        this.#said.add(entry.hash);
        if (mode === 'whole') addPost(this.chat, entry, deed.userId, deed.chat);
        return 'ok';
      case entryKinds.marker:
        if (mode === 'whole') addPost(this.markers, entry, deed.userId, deed.marker);
        return 'ok';
    }
  }

  /** What an entry that is `missing` something waits for, as a question that is cheap to ask: whether it is here now. */
  lackOf(entry: Entry, mode: Mode): () => boolean {
    for (const deed of this.deedsOf(entry) ?? []) {
      if (this.#waits(deed)) return () => !this.#waits(deed);
      if (deed.kind !== entryKinds.songUpdate) continue;
      const update = mode === 'whole' ? deed.update : skeletonOf(deed.update);
      const lack = update === null ? 'ok' : lackOf(this.doc, update);
      if (typeof lack === 'object') return () => clocksOf(this.doc, lack.client) > lack.clock;
    }
    return () => true;
  }

  /** It builds on something of the setlist, of comments or chat that is not here yet. */
  #waits(deed: Deed): boolean {
    if (deed.kind === entryKinds.songSet) return deed.set.lamport > this.#highestLamport + limits.lamportAhead;
    const name = nameIn(deed);
    return name !== null && !this.#said.has(name);
  }

  /**
   * Whether the entry changes a comment or message of somebody else, which needs `moderate` besides. Whose a thing is is known
   * once it is in the fold; what does not count belongs to nobody, and changing it does nothing.
   * @param userOf the user of a device
   */
  changesOthers(entry: Entry, userOf: (device: string) => string | null): boolean {
    if (entry.kind !== entryKinds.comment && entry.kind !== entryKinds.chat) return false;
    const [deed] = this.deedsOf(entry) ?? [];
    if (deed === undefined) return false;
    const changed = changeIn(deed);
    const target = changed === null ? undefined : (deed.kind === entryKinds.comment ? this.comments : this.chat).get(changed);
    const [device, user] = [(target?.entry ?? this.gone.get(changed ?? ''))?.device, target?.userId];
    return device !== undefined && (user ?? userOf(device)) !== userOf(entry.device);
  }

  #applySet(entry: Entry, set: SongSet): void {
    this.#highestLamport = Math.max(this.#highestLamport, set.lamport);
    for (const [key, value] of set.sets) {
      const cell = this.sets.get(key);
      const wins =
        cell === undefined ||
        set.lamport > cell.lamport ||
        (set.lamport === cell.lamport && (entry.stream > cell.stream || (entry.stream === cell.stream && entry.seq >= cell.seq)));
      if (wins) this.sets.set(key, { value, lamport: set.lamport, stream: entry.stream, seq: entry.seq });
    }
  }
}
