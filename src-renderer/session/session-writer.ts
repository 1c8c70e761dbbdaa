import { Fault } from '../../shared/base/errors.ts';
import type { Author } from '../../shared/ledger/author.ts';
import { entryKinds, type EntryKind } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import {
  chatSchema,
  commentSchema,
  encodeJson,
  markerSchema,
  songSetSchema,
  type Chat,
  type Comment,
  type Marker,
} from '../../shared/ledger/payloads.ts';
import type { SetPair } from '../../shared/ledger/setlist.ts';
import { mayNow } from '../../shared/ledger/statement.ts';
import type { Permission } from '../../shared/session/roles.ts';

interface WriterParts {
  ledger: Ledger;
  author: Author;
  /** This window's own, hex. */
  device: string;
  /** Something could not be signed: what people see may be another. */
  onFailure(): void;
}

/** Writes what is no text of a song as entries of this window, where the newest statement permits it. */
export class SessionWriter {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  may(permission: Permission): boolean {
    const { ledger, device } = this.#parts;
    const { statement } = ledger;
    const listed = ledger.device(device);
    return statement !== null && listed !== undefined && mayNow(statement.claims, listed, permission);
  }

  /** Throws Fault 'forbidden'. */
  require(permission: Permission): void {
    if (!this.may(permission)) throw new Fault('forbidden');
  }

  set(sets: SetPair[]): void {
    this.require('edit');
    this.#write(entryKinds.songSet, songSetSchema.parse({ sets, lamport: this.#parts.ledger.fold.nextLamport }));
  }

  say(chat: Chat): void {
    this.require('chat');
    this.#write(entryKinds.chat, chatSchema.parse(chat));
  }

  comment(comment: Comment): void {
    this.require('comment');
    this.#write(entryKinds.comment, commentSchema.parse(comment));
  }

  mark(marker: Marker): void {
    this.require('record');
    this.#write(entryKinds.marker, markerSchema.parse(marker));
  }

  #write(kind: EntryKind, payload: unknown): void {
    this.#parts.author.write(kind, encodeJson(payload)).catch(() => this.#parts.onFailure());
  }
}
