import type { Database } from 'better-sqlite3';
import { sessionSchema, type Session } from '../../../shared/session/schemas.ts';

/** Whose view of a session it is: names, roles and join codes differ by person. */
export interface KnownSessionsOwner {
  server_id: string;
  user_id: string;
}

/** The sessions that answers of the authority have shown, kept for the time without it. */
export interface KnownSessions {
  /** Newest activity first. */
  list(owner: KnownSessionsOwner): Session[];
  /** Keeps what the person takes part in and drops what they no longer do; true when something changed. */
  note(owner: KnownSessionsOwner, sessions: readonly Session[]): boolean;
  /** The same for a list that is known to be all of them; what this computer holds of others stays, without a role in it. */
  replace(owner: KnownSessionsOwner, sessions: readonly Session[]): boolean;
  drop(owner: KnownSessionsOwner, sessionId: string): boolean;
  /** The person takes part in it no longer: what this computer holds of it stays, without a role in it. */
  leave(owner: KnownSessionsOwner, sessionId: string): boolean;
}

/** @param isKept whether this computer has something of the session itself */
export function createKnownSessions(db: Database, isKept: (sessionId: string) => boolean): KnownSessions {
  const all = db.prepare<[string, string], { session: string }>(
    'SELECT session FROM known_sessions WHERE server_id = ? AND user_id = ? ORDER BY last_activity_at DESC, session_id',
  );
  const upsert = db.prepare(
    `INSERT INTO known_sessions (server_id, user_id, session_id, session, last_activity_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (server_id, user_id, session_id)
     DO UPDATE SET session = excluded.session, last_activity_at = excluded.last_activity_at WHERE session <> excluded.session`,
  );
  const remove = db.prepare('DELETE FROM known_sessions WHERE server_id = ? AND user_id = ? AND session_id = ?');

  const list = (owner: KnownSessionsOwner): Session[] =>
    all.all(owner.server_id, owner.user_id).flatMap((row) => {
      // A row of an older form is left out; the next answer of the server writes it anew.
      const parsed = sessionSchema.safeParse(JSON.parse(row.session));
      return parsed.success ? [parsed.data] : [];
    });
  const drop = (owner: KnownSessionsOwner, sessionId: string): boolean => remove.run(owner.server_id, owner.user_id, sessionId).changes > 0;
  const put = (owner: KnownSessionsOwner, session: Session): boolean => {
    // One form for all times, so that their texts sort as they do.
    const activity = new Date(session.last_activity_at).toISOString();
    return upsert.run(owner.server_id, owner.user_id, session.id, JSON.stringify(session), activity).changes > 0;
  };
  const noteOne = (owner: KnownSessionsOwner, session: Session): boolean => {
    if (session.role === null || session.status === 'deleted') return drop(owner, session.id);
    return put(owner, session);
  };
  const leave = (owner: KnownSessionsOwner, session: Session): boolean =>
    isKept(session.id) ? put(owner, { ...session, role: null, permissions: [], join_code: null }) : drop(owner, session.id);
  const inOne = (run: () => boolean): boolean => db.transaction(run)();

  return {
    list,
    drop,
    leave: (owner, sessionId) => {
      const session = list(owner).find(({ id }) => id === sessionId);
      return session !== undefined && leave(owner, session);
    },
    note: (owner, sessions) => inOne(() => sessions.map((session) => noteOne(owner, session)).includes(true)),
    replace: (owner, sessions) =>
      inOne(() => {
        const present = new Set(sessions.map(({ id }) => id));
        const gone = list(owner).filter(({ id }) => !present.has(id));
        const dropped = gone.map((session) => leave(owner, session));
        return [...dropped, ...sessions.map((session) => noteOne(owner, session))].includes(true);
      }),
  };
}
