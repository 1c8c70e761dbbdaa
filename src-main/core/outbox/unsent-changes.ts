import type { Database } from 'better-sqlite3';
import type { KnownSessionsOwner } from '../sessions/known-sessions.ts';

/** Which sessions have changes that the server has not numbered, as their windows told. Counted is in the ledger; kept is how it was last. */
export interface UnsentChanges {
  list(owner: KnownSessionsOwner): { session_id: string; change_count: number }[];
  /** There is at least one, whatever its window tells later. True when that is news. */
  mark(owner: KnownSessionsOwner, sessionId: string): boolean;
  /** True when that is news. */
  note(owner: KnownSessionsOwner, sessionId: string, changeCount: number): boolean;
}

export function createUnsentChanges(db: Database): UnsentChanges {
  const select = db.prepare<[string, string], { session_id: string; change_count: number }>(
    'SELECT session_id, change_count FROM unsent_changes WHERE server_id = ? AND user_id = ? ORDER BY session_id',
  );
  const upsert = db.prepare(
    `INSERT INTO unsent_changes (server_id, user_id, session_id, change_count) VALUES (?, ?, ?, ?)
     ON CONFLICT (server_id, user_id, session_id)
     DO UPDATE SET change_count = excluded.change_count WHERE change_count <> excluded.change_count`,
  );
  const insert = db.prepare('INSERT OR IGNORE INTO unsent_changes (server_id, user_id, session_id, change_count) VALUES (?, ?, ?, 1)');
  const remove = db.prepare('DELETE FROM unsent_changes WHERE server_id = ? AND user_id = ? AND session_id = ?');
  return {
    list: ({ server_id, user_id }) => select.all(server_id, user_id),
    mark: ({ server_id, user_id }, sessionId) => insert.run(server_id, user_id, sessionId).changes > 0,
    note: ({ server_id, user_id }, sessionId, changeCount) => {
      const done = changeCount === 0 ? remove.run(server_id, user_id, sessionId) : upsert.run(server_id, user_id, sessionId, changeCount);
      return done.changes > 0;
    },
  };
}
