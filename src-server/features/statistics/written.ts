/** What one person did in a batch that the ledger numbered. */
export interface Written {
  user_id: string;
  /** Those that count. */
  entries: number;
  bytes: number;
  edits: number;
  characters_added: number;
  characters_removed: number;
  messages: number;
  /** Entries that do not count. */
  refused: number;
  /** Ids of comments. */
  comments_added: string[];
  comments_resolved: string[];
  /** Ids of songs. */
  songs_added: string[];
  songs_removed: string[];
  places: { song_id: string; section: string; edits: number }[];
}
