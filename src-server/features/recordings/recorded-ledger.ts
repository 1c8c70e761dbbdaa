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

/** What recordings need of the ledger; implemented in src-server/ledger. */
export interface RecordedLedger {
  /** Of its last record; 0: it has none. */
  lastNumber(sessionId: string): number;
  /** What counts after number `from` up to `to`, without what was deleted since. */
  events(sessionId: string, from: number, to: number): Promise<LedgerEvent[]>;
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
