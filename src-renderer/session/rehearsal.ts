import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import { fromHex, makeUuid, toHex, type RandomBytes } from '../../shared/base/ids.ts';
import { anchorAt, placesOf, type Place } from '../../shared/ledger/anchor.ts';
import { Author } from '../../shared/ledger/author.ts';
import { entryKinds } from '../../shared/ledger/entry.ts';
import { deviceIdOf, Verifier, type Signer } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import type { ChannelBinding, Link, Transport } from '../../shared/ledger/link.ts';
import { loadLedger, type StoredLedger } from '../../shared/ledger/load.ts';
import type { Anchor } from '../../shared/ledger/payloads.ts';
import { authorityDeviceOf, type AuthorityKey } from '../../shared/ledger/authority-key.ts';
import { Replica } from '../../shared/ledger/replica.ts';
import type { Statement } from '../../shared/ledger/statement.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import type { CoreLedger } from './core-ledger.ts';
import { DraftDesk } from './draft-desk.ts';
import type { DraftShelf } from './draft-shelf.ts';
import type { LiveSession, LiveSnapshot, MarkType, SetlistItem } from './live-session.ts';
import { readSnapshot } from './live-snapshot.ts';
import { WordsReader } from './live-words.ts';
import { OwnWords } from './own-words.ts';
import type { PeerConnectionHooks } from './peer-connection.ts';
import { pendingPlaces } from './pending-places.ts';
import { PresenceLinks, personOf } from './presence-links.ts';
import { Presence } from './presence.ts';
import type { SongHistory } from '../../shared/ledger/song-history.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import { openSongHistory } from './session-history.ts';
import { openRecording, type OpenedRecording } from './session-recording.ts';
import { SessionPicture } from './session-picture.ts';
import { SessionWriter } from './session-writer.ts';
import { SetlistChanges } from './setlist-changes.ts';
import { SongTitles } from './song-titles.ts';
import { SongTransposing } from './song-transposing.ts';
import { TakeBacks } from './take-backs.ts';
import { Troubles } from './troubles.ts';

export interface RehearsalParts {
  sessionId: string;
  userId: string;
  signer: Signer;
  authority: AuthorityKey;
  statement: Statement | null;
  stored: StoredLedger;
  core: CoreLedger;
  drafts: DraftShelf;
  recordings: RecordingShelf;
  clock: Clock;
  /** Keep their pace in a hidden window: for links. */
  timers: Timers;
  /** The page's own: cheaper, for what only a visible window needs in time. */
  pageTimers: Timers;
  random: RandomBytes;
}

/** Origin of the named mutators' transactions. */
export const mutatorOrigin = Symbol('mutator');

/** A session open in this window: puts its ledger, author, presence and links together, and answers what the interface asks. */
export class Rehearsal implements LiveSession {
  readonly sessionId: string;
  readonly device: string;
  /** This window's own id, hex. */
  readonly window: string;
  readonly presence: Presence;
  readonly drafts: DraftDesk;
  readonly #parts: RehearsalParts;
  readonly #ledger: Ledger;
  readonly #replica: Replica;
  readonly #author: Author;
  readonly #writer: SessionWriter;
  readonly #setlist: SetlistChanges;
  readonly #words: OwnWords;
  readonly #takeBacks: TakeBacks;
  readonly #presenceLinks: PresenceLinks;
  readonly #picture: SessionPicture;
  readonly #wordsReader = new WordsReader();
  readonly #titles = new SongTitles();
  readonly #troubles: Troubles;
  readonly #transposing = new SongTransposing(mutatorOrigin);
  readonly #ends: (() => void)[] = [];
  #isClosed = false;
  #isStoring = true;
  #mayEdit = false;

