import { ledgerCheckpointsSql, ledgerTablesSql } from '../../../shared/ledger/sql-ledger-store.ts';

/** What the search compares, made anew from the songs. */
export const fillSongWordsSql = `
INSERT INTO song_words (song_id, title, artist, words)
  SELECT id, fold_for_search(title), fold_for_search(artist), words_of_song(chordpro) FROM songs WHERE removed_at IS NULL;`;

/**
 * Forward only: a row, once released, never changes. The position in the list (from 1) is the database's `user_version`.
 * Times are milliseconds since 1970. `fold_for_search` and `words_of_song` are functions of
 * library/search-text.ts, `tags_of_song` is `tagsOfText` of library/song-tags.ts.
 */
export const migrations: readonly string[] = [
  `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE songs (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  artist TEXT NOT NULL,
  song_key TEXT NOT NULL,
  chordpro TEXT NOT NULL,
  search_text TEXT NOT NULL,
  original BLOB,
  file_name TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE INDEX songs_by_title ON songs (title COLLATE NOCASE, id) WHERE removed_at IS NULL;

CREATE TABLE servers (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  authority_key TEXT,
  description TEXT,
  account TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE known_sessions (
  server_id TEXT NOT NULL REFERENCES servers (id),
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  session TEXT NOT NULL,
  last_activity_at TEXT NOT NULL,
  PRIMARY KEY (server_id, user_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_sessions_by_activity ON known_sessions (server_id, user_id, last_activity_at);
${ledgerTablesSql}`,
  ledgerCheckpointsSql,
  `
CREATE TABLE draft_marks (
  session_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  PRIMARY KEY (session_id, user_id, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_drafts (
  session_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  song_id TEXT NOT NULL,
  first_mark TEXT NOT NULL,
  draft TEXT NOT NULL,
  PRIMARY KEY (session_id, user_id, song_id, first_mark)
) STRICT;

CREATE TABLE draft_counts (
  session_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  change_count INTEGER NOT NULL,
  PRIMARY KEY (session_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_counts_by_user ON draft_counts (user_id);
`,
  `
CREATE TABLE kept_recordings (
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  recording_id TEXT NOT NULL,
  recording TEXT NOT NULL,
  part_count INTEGER NOT NULL,
  PRIMARY KEY (user_id, session_id, recording_id)
) STRICT, WITHOUT ROWID;

-- Compressed.
CREATE TABLE kept_recording_parts (
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  recording_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (user_id, session_id, recording_id, part)
) STRICT;
`,
  `
CREATE TABLE unsaid_words (
  place INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  words TEXT NOT NULL,
  UNIQUE (session_id, user_id, hash)
) STRICT;
`,
  `
-- The ledger of a recording that was made before this computer's own begins; compressed.
CREATE TABLE kept_recording_ledgers (
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  recording_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (user_id, session_id, recording_id, part)
) STRICT;
`,
  `
CREATE TABLE outbox (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  server_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  request_key TEXT NOT NULL,
  work TEXT NOT NULL,
  sent TEXT,
  refusal TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_owner ON outbox (server_id, user_id, position);

CREATE TABLE unsent_changes (
  server_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  change_count INTEGER NOT NULL,
  PRIMARY KEY (server_id, user_id, session_id)
) STRICT, WITHOUT ROWID;
`,
  `
-- What songs of the library were, by pause.
CREATE TABLE song_versions (
  id INTEGER PRIMARY KEY,
  song_id TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  -- Of the text, UTF-16 units.
  characters INTEGER NOT NULL,
  -- 1: what is saved next is another version.
  is_closed INTEGER NOT NULL,
  -- Compressed.
  text BLOB NOT NULL
) STRICT;
CREATE INDEX song_versions_by_song ON song_versions (song_id, id);
`,
  `
CREATE TABLE known_templates (
  server_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  templates TEXT NOT NULL,
  PRIMARY KEY (server_id, user_id)
) STRICT, WITHOUT ROWID;
`,
  `
-- What the search compares; of songs that are in sight only.
CREATE TABLE song_words (
  place INTEGER PRIMARY KEY,
  song_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  artist TEXT NOT NULL,
  words TEXT NOT NULL
) STRICT;
-- Read whole for what begins with one or two letters: without the words it is a tenth of the table.
CREATE INDEX song_words_by_name ON song_words (title, artist, song_id);
CREATE VIRTUAL TABLE song_search USING fts5(title, artist, words, content='song_words', content_rowid='place', tokenize='trigram case_sensitive 1');
CREATE TRIGGER song_words_added AFTER INSERT ON song_words BEGIN
  INSERT INTO song_search (rowid, title, artist, words) VALUES (new.place, new.title, new.artist, new.words);
END;
CREATE TRIGGER song_words_dropped AFTER DELETE ON song_words BEGIN
  INSERT INTO song_search (song_search, rowid, title, artist, words) VALUES ('delete', old.place, old.title, old.artist, old.words);
END;
CREATE TRIGGER song_words_changed AFTER UPDATE ON song_words BEGIN
  INSERT INTO song_search (song_search, rowid, title, artist, words) VALUES ('delete', old.place, old.title, old.artist, old.words);
  INSERT INTO song_search (rowid, title, artist, words) VALUES (new.place, new.title, new.artist, new.words);
END;
${fillSongWordsSql}
ALTER TABLE songs DROP COLUMN search_text;

-- With all that a list shows: the rows themselves hold texts and files.
DROP INDEX songs_by_title;
CREATE INDEX songs_by_title ON songs (title COLLATE NOCASE, id, artist, song_key, created_at, updated_at) WHERE removed_at IS NULL;
`,
  `
-- Of removed songs too: both come back with the undo.
CREATE TABLE song_tags (
  song_id TEXT NOT NULL,
  tag TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (song_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX song_tags_by_tag ON song_tags (tag);
INSERT OR IGNORE INTO song_tags (song_id, tag) SELECT songs.id, named.value FROM songs, json_each(tags_of_song(songs.chordpro)) AS named;

CREATE TABLE setlists (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE setlist_songs (
  setlist_id TEXT NOT NULL,
  song_id TEXT NOT NULL,
  -- Fractional index.
  place TEXT NOT NULL,
  PRIMARY KEY (setlist_id, song_id)
) STRICT, WITHOUT ROWID;
`,
  `
-- Of each file that is imported it is asked whether it is here already.
CREATE INDEX songs_by_file ON songs (file_name) WHERE removed_at IS NULL;
`,
];
