import type { Migration } from '../migration.ts';

/**
 * Where the ledger of a recording is read from: the checkpoint that was newest when it began. Of a long session's own
 * checkpoints few stay, and from the first of them on it may be years.
 */
export const recordingStarts: Migration = {
  id: '0023-recording-starts',
  up: (raw) =>
    raw.exec(`
      CREATE TABLE recording_starts (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        head BLOB NOT NULL,
        -- Compressed.
        body BLOB NOT NULL
      ) STRICT;
    `),
};
