import * as Y from 'yjs';
import { limits } from '../base/limits.ts';
import type { Entry, EntryKind } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Chat, SetValue, SongSet } from './payloads.ts';
import { attestedSchema, chatSchema, parseJson, partsOf, songSetSchema } from './payloads.ts';
import type { Outcome } from './structure.ts';
import { applyTextUpdate, fitnessOf } from './structure.ts';
import type { TextUpdate } from './update.ts';
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

/** A chat payload that counts, and the entry it came in. */
export interface ChatPost {
  entry: Entry;
  /** Who said it: the device's user, or the person for whom the authority attested it (null: look the device up). */
  userId: string | null;
  chat: Chat;
}

/** One thing an entry asks for, parsed. */
type Deed =
  | { kind: typeof entryKinds.songUpdate; update: TextUpdate }
  | { kind: typeof entryKinds.songSet; set: SongSet }
  | { kind: typeof entryKinds.chat; chat: Chat; userId: string | null }
  | { kind: 'nothing' };

function deedOf(kind: EntryKind, payload: Uint8Array, client: number, userId: string | null): Deed | null {
  switch (kind) {
    case entryKinds.songUpdate: {
      const update = decodeUpdate(payload, client);
      return update === null ? null : { kind, update };
    }
    case entryKinds.songSet: {
      const set = parseJson(songSetSchema, payload);
      return set === null ? null : { kind, set };
    }
    case entryKinds.chat: {
      const chat = parseJson(chatSchema, payload);
      return chat === null ? null : { kind, chat, userId };
    }
    case entryKinds.comment:
    case entryKinds.marker:
      return { kind: 'nothing' };
    case entryKinds.attested:
      return null;
  }
}

function deedsOf(entry: Entry): Deed[] | null {
  if (entry.kind !== entryKinds.attested) {
    const deed = deedOf(entry.kind, entry.payload, entry.clientId, null);
    return deed === null ? null : [deed];
  }
  const attested = parseJson(attestedSchema, entry.payload);
  if (attested === null) return null;
  const deeds = partsOf(attested).map((part) => deedOf(part.kind, part.payload, entry.clientId, attested.user_id));
  return deeds.every((deed) => deed !== null) ? deeds : null;
}

/** Origin of every transaction that the fold makes: bindings tell remote text from typed text by it. */
export const foldOrigin = Symbol('ledger fold');

/** Documents, setlist and chat as a pure fold over entries. It does not decide what counts: the ledger does. */
export class Fold {
  readonly doc: Y.Doc;
  readonly sets = new Map<string, SetCell>();
  readonly chat = new Map<string, ChatPost>();
  readonly #deeds = new WeakMap<Entry, Deed[]>();
  /** All chat entries taken in, counting or not: one that names another waits until it is here. */
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

  #parsed(entry: Entry): Deed[] | null {
    const known = this.#deeds.get(entry);
    if (known !== undefined) return known;
    const deeds = deedsOf(entry);
    if (deeds !== null) this.#deeds.set(entry, deeds);
    return deeds;
  }

  /**
   * Takes one entry into the fold.
   * @param isJudged it has a record of the authority: its structure is not judged again
   * @returns `ok`; `missing` when something it builds on is not here yet, `bad` when it can never be applied (nothing was
   *   changed); `torn` when it can't and the document may hold part of it: rebuild without it
   */
  apply(entry: Entry, mode: Mode, isJudged: boolean): Outcome {
    const deeds = this.#parsed(entry);
    if (deeds === null) return 'bad';
    for (const deed of deeds) {
      const fitness = this.#applyDeed(entry, deed, mode, isJudged);
      if (fitness !== 'ok') return fitness;
    }
    return 'ok';
  }

  /** Registers an own entry whose text is in the document already. */
  adopt(entry: Entry): void {
    if (entry.kind !== entryKinds.songUpdate) this.apply(entry, 'whole', true);
  }

  #applyDeed(entry: Entry, deed: Deed, mode: Mode, isJudged: boolean): Outcome {
    switch (deed.kind) {
      case entryKinds.songUpdate: {
        const update = mode === 'whole' ? deed.update : skeletonOf(deed.update);
        if (update === null) return 'ok';
        const fitness = fitnessOf(this.doc, update);
        if (fitness !== 'ok') return fitness;
        return applyTextUpdate(this.doc, update, isJudged, foldOrigin);
      }
      case entryKinds.songSet: {
        if (!isJudged && deed.set.lamport > this.#highestLamport + limits.lamportAhead) return 'missing';
        if (mode === 'whole') this.#applySet(entry, deed.set);
        return 'ok';
      }
      case entryKinds.chat: {
        const names = deed.chat.type === 'message' ? deed.chat.reply_to : deed.chat.message;
        if (!isJudged && names !== null && !this.#said.has(names)) return 'missing';
        this.#said.add(entry.hash);
        if (mode === 'whole') this.chat.set(entry.hash, { entry, userId: deed.userId, chat: deed.chat });
        return 'ok';
      }
      case 'nothing':
        return 'ok';
    }
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
