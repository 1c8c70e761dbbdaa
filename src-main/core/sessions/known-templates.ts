import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { listedTemplateSchema, type ListedTemplate } from '../../../shared/session/templates.ts';
import type { KnownSessionsOwner } from './known-sessions.ts';

const listSchema = z.array(listedTemplateSchema);

/** The templates that a server listed last, for the time without it. */
export interface KnownTemplates {
  list(owner: KnownSessionsOwner): ListedTemplate[];
  put(owner: KnownSessionsOwner, templates: readonly ListedTemplate[]): void;
}

export function createKnownTemplates(db: Database): KnownTemplates {
  const select = db.prepare<[string, string], { templates: string }>(
    'SELECT templates FROM known_templates WHERE server_id = ? AND user_id = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO known_templates (server_id, user_id, templates) VALUES (?, ?, ?)
     ON CONFLICT (server_id, user_id) DO UPDATE SET templates = excluded.templates WHERE templates <> excluded.templates`,
  );
  return {
    list: ({ server_id, user_id }) => {
      const row = select.get(server_id, user_id);
      // A list in the form of an older version counts as none; the server tells it again.
      const parsed = row === undefined ? null : listSchema.safeParse(JSON.parse(row.templates));
      return parsed?.success === true ? parsed.data : [];
    },
    put: ({ server_id, user_id }, templates) => void upsert.run(server_id, user_id, JSON.stringify(templates)),
  };
}
