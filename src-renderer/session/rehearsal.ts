import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { Fault } from '../../shared/base/errors.ts';
import { makeUuid, toHex, type RandomBytes } from '../../shared/base/ids.ts';
import { anchorAt, placesOf, type Place } from '../../shared/ledger/anchor.ts';
import { Author } from '../../shared/ledger/author.ts';
import { entryKinds, type EntryKind } from '../../shared/ledger/entry.ts';
import { deviceIdOf, Verifier, type Signer } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';
import { loadLedger, type StoredLedger } from '../../shared/ledger/load.ts';
import {
  chatSchema,
  commentSchema,
  encodeJson,
  songSetSchema,
  type Anchor,
  type Chat,
  type Comment,
} from '../../shared/ledger/payloads.ts';
import { authorityDeviceOf, Replica, type AuthorityKey } from '../../shared/ledger/replica.ts';
import { addSongSets, moveItemSets, readSetlist, removeItemSets, restoreItemSets, type SetPair } from '../../shared/ledger/setlist.ts';
import { mayNow, type Statement } from '../../shared/ledger/statement.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import type { Permission } from '../../shared/session/roles.ts';
import type { CoreLedger } from './core-ledger.ts';
import { DraftDesk } from './draft-desk.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { LiveSession, LiveSnapshot, SetlistItem } from './live-session.ts';
import { readSnapshot } from './live-snapshot.ts';
import type { PeerConnectionHooks } from './peer-connection.ts';
import { pendingPlaces } from './pending-places.ts';
import { WordsReader } from './live-words.ts';
import { Presence } from './presence.ts';
import { SongTransposing } from './song-transposing.ts';
import { TakeBacks } from './take-backs.ts';

export interface RehearsalParts {
  sessionId: string;
  userId: string;
  signer: Signer;
  authority: AuthorityKey;
  statement: Statement | null;
  stored: StoredLedger;
  core: CoreLedger;
  drafts: DraftShelf;
  clock: Clock;
  /** Keep their pace in a hidden window: for links. */
  timers: Timers;
  /** The page's own: cheaper, for what only a visible window needs in time. */
  pageTimers: Timers;
  random: RandomBytes;
}

/** A person sees changes of people, chat and setlist within this; the text itself does not wait for it. */
const snapshotMs = 30;

/** Origin of the named mutators' transactions. */
export const mutatorOrigin = Symbol('mutator');

/** A session open in this window: its ledger, author, presence and links, and the one picture that people see of it. */
export class Rehearsal implements LiveSession {
  readonly sessionId: string;
  readonly device: string;
  readonly presence: Presence;
  readonly drafts: DraftDesk;
  readonly #parts: RehearsalParts;
  readonly #ledger: Ledger;
  readonly #replica: Replica;
  readonly #author: Author;
  readonly #listeners = new Set<() => void>();
  readonly #ends: (() => void)[] = [];
  readonly #takeBacks: TakeBacks;
  readonly #words = new WordsReader();
  readonly #transposing = new SongTransposing(mutatorOrigin);
  #snapshot: LiveSnapshot;
  #isScheduled = false;
  #isClosed = false;
  #isStoring = true;
  #mayEdit = false;
  #clients = new Set<number>();

