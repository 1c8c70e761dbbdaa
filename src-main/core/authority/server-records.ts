import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { serverDescriptionSchema, type ServerDescription } from '../../../shared/api/server.ts';
import { userSchema, type User } from '../../../shared/session/schemas.ts';

/** What is remembered of an authority between starts. */
export interface ServerRecord {
  id: string;
  url: string;
  /** Raw Ed25519 public key, hex: pinned at first contact. */
  authority_key: string | null;
  description: ServerDescription | null;
  account: User | null;
}

export interface ServerRecords {
  get(id: string): ServerRecord | null;
  put(record: ServerRecord): void;
}

const rowSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  authority_key: z.string().nullable(),
  description: z.string().nullable(),
  account: z.string().nullable(),
});

function readJson<T extends z.ZodType>(schema: T, text: string | null): z.output<T> | null {
  if (text === null) return null;
  // A value in the form of an older version counts as absent; the server tells it again.
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

function writeJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

export function createServerRecords(db: Database): ServerRecords {
  const select = db.prepare('SELECT id, url, authority_key, description, account FROM servers WHERE id = ?');
  const upsert = db.prepare(
    `INSERT INTO servers (id, url, authority_key, description, account) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET url = excluded.url, authority_key = excluded.authority_key,
     description = excluded.description, account = excluded.account`,
  );
  return {
    get: (id) => {
      const found = select.get(id);
      if (found === undefined) return null;
      const row = rowSchema.parse(found);
      return { ...row, description: readJson(serverDescriptionSchema, row.description), account: readJson(userSchema, row.account) };
    },
    put: ({ id, url, authority_key, description, account }) => {
      upsert.run(id, url, authority_key, writeJson(description), writeJson(account));
    },
  };
}