  constructor(parts: RehearsalParts) {
    const { sessionId, signer, authority, clock, timers, pageTimers, random } = parts;
    this.#parts = parts;
    this.sessionId = sessionId;
    this.device = toHex(deviceIdOf(signer.publicKey));
    this.window = toHex(random(8));
    this.#ledger = new Ledger(sessionId, authorityDeviceOf(authority.raw), parts.statement?.claims.generation ?? 1);
    if (parts.statement !== null) this.#ledger.setStatement(parts.statement);
    const inVain = loadLedger(this.#ledger, parts.stored, this.device);
    this.drafts = new DraftDesk({
      ledger: this.#ledger,
      userId: parts.userId,
      shelf: parts.drafts,
      origin: mutatorOrigin,
      mayEdit: () => this.#writer.may('edit'),
      writer: () => this.#writer,
      addSong: (songId) => this.#setlist.put(songId),
      onChange: () => this.#picture.schedule(),
    });
    this.drafts.unsaid.keepStored(inVain);
    this.#takeBacks = new TakeBacks(pageTimers, () => this.#picture.schedule());
    this.presence = new Presence((device) => personOf(this.#ledger, device), clock);
    this.#troubles = new Troubles(this.#ledger, () => this.#picture.schedule());
    this.#replica = this.#openReplica();
    this.#author = new Author(this.#ledger, {
      signer,
      clock,
      timers: pageTimers,
      random,
      onEntry: (entry) => {
        const isText = entry.kind === entryKinds.songUpdate;
        this.#replica.publish(entry, isText, isText);
      },
      onFailure: () => this.#onChange(),
    });
    this.#writer = new SessionWriter({
      ledger: this.#ledger,
      author: this.#author,
      device: this.device,
      onFailure: () => this.#picture.schedule(),
    });
    this.#setlist = new SetlistChanges(this.#ledger, this.#writer, () => makeUuid(clock.now(), random));
    this.#words = new OwnWords(this.#writer, this.#takeBacks);
    this.#mayEdit = this.#writer.may('edit');
    this.#author.attach(this.#mayEdit);
    this.#picture = new SessionPicture(() => this.#read(), pageTimers);
    this.#presenceLinks = new PresenceLinks({
      ledger: this.#ledger,
      replica: this.#replica,
      presence: this.presence,
      device: this.device,
      userId: parts.userId,
      mutatorOrigin,
      onForged: (device) => this.#troubles.noteRejected(device),
      onChange: () => this.#picture.schedule(),
    });
    this.#presenceLinks.watchTyping();
    this.#ends.push(timers.every(1_000, () => this.presence.rest()));
    this.#presenceLinks.introduce();
    this.#picture.show();
  }

  #openReplica(): Replica {
    const { signer, authority, clock, timers, random, core } = this.#parts;
    const identity = {
      sessionId: this.#ledger.sessionBytes,
      signer,
      windowId: fromHex(this.window),
      awarenessClient: this.presence.ownClient,
    };
    return new Replica(
      this.#ledger,
      authority,
      identity,
      { clock, timers, random, verifier: new Verifier() },
      {
        onEntries: (entries, from) => core.appendEntries(entries, from === null),
        onReformed: (entries) => core.reformEntries(entries),
        onRecords: (firstN, batch, head) => {
          this.#troubles.noteRecords(batch, this.device);
          core.appendRecords(firstN, batch, head);
        },
        onStatement: (statement) => core.putStatement(statement.jws),
        onCheckpoint: (checkpoint) => core.putCheckpoint(checkpoint),
        ...this.#troubles.events,
        onGeneration: (checkpoint) => {
          this.#troubles.noteGeneration();
          core.beginGeneration(checkpoint).then(
            (entries) => this.#isClosed || this.#replica.offerStored(entries),
            () => this.#onChange(),
          );
        },
        mayTrim: (n) => !this.drafts.needs(n),
        onAwareness: (update, device, from) => this.#presenceLinks.onAwareness(update, device, from),
        onLinks: () => {
          this.#presenceLinks.onLinks();
          this.#picture.schedule();
        },
        onChange: () => this.#onChange(),
      },
    );
  }

  get awareness(): Awareness {
    return this.presence.awareness;
  }

  /** What y-webrtc's connections need of this session. */
  get peerHooks(): PeerConnectionHooks {
    return this.#presenceLinks.hooks;
  }

  connect(transport: Transport, binding: ChannelBinding, device: string | null): Link {
    return this.#replica.connect(transport, binding, device);
  }

  /** Through a relay: with whoever the statement lists, and with presence on the same link. R-MSH-5. */
  connectRelayed(transport: Transport, binding: ChannelBinding): Link {
    const link = this.#replica.connect(transport, binding, null);
    this.#presenceLinks.addRelayed(link);
    return link;
  }

  directWindows(): ReadonlySet<string> {
    return this.#presenceLinks.directWindows();
  }

  /** The newest statement as it was signed; null before the first. */
  get statement(): string | null {
    return this.#ledger.statement?.jws ?? null;
  }

  snapshot(): LiveSnapshot {
    return this.#picture.snapshot;
  }

  subscribe(listener: () => void): () => void {
    return this.#picture.subscribe(listener);
  }

  songText(songId: string): Y.Text {
    return this.#ledger.fold.doc.getText(rootOfSong(songId));
  }

  transposeSong(songId: string, semitones: number): (() => void) | null {
    this.#writer.require('edit');
    const undo = this.#transposing.transpose(this.songText(songId), semitones);
    return undo === null ? null : () => void (this.#writer.may('edit') && undo());
  }

  async songHistory(songId: string): Promise<SongHistory> {
    await this.#author.flush();
    return openSongHistory({ ledger: this.#ledger, core: this.#parts.core, device: this.device }, songId);
  }

  openRecording(recordingId: string, tell: (done: number) => void): Promise<OpenedRecording> {
    const { core, recordings: shelf, pageTimers: timers, clock, authority } = this.#parts;
    const parts = { ledger: this.#ledger, core, shelf, device: this.device, timers, clock, authority: authority.raw };
    return openRecording(parts, recordingId, tell);
  }

  restoreSong(songId: string, text: string): (() => void) | null {
    this.#writer.require('edit');
    const undo = this.#transposing.restore(this.songText(songId), text);
    return undo === null ? null : () => void (this.#writer.may('edit') && undo());
  }

  async addSong(chordpro: string): Promise<string> {
    this.#writer.require('edit');
    const songId = makeUuid(this.#parts.clock.now(), this.#parts.random);
    this.#setlist.put(songId);
    const text = this.songText(songId);
    this.#ledger.fold.doc.transact(() => text.insert(0, chordpro.toWellFormed()), mutatorOrigin);
    await this.#author.flush();
    return songId;
  }

  moveItem(itemId: string, afterItemId: string | null): void {
    this.#setlist.move(itemId, afterItemId);
  }

  removeItem(itemId: string): void {
    this.#setlist.remove(itemId);
  }

  restoreItem(item: SetlistItem): void {
    this.#setlist.restore(item);
  }

  sendMessage(text: string, replyTo?: string): void {
    this.#words.sendMessage(text, replyTo);
  }

  react(messageId: string, emoji: string, isOn: boolean): void {
    this.#words.react(messageId, emoji, isOn);
  }

  deleteMessage(messageId: string): () => void {
    return this.#words.deleteMessage(messageId);
  }

  anchorAt(songId: string, place: Place): Anchor {
    return anchorAt(this.songText(songId), songId, place);
  }

  addComment(anchor: Anchor, text: string): void {
    this.#words.addComment(anchor, text);
  }

  reply(commentId: string, text: string): void {
    this.#words.reply(commentId, text);
  }

  editComment(commentId: string, text: string): void {
    this.#words.editComment(commentId, text);
  }

  deleteComment(commentId: string): () => void {
    return this.#words.deleteComment(commentId);
  }

  resolve(commentId: string): void {
    this.#words.resolve(commentId);
  }

  reopen(commentId: string): void {
    this.#words.reopen(commentId);
  }

  addMark(type: MarkType, name: string, songId: string | null): void {
    this.#words.addMark(type, name, songId);
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
    this.#picture.schedule();
  }

  get isClosed(): boolean {
    return this.#isClosed;
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
    try {
      await this.#author.flush();
    } finally {
      this.#isClosed = true;
      this.#author.close();
      this.#replica.close();
      for (const end of this.#ends.toReversed()) end();
      this.presence.close();
      this.#picture.close();
    }
    // Last: a full disk may take for ever, and who comes back to the session needs its room among the peers.
    await this.#parts.core.stored();
  }

  #onChange(): void {
    const isReplaced = this.snapshot().documentVersion !== this.#ledger.version;
    const mayEdit = this.#writer.may('edit');
    if (isReplaced) this.#presenceLinks.watchTyping();
    this.#author.attach(mayEdit);
    if (this.#author.isLost) this.#author.renew();
    this.#presenceLinks.introduce();
    // The editor changes its document, or turns read-only, before the next key is pressed. R-DOC-3, R-LOC-5.
    if (isReplaced || mayEdit !== this.#mayEdit) this.#picture.show();
    else this.#picture.schedule();
    this.#mayEdit = mayEdit;
  }

  #read(): LiveSnapshot {
    const unsaid = this.drafts.unsaid.summary();
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
      drafts: this.drafts.summary(unsaid.count),
      unsaid,
      titles: this.#titles,
      troubles: this.#troubles.read(this.#parts.userId),
      words: this.#wordsReader.read({ ledger: this.#ledger, ownUserId: this.#parts.userId, takenBack: this.#takeBacks.ids }),
    });
  }
}
