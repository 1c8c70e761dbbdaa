import type { Migration } from '../migration.ts';

export const sessions: Migration = {
  id: '0002-sessions',
  up: (raw) =>
    raw.exec(`
      CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        status TEXT NOT NULL,
        is_dormant INTEGER NOT NULL,
        access_mode TEXT NOT NULL,
        category TEXT NOT NULL,
        template_id TEXT NOT NULL,
        default_role TEXT NOT NULL,
        max_participants INTEGER NOT NULL,
        auto_recording INTEGER NOT NULL,
        is_activity_private INTEGER NOT NULL,
        permission_table TEXT NOT NULL,
        role_labels TEXT NOT NULL,
        song_id TEXT,
        song_title TEXT NOT NULL,
        song_artist TEXT NOT NULL,
        created_at TEXT NOT NULL,
        starts_at TEXT,
        started_at TEXT,
        ended_at TEXT,
        last_activity_at TEXT NOT NULL,
        auto_cleanup_after INTEGER NOT NULL,
        archive_after INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        generation INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX sessions_public ON sessions (last_activity_at DESC, id DESC)
        WHERE access_mode = 'public' AND status IN ('scheduled', 'active', 'paused');
      CREATE INDEX sessions_to_start ON sessions (starts_at) WHERE status = 'scheduled';

      CREATE TABLE participants (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL REFERENCES users (id),
        role TEXT NOT NULL,
        status TEXT NOT NULL,
        color TEXT NOT NULL,
        joined_at TEXT NOT NULL,
        last_seen_at TEXT,
        PRIMARY KEY (session_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX participants_by_user ON participants (user_id, status, session_id);
      CREATE INDEX participants_seated ON participants (session_id) WHERE status = 'joined';

      -- No reference to devices or users: a device once listed stays listed with its key (R-MEM-3).
      CREATE TABLE session_devices (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        device_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        user_id TEXT NOT NULL,
        had TEXT NOT NULL,
        barred INTEGER NOT NULL,
        PRIMARY KEY (session_id, device_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_devices_by_device ON session_devices (device_id);

      CREATE TABLE join_links (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        code TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        created_by TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        max_uses INTEGER,
        uses INTEGER NOT NULL,
        revoked_at TEXT
      ) STRICT;
      CREATE INDEX join_links_by_session ON join_links (session_id, created_at);
    `),
};
