import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Place } from '../../shared/ledger/anchor.ts';
import type { Draft } from '../../shared/ledger/draft.ts';
import type { Anchor, Marker } from '../../shared/ledger/payloads.ts';
import type { SongHistory } from '../../shared/ledger/song-history.ts';
import type { DraftWhy } from '../../shared/ledger/refused-edits.ts';
import type { UnsaidWords } from '../../shared/ledger/unsaid-words.ts';
import type { Permission, Role, SessionStatus } from '../../shared/session/roles.ts';
import type { OpenedRecording } from './session-recording.ts';

export type MarkType = Marker['type'];

/** The truth about the connection, R-LNK-6; the interface words it exactly as interface.md says. */
export type ConnectionState =
  | { kind: 'live'; others: number; isServerReachable: boolean }
  | { kind: 'through-server' }
  | { kind: 'alone' }
  | { kind: 'catching-up'; percent: number }
  | { kind: 'offline'; unsent: number };

export interface SetlistItem {
  item_id: string;
  song_id: string;
  /** Read from the song's own text; empty when it names none. */
  title: string;
  order: string;
  key: string | null;
  capo: number | null;
  note: string | null;
}

/** What somebody said: a message, a comment, an answer. */
export interface SaidLine {
  /** Hash of the entry that made it, hex. */
  id: string;
  user_id: string;
  name: string;
  color: string;
  text: string;
  /** RFC 3339, by the author's clock. */
  at: string;
  is_own: boolean;
  /** No record of the authority yet. */
  is_pending: boolean;
}

export interface ChatReaction {
  emoji: string;
  names: readonly string[];
  is_own: boolean;
}

export interface ChatLine extends SaidLine {
  /** The message it answers; null: none, `gone` when that one was taken back. */
  reply_to: { id: string; name: string; text: string } | 'gone' | null;
  reactions: readonly ChatReaction[];
}

export interface CommentLine extends SaidLine {
  /** Who changed its words last; null: nobody. */
  edited_by: string | null;
}

/** A comment about words of a song, with its answers. */
export interface CommentThread {
  id: string;
  /** Null when the first comment was deleted for good: what it was about went with it. */
  anchor: Anchor | null;
  /** Null when it was taken back and answers stand below it. */
  first: CommentLine | null;
  replies: readonly CommentLine[];
  is_resolved: boolean;
}

/** A moment that somebody named: a take, a section, a note. */
export interface MarkLine extends SaidLine {
  type: MarkType;
  /** The song that was in front; null: none. */
  song_id: string | null;
}

/** What went wrong between the programs, and people must know of. */
export type Trouble =
  /** A device said two things in one place: it is shut out. R-ENT-3. */
  | { kind: 'fork'; user_id: string; name: string; is_own: boolean }
  /** A device sent what is damaged, forged or never permitted: nothing of it was taken. R-ENT-1, R-ENT-4, R-MSH-1. */
  | { kind: 'rejected'; user_id: string; name: string; is_own: boolean }
  /** The server did. */
  | { kind: 'rejected-server' }
  /** The other end of a connection is not who it says: somebody may sit between. R-LNK-2. */
  | { kind: 'unproved' }
  /** The server tells another history than before. R-AUT-5. */
  | { kind: 'two-histories' };

export interface PresentPerson {
  user_id: string;
  name: string;
  color: string;
  role: Role | null;
  is_self: boolean;
  is_present: boolean;
  is_typing: boolean;
  /** Where they are, when they shared it. */
  song_id: string | null;
}

/** One immutable picture of the session; a new object exactly when something in it changed. */
export interface LiveSnapshot {
  phase: 'opening' | 'ready' | 'closed';
  connection: ConnectionState;
  status: SessionStatus;
  role: Role | null;
  permissions: readonly Permission[];
  /** Whether this device takes part: `unknown` until the server has listed it, `revoked` when it no longer may. */
  deviceState: 'listed' | 'unknown' | 'revoked';
  /** Ended or archived by cleanup, not by a person: one may write, and the session opens again with that. */
  isDormant: boolean;
  people: readonly PresentPerson[];
  setlist: readonly SetlistItem[];
  chat: readonly ChatLine[];
  /** Of all songs, in the order of their first comments. */
  comments: readonly CommentThread[];
  /** In the order in which all see them. */
  marks: readonly MarkLine[];
  troubles: readonly Trouble[];
  /** Own entries without a record. */
  pendingCount: number;
  /** Own changes that do not count and are kept as drafts. R-LOC-3. */
  draftCount: number;
  /** Why; null when there are none. */
  draftWhy: DraftWhy | null;
  /** Own messages, comments and marks that do not count. */
  unsaidCount: number;
  /** Why; `lost`: what they stood behind does not count. Null when there are none. */
  unsaidWhy: DraftWhy | 'lost' | null;
  /** False while this computer does not take what it is given to keep (a full disk): people are told. */
  isStoring: boolean;
  /** Grows by one when the document was replaced: editors bind anew to `songText`. R-DOC-3. */
  documentVersion: number;
}

