import type { Anchor } from '../../../shared/ledger/payloads.ts';

/** A song of a session as it is now. */
export interface SongText {
  song_id: string;
  title: string;
  artist: string;
  key: string;
  chordpro: string;
}

interface Said {
  /** Hash of the entry that said it. */
  id: string;
  user_id: string;
  text: string;
  /** ms since 1970: when the authority got it; its author's clock until then. */
  atMs: number;
}

export interface SaidMessage extends Said {
  reply_to: string | null;
  reactions: { emoji: string; user_ids: string[] }[];
}

export interface SaidRemark extends Said {
  is_edited: boolean;
}

export interface SaidThread {
  id: string;
  /** Null: its first comment is gone with what it was about, and answers stand. */
  anchor: Anchor | null;
  /** Where its words are now; null: gone. */
  place: { from: number; to: number } | null;
  is_resolved: boolean;
  first: SaidRemark | null;
  replies: SaidRemark[];
}

/** What a comment by REST is about: characters of a song, or another comment. */
export type CommentTarget = { song_id: string; from: number; to: number } | { reply_to: string };

export type CommentChange = { type: 'edit'; text: string } | { type: 'delete' } | { type: 'resolve' } | { type: 'reopen' };

/**
 * What a session holds, folded from its ledger, and attested entries for people without one; implemented in
 * src-server/ledger. Permissions were asked before. Writing resolves when it is on disk.
 */
export interface SessionContent {
  /** In the order of the setlist, each once. */
  songs(sessionId: string): Promise<SongText[]>;
  /** Null for a song that the session has not. */
  song(sessionId: string, songId: string): Promise<SongText | null>;
  addSong(sessionId: string, userId: string, song: { song_id: string; chordpro: string }): Promise<void>;
  /** False: the session has no such song. */
  replaceSong(sessionId: string, userId: string, song: { song_id: string; chordpro: string }): Promise<boolean>;
  removeSong(sessionId: string, userId: string, songId: string): Promise<boolean>;
  /** Oldest first. */
  messages(sessionId: string): Promise<SaidMessage[]>;
  /** Answers its id; null: what it answers is not there. */
  say(sessionId: string, userId: string, message: { text: string; reply_to: string | null }): Promise<string | null>;
  threads(sessionId: string): Promise<SaidThread[]>;
  /** Answers its id; null: what it is about is not there. */
  comment(sessionId: string, userId: string, comment: { text: string; target: CommentTarget }): Promise<string | null>;
  changeComment(sessionId: string, userId: string, commentId: string, change: CommentChange): Promise<void>;
}