  constructor(parts: RehearsalParts) {
    const { sessionId, signer, authority, clock, timers, random } = parts;
    this.#parts = parts;
    this.sessionId = sessionId;
    this.device = toHex(deviceIdOf(signer.publicKey));
    this.#ledger = new Ledger(sessionId, authorityDeviceOf(authority.raw), parts.statement?.claims.generation ?? 1);
    if (parts.statement !== null) this.#ledger.setStatement(parts.statement);
    loadLedger(this.#ledger, parts.stored);
    this.drafts = new DraftDesk({
      ledger: this.#ledger,
      userId: parts.userId,
      shelf: parts.drafts,
      origin: mutatorOrigin,
      mayEdit: () => this.#may('edit'),
      addSong: (songId) => this.#putSong(songId),
      onChange: () => this.#schedule(),
    });
    this.#takeBacks = new TakeBacks(parts.pageTimers, () => this.#schedule());
    this.presence = new Presence((device) => this.#personOf(device), clock);
    const identity = {
      sessionId: this.#ledger.sessionBytes,
      signer,
      windowId: new Uint8Array(random(8)),
      awarenessClient: this.presence.ownClient,
    };
    this.#replica = new Replica(
      this.#ledger,
      authority,
      identity,
      { clock, timers, random, verifier: new Verifier() },
      {
        onEntries: (entries, from) => parts.core.appendEntries(entries, from === null),
        onRecords: (firstN, batch, head) => parts.core.appendRecords(firstN, batch, head),
        onStatement: (statement) => parts.core.putStatement(statement.jws),
        onCheckpoint: (checkpoint) => parts.core.putCheckpoint(checkpoint),
        mayTrim: (n) => !this.drafts.needs(n),
        onAwareness: (update, device, from) => this.#onAwareness(update, device, from),
        onLinks: () => this.#onLinks(),
        onChange: () => this.#onChange(),
        onStrike: () => undefined,
      },
    );
    this.#author = new Author(this.#ledger, {
      signer,
      clock,
      timers: parts.pageTimers,
      random,
      onEntry: (entry) => this.#replica.publish(entry, entry.kind === entryKinds.songUpdate),
      onFailure: () => this.#onChange(),
    });
    this.#mayEdit = this.#may('edit');
    this.#author.attach(this.#mayEdit);
    this.#watchTyping();
    this.awareness.on('change', ({ added }: { added: number[] }) => {
      this.#schedule();
      // Somebody new knows nobody yet.
      if (added.some((client) => client !== this.presence.ownClient)) this.#tellServer();
    });
    this.awareness.on('update', ({ added, updated }: { added: number[]; updated: number[] }) => {
      if (added.includes(this.presence.ownClient) || updated.includes(this.presence.ownClient)) this.#tellServer();
    });
    this.#ends.push(timers.every(1_000, () => this.presence.rest()));
    this.#introduce();
    this.#snapshot = this.#read();
  }

  get awareness(): Awareness {
    return this.presence.awareness;
  }

  /** What y-webrtc's connections need of this session. */
  get peerHooks(): PeerConnectionHooks {
    return {
      connect: (transport, binding) => this.connect(transport, binding, null),
      onPresence: (message, link) => {
        if (link !== null && link.isProved && link.awarenessClient !== null)
          this.presence.receiveMessage(message, link.device, link.awarenessClient);
      },
      filterOutgoing: (message, link) => (link?.isProved === true ? this.presence.filterOutgoing(message) : null),
    };
  }

  connect(transport: Transport, binding: ChannelBinding, device: string | null): Link {
    return this.#replica.connect(transport, binding, device);
  }

  snapshot(): LiveSnapshot {
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  songText(songId: string): Y.Text {
    return this.#ledger.fold.doc.getText(rootOfSong(songId));
  }

  transposeSong(songId: string, semitones: number): (() => void) | null {
    this.#require('edit');
    const undo = this.#transposing.transpose(this.songText(songId), semitones);
    return undo === null ? null : () => void (this.#may('edit') && undo());
  }

  async addSong(chordpro: string): Promise<string> {
    this.#require('edit');
    const songId = makeUuid(this.#parts.clock.now(), this.#parts.random);
    this.#putSong(songId);
    const text = this.songText(songId);
    this.#ledger.fold.doc.transact(() => text.insert(0, chordpro.toWellFormed()), mutatorOrigin);
    await this.#author.flush();
    return songId;
  }

  /** At the end of the setlist; answers its undo. */
  #putSong(songId: string): () => void {
    const itemId = makeUuid(this.#parts.clock.now(), this.#parts.random);
    this.#set(addSongSets(readSetlist(this.#ledger.fold.sets), songId, itemId));
    return () => this.removeItem(itemId);
  }

  moveItem(itemId: string, afterItemId: string | null): void {
    this.#set(moveItemSets(readSetlist(this.#ledger.fold.sets), itemId, afterItemId));
  }

  removeItem(itemId: string): void {
    this.#set(removeItemSets(itemId));
  }

  restoreItem(item: SetlistItem): void {
    this.#set(restoreItemSets(item));
  }

  sendMessage(text: string, replyTo?: string): void {
    this.#say({ type: 'message', text: text.toWellFormed(), reply_to: replyTo ?? null });
  }

  react(messageId: string, emoji: string, isOn: boolean): void {
    this.#say({ type: 'reaction', message: messageId, emoji, is_on: isOn });
  }

  deleteMessage(messageId: string): () => void {
    this.#require('chat');
    return this.#takeBacks.add(messageId, () => this.#may('chat') && this.#say({ type: 'delete', message: messageId }));
  }

  anchorAt(songId: string, place: Place): Anchor {
    return anchorAt(this.songText(songId), songId, place);
  }

  addComment(anchor: Anchor, text: string): void {
    this.#comment({ type: 'add', text: text.toWellFormed(), anchor, reply_to: null });
  }

  reply(commentId: string, text: string): void {
    this.#comment({ type: 'add', text: text.toWellFormed(), anchor: null, reply_to: commentId });
  }

  editComment(commentId: string, text: string): void {
    this.#comment({ type: 'edit', comment: commentId, text: text.toWellFormed() });
  }

  deleteComment(commentId: string): () => void {
    this.#require('comment');
    return this.#takeBacks.add(commentId, () => this.#may('comment') && this.#comment({ type: 'delete', comment: commentId }));
  }

  resolve(commentId: string): void {
    this.#comment({ type: 'resolve', comment: commentId });
  }

  reopen(commentId: string): void {
    this.#comment({ type: 'reopen', comment: commentId });
  }

  placesOf(songId: string, anchors: readonly Anchor[]): (Place | null)[] {
    return placesOf(this.songText(songId), anchors);
  }

  pendingPlaces(songId: string, longerThanMs: number): readonly Place[] {
    const now = this.#parts.clock.now();
    return pendingPlaces(this.#ledger, this.device, songId, now - longerThanMs, now);
  }

  showSong(songId: string | null): void {
    this.presence.showSong(songId);
  }

  setStoring(isStoring: boolean): void {
    if (this.#isStoring === isStoring) return;
    this.#isStoring = isStoring;
    this.#schedule();
  }

  /** Ends with the session; in reverse order of adding. */
  own(end: () => void): void {
    this.#ends.push(end);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#takeBacks.tellAll();
    this.#transposing.close();
    this.drafts.close();
    await this.#author.flush();
    await this.#parts.core.stored();
    this.#isClosed = true;
    this.#author.close();
    this.#replica.close();
    for (const end of this.#ends.toReversed()) end();
    this.presence.close();
    this.#snapshot = this.#read();
    for (const listener of this.#listeners) listener();
  }

  #set(sets: SetPair[]): void {
    this.#require('edit');
    this.#write(entryKinds.songSet, songSetSchema.parse({ sets, lamport: this.#ledger.fold.nextLamport }));
  }

  #say(chat: Chat): void {
    this.#require('chat');
    this.#write(entryKinds.chat, chatSchema.parse(chat));
  }

  #comment(comment: Comment): void {
    this.#require('comment');
    this.#write(entryKinds.comment, commentSchema.parse(comment));
  }

  #write(kind: EntryKind, payload: unknown): void {
    this.#author.write(kind, encodeJson(payload)).catch(() => this.#schedule());
  }

  #may(permission: Permission): boolean {
    const { statement } = this.#ledger;
    const device = this.#ledger.device(this.device);
    return statement !== null && device !== undefined && mayNow(statement.claims, device, permission);
  }

  #require(permission: Permission): void {
    if (!this.#may(permission)) throw new Fault('forbidden');
  }

  #personOf(device: string): { user_id: string; name: string; color: string } | null {
    const userId = this.#ledger.device(device)?.user_id;
    const person = this.#ledger.statement?.claims.participants.find((participant) => participant.user_id === userId);
    return person?.status === 'joined' ? person : null;
  }

  #introduce(): void {
    const self = this.#ledger.statement?.claims.participants.find((participant) => participant.user_id === this.#parts.userId);
    if (self !== undefined) this.presence.setSelf(self);
  }

  #watchTyping(): void {
    this.#ledger.fold.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local && transaction.origin !== mutatorOrigin && transaction.changed.size > 0) this.presence.typed();
    });
  }

  #onChange(): void {
    const isReplaced = this.#snapshot.documentVersion !== this.#ledger.version;
    const mayEdit = this.#may('edit');
    if (isReplaced) this.#watchTyping();
    this.#author.attach(mayEdit);
    if (this.#author.isLost) void this.#author.renew(mayEdit);
    this.#introduce();
    // The editor changes its document, or turns read-only, before the next key is pressed. R-DOC-3, R-LOC-5.
    if (isReplaced || mayEdit !== this.#mayEdit) this.#show();
    else this.#schedule();
    this.#mayEdit = mayEdit;
  }

  #onLinks(): void {
    const clients = new Set(this.#replica.views.flatMap((view) => view.link.awarenessClient ?? []));
    for (const client of this.#clients) if (!clients.has(client)) this.presence.forget(client);
    const isNew = [...clients].some((client) => !this.#clients.has(client));
    this.#clients = clients;
    // Somebody came, or lost another way to us: one's own presence is told again.
    if (isNew || clients.size === 0) this.awareness.setLocalState(this.awareness.getLocalState());
    this.#tellServer();
    this.#schedule();
  }

  /** On links presence comes from the authority only; between peers it has y-webrtc's own channel. R-MSH-1. */
  #onAwareness(update: Uint8Array<ArrayBuffer>, device: string, from: Link): void {
    if (from === this.#replica.authorityView?.link) this.presence.receive(update, device, null);
  }

  #tellServer(): void {
    const view = this.#replica.authorityView;
    view?.link.send({ type: 'awareness', device: this.device, update: this.presence.ownUpdate() });
  }

  #read(): LiveSnapshot {
    return readSnapshot({
      ledger: this.#ledger,
      views: this.#replica.views,
      authorityView: this.#replica.authorityView,
      presence: this.presence.states(),
      ownClient: this.presence.ownClient,
      ownUserId: this.#parts.userId,
      ownDevice: this.device,
      isClosed: this.#isClosed,
      isStoring: this.#isStoring,
      drafts: this.drafts.summary(),
      words: this.#words.read({ ledger: this.#ledger, ownUserId: this.#parts.userId, takenBack: this.#takeBacks.ids }),
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    this.#parts.pageTimers.after(snapshotMs, () => {
      this.#isScheduled = false;
      this.#show();
    });
  }

  #show(): void {
    if (this.#isClosed) return;
    this.#snapshot = this.#read();
    for (const listener of this.#listeners) listener();
  }
}
