import type { Migration } from '../migration.ts';

/** What happened, how much of it, which songs there are, and ledgers put away. */
export const sessionHistory: Migration = {
  id: '0011-session-history',
  up: (raw) =>
    raw.exec(`
      ALTER TABLE sessions ADD COLUMN peak_peers INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX sessions_by_status ON sessions (status);
      -- When cleanup is to look at it: without activity for its time, or ended for its time.
      CREATE INDEX sessions_to_rest ON sessions (unixepoch(last_activity_at) + auto_cleanup_after) WHERE status IN ('active', 'paused');
      CREATE INDEX sessions_to_archive ON sessions (unixepoch(ended_at) + archive_after) WHERE status = 'ended';

      -- No reference to users: what somebody did stays when their account goes.
      CREATE TABLE activities (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        actor_id TEXT,
        subject_id TEXT,
        -- JSON of activityDetailsSchema.
        details TEXT NOT NULL,
        is_private INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        address TEXT,
        user_agent TEXT
      ) STRICT;
      CREATE INDEX activities_by_session ON activities (session_id, created_at DESC, id DESC);
      CREATE INDEX activities_by_type ON activities (session_id, type, created_at DESC, id DESC);
      CREATE INDEX activities_by_actor ON activities (session_id, actor_id, created_at DESC, id DESC);
      CREATE INDEX activities_of_user ON activities (actor_id, created_at DESC, id DESC);
      CREATE INDEX activities_about_user ON activities (subject_id, created_at DESC, id DESC) WHERE subject_id IS NOT NULL;
      CREATE INDEX activities_by_time ON activities (created_at);

      -- What a person wrote on one day (UTC), as the ledger numbered it.
      CREATE TABLE session_counts (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL,
        day TEXT NOT NULL,
        entries INTEGER NOT NULL DEFAULT 0,
        edits INTEGER NOT NULL DEFAULT 0,
        comments INTEGER NOT NULL DEFAULT 0,
        messages INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0,
        seconds_present INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (session_id, user_id, day)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_counts_by_user ON session_counts (user_id);

      CREATE TABLE section_edits (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        song_id TEXT NOT NULL,
        section TEXT NOT NULL,
        edits INTEGER NOT NULL,
        PRIMARY KEY (session_id, song_id, section)
      ) STRICT, WITHOUT ROWID;

      -- Songs that sessions have or had, to be found by their id.
      CREATE TABLE session_songs (
        song_id TEXT NOT NULL,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        PRIMARY KEY (song_id, session_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_songs_by_session ON session_songs (session_id);
      INSERT INTO session_songs (song_id, session_id) SELECT song_id, id FROM sessions WHERE song_id IS NOT NULL;

      -- The ledger of an archived session, compressed; its rows are elsewhere gone. In parts, so that none is huge.
      CREATE TABLE ledger_archives (
        session_id TEXT NOT NULL,
        part INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (session_id, part)
      ) STRICT, WITHOUT ROWID;
    `),
};
