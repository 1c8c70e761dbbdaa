import type { Migration } from '../migration.ts';

/**
 * Recordings: rows of this database, not files beside it, so that a backup has them and a chunk is on disk whole or not at
 * all.
 */
export const recordings: Migration = {
  id: '0022-recordings',
  up: (raw) =>
    raw.exec(`
      CREATE TABLE recordings (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        status TEXT NOT NULL,
        -- No reference to users: what somebody recorded stays when their account goes.
        started_by TEXT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        ended_because TEXT,
        generation INTEGER NOT NULL,
        from_n INTEGER NOT NULL,
        to_n INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        event_count INTEGER NOT NULL,
        bytes INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX recordings_by_session ON recordings (session_id, id DESC);
      CREATE INDEX recordings_running ON recordings (status) WHERE status = 'recording';

      -- Compressed, written once; only the end of an account writes one anew.
      CREATE TABLE recording_chunks (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL,
        from_n INTEGER NOT NULL,
        to_n INTEGER NOT NULL,
        is_keyframe INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (recording_id, seq)
      ) STRICT;
      CREATE INDEX recording_chunks_by_end ON recording_chunks (recording_id, to_ms);
      CREATE INDEX recording_chunks_to_seek ON recording_chunks (recording_id, to_ms) WHERE is_keyframe = 1;

      -- Who does not want to be followed by the eye.
      CREATE TABLE recording_left_out (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL,
        PRIMARY KEY (session_id, user_id)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE sessions ADD COLUMN has_open_recordings INTEGER NOT NULL DEFAULT 0;
    `),
};
