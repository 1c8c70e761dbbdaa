import type { RecordingEventType } from '../../../shared/session/recording-schemas.ts';

/** What an entry of the ledger is in a recording. */
export interface LedgerEvent {
  type: Extract<RecordingEventType, 'content_edited' | 'comment_added' | 'message_sent' | 'marker_added'>;
  user_id: string;
  n: number;
  /** ms since 1970: when the authority numbered it. */
  atMs: number;
  data: Record<string, unknown>;
}

export interface SongThen {
  song_id: string;
  title: string;
  chordpro: string;
}

/** Where a ledger may be read from instead of its beginning: a checkpoint, as the authority signed it. */
export interface StretchStart {
  n: number;
  head: Uint8Array;
  body: Uint8Array;
}

/** Some of a ledger's records, and the song text and setlist changes that they number. */
export interface StretchPage {
  records: Uint8Array[];
  /** Of the last record, where it is the end. */
  head: Uint8Array | null;
  entries: Uint8Array[];
  /** The next page begins behind it; null: this one is the last. */
  next: number | null;
}

/** What recordings need of the ledger; implemented in src-server/ledger. */
export interface RecordedLedger {
  /** Of its last record; 0: it has none. */
  lastNumber(sessionId: string): number;
  /** What counts after number `from` up to `to`, without what was deleted since. */
  events(sessionId: string, from: number, to: number): Promise<LedgerEvent[]>;
  /** Null: its beginning is near. */
  newestCheckpoint(sessionId: string): StretchStart | null;
  /** What has a number above `after` up to `to`; its records go on to the first signed head from there. */
  stretch(sessionId: string, after: number, to: number): Promise<StretchPage>;
  /** The songs as they were behind each of these numbers, in the order of the numbers. */
  songsAt(sessionId: string, numbers: readonly number[]): Promise<SongThen[][]>;
}

/** What the ledger tells while it is written. */
export interface RecordingTap {
  /** Whether anything is to be told of a session. */
  isRecording(sessionId: string): boolean;
  /** Its last number now, and how many of the entries before it are events. */
  noteNumbered(sessionId: string, n: number, events: number): void;
  /** Presence as a window of the user told it: not checked but for its size. */
  notePointer(sessionId: string, userId: string, state: unknown): void;
}
