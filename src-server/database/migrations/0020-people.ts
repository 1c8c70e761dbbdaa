import type { Migration } from '../migration.ts';

/** Guests, accounts that end, mailed codes, and what administrators decide. */
export const people: Migration = {
  id: '0020-people',
  up: (raw) =>
    raw.exec(`
      ALTER TABLE users ADD COLUMN last_seen_at TEXT;
      ALTER TABLE users ADD COLUMN disabled_at TEXT;
      ALTER TABLE users ADD COLUMN deleted_at TEXT;
      ALTER TABLE users ADD COLUMN erased_at TEXT;
      CREATE INDEX users_to_erase ON users (id) WHERE deleted_at IS NOT NULL AND erased_at IS NULL;
      CREATE INDEX users_guests ON users (created_at) WHERE email IS NULL AND deleted_at IS NULL;
      CREATE INDEX users_administrators ON users (id) WHERE is_admin = 1;

      ALTER TABLE refresh_tokens ADD COLUMN attempt_hash TEXT;

      CREATE TABLE one_time_tokens (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        purpose TEXT NOT NULL,
        expires_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user_id, purpose);
      CREATE INDEX one_time_tokens_by_expiry ON one_time_tokens (expires_at);

      CREATE TABLE server_settings (id INTEGER PRIMARY KEY CHECK (id = 1), settings TEXT NOT NULL) STRICT;
    `),
};
