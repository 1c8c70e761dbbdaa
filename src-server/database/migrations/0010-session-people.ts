import type { Migration } from '../migration.ts';

/** Invitations, guests by link, templates of people's own. */
export const sessionPeople: Migration = {
  id: '0010-session-people',
  up: (raw) =>
    raw.exec(`
      ALTER TABLE join_links ADD COLUMN admits_guests INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX join_links_open ON join_links (session_id, created_at DESC, id DESC) WHERE revoked_at IS NULL;
      CREATE INDEX join_links_by_maker ON join_links (session_id, created_by) WHERE revoked_at IS NULL;
      CREATE INDEX join_links_by_expiry ON join_links (expires_at);

      CREATE TABLE invitations (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        -- Lower case, as accounts have it.
        email TEXT NOT NULL,
        role TEXT NOT NULL,
        message TEXT NOT NULL,
        code TEXT NOT NULL UNIQUE,
        status TEXT NOT NULL,
        invited_by TEXT NOT NULL,
        created_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        answered_at TEXT
      ) STRICT;
      CREATE INDEX invitations_by_session ON invitations (session_id, created_at DESC, id DESC);
      CREATE UNIQUE INDEX invitations_pending ON invitations (session_id, email) WHERE status = 'pending';
      CREATE INDEX invitations_by_email ON invitations (email, created_at DESC, id DESC) WHERE status = 'pending';
      CREATE INDEX invitations_by_maker ON invitations (session_id, invited_by) WHERE status = 'pending';
      CREATE INDEX invitations_by_expiry ON invitations (expires_at) WHERE status = 'pending';

      CREATE TABLE templates (
        id TEXT PRIMARY KEY,
        owner_id TEXT NOT NULL,
        -- JSON of templateValuesSchema.
        template_values TEXT NOT NULL,
        is_shared INTEGER NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX templates_by_owner ON templates (owner_id, id);
      CREATE INDEX templates_shared ON templates (id) WHERE is_shared = 1;

      -- Built-in ones are counted as well.
      CREATE TABLE template_uses (
        template_id TEXT PRIMARY KEY,
        uses INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
};