/** One's own messages, comments and marks that do not count. R-LOC-3. */
export interface LiveUnsaid {
  /** Oldest first. */
  list(): readonly UnsaidWords[];
  /** Whether they may be said again, and are something without what they answered. */
  canSayAgain(words: UnsaidWords): boolean;
  /** As one's newest words; nothing when they count meanwhile. Fault: forbidden. */
  sayAgain(words: UnsaidWords): void;
  /** @returns its undo */
  putAway(words: UnsaidWords): () => void;
}

/** One's own refused changes. R-LOC-3. */
export interface LiveDrafts {
  readonly unsaid: LiveUnsaid;
  /** As they are now. It folds the session once more: only when somebody looks. */
  list(): readonly Draft[];
  /**
   * Brings a draft into its song as it is now: one step with the fewest changes, so that what others wrote stays. Fault: forbidden.
   * @returns its undo, which answers whether it was possible; null when the draft is gone
   */
  apply(draft: Draft): (() => boolean) | null;
  /** @returns its undo */
  dismiss(draft: Draft): () => void;
  /** Keeps the texts of all of them, since the session is about to be dropped here. R-MEM-4. */
  keepAll(): void;
}

/** A session that is open in this window. Components never touch another Y type than the text they show. */
export interface LiveSession {
  readonly sessionId: string;
  readonly awareness: Awareness;
  readonly drafts: LiveDrafts;
  snapshot(): LiveSnapshot;
  /** Called after each new snapshot; answers its own undo. For useSyncExternalStore. */
  subscribe(listener: () => void): () => void;
  /** The shared text of a song. */
  songText(songId: string): Y.Text;
  /**
   * Transposes the shared song as one step. Fault: forbidden.
   * @returns its undo; null when the song has nothing to transpose
   */
  transposeSong(songId: string, semitones: number): (() => void) | null;
  /** Versions of a song and who wrote what, from what this computer keeps; reads and folds it anew. */
  songHistory(songId: string): Promise<SongHistory>;
  /**
   * A recording, ready to be played: fetched where it is not here yet, and then read once.
   * @param tell how much is done, 0 to 1; what it throws ends the work
   */
  openRecording(recordingId: string, tell: (done: number) => void): Promise<OpenedRecording>;
  /**
   * Gives a song the text of a version again, as one step of this person. Fault: forbidden.
   * @returns its undo; null when the song reads so already
   */
  restoreSong(songId: string, text: string): (() => void) | null;
  /** Adds a song with its text to the end of the setlist; answers its song_id. Fault: forbidden. */
  addSong(chordpro: string): Promise<string>;
  /** Puts an item between two others (null: at that end). */
  moveItem(itemId: string, afterItemId: string | null): void;
  removeItem(itemId: string): void;
  /** Undo of removeItem. */
  restoreItem(item: SetlistItem): void;
  /** @param replyTo the message it answers */
  sendMessage(text: string, replyTo?: string): void;
  react(messageId: string, emoji: string, isOn: boolean): void;
  /**
   * Takes a message back: at once here, for everybody when the time for changing one's mind is over, or with the session.
   * @returns its undo
   */
  deleteMessage(messageId: string): () => void;
  /** Holds on to characters of a song, in UTF-16 units, while it is edited. */
  anchorAt(songId: string, place: Place): Anchor;
  addComment(anchor: Anchor, text: string): void;
  reply(commentId: string, text: string): void;
  editComment(commentId: string, text: string): void;
  /** As `deleteMessage`. */
  deleteComment(commentId: string): () => void;
  resolve(commentId: string): void;
  reopen(commentId: string): void;
  /** Names this moment, beside the song in front (null: none). Fault: forbidden. */
  addMark(type: MarkType, name: string, songId: string | null): void;
  /** Where the words of these comments are now; null where they are gone. All in one song. */
  placesOf(songId: string, anchors: readonly Anchor[]): readonly (Place | null)[];
  /** Where own changes of a song stand that wait for their record longer than this. Cheap when nothing waits. */
  pendingPlaces(songId: string, longerThanMs: number): readonly Place[];
  /** Tells the others which song is in front of this person. */
  showSong(songId: string | null): void;
  close(): Promise<void>;
}
