import { type SelectQueryBuilder, sql, type SqlBool } from 'kysely';
import type { Schema } from '../../database/schema.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { HealthReader } from '../statistics/health-service.ts';
import { likePattern, pageFrom, type Position, readCursor } from '../page.ts';
import { enter } from './gate.ts';
import type { SessionParts } from './parts.ts';

type QueryHandlers = Pick<Handlers, 'getSession' | 'mySessions' | 'publicSessions'>;
type SessionQuery<Row> = SelectQueryBuilder<Schema, 'sessions', Row>;

const positionOf = (row: { last_activity_at: string; id: string }): Position => [row.last_activity_at, row.id];

/** Newest activity first, after the cursor, one more than the page to see whether there is another. */
function paged<Row>(query: SessionQuery<Row>, limit: number, cursor: string | undefined): SessionQuery<Row> {
  const sorted = query
    .orderBy('sessions.last_activity_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(limit + 1);
  if (cursor === undefined) return sorted;
  const [at, id] = readCursor(cursor);
  return sorted.where((where) => where(where.refTuple('sessions.last_activity_at', 'sessions.id'), '<', where.tuple(at, id)));
}

/** Sessions whose name or song has the text in it. */
function matching<Row>(query: SessionQuery<Row>, text: string | undefined): SessionQuery<Row> {
  if (text === undefined || text.trim() === '') return query;
  const pattern = likePattern(text.trim());
  return query.where((where) =>
    where.or(
      (['name', 'song_title', 'song_artist'] as const).map(
        (column) => sql<SqlBool>`${sql.ref(`sessions.${column}`)} LIKE ${pattern} ESCAPE '\\'`,
      ),
    ),
  );
}

export function createSessionQueries(parts: SessionParts, readHealth: HealthReader): QueryHandlers {
  const { db, sessions, present } = parts;
  return {
    async getSession({ id }, caller) {
      const { session, participant } = enter(sessions, id, userOf(caller), 'read');
      return { ...present(session, participant), health: readHealth(session) };
    },

    async mySessions({ status, role, q, limit, cursor }, caller) {
      const userId = userOf(caller);
      let query = db.query
        .selectFrom('sessions')
        .selectAll('sessions')
        .where('sessions.status', '!=', 'deleted')
        .where('sessions.id', 'in', (nested) => {
          const mine = nested
            .selectFrom('participants')
            .select('participants.session_id')
            .where('participants.user_id', '=', userId)
            .where('participants.status', '=', 'joined');
          return role === undefined ? mine : mine.where('participants.role', '=', role);
        });
      if (status !== undefined) query = query.where('sessions.status', '=', status);
      const rows = db.all(paged(matching(query, q), limit, cursor));
      const { shown, next_cursor } = pageFrom(rows, limit, positionOf);
      return { items: shown.map((row) => present(row, sessions.participant(row.id, userId))), next_cursor };
    },

    async publicSessions({ q, limit, cursor }, caller) {
      const userId = userOf(caller);
      // Written out, not bound: only so does SQLite see that the partial index `sessions_public` serves.
      const query = db.query
        .selectFrom('sessions')
        .selectAll('sessions')
        .where('sessions.access_mode', '=', sql.lit('public'))
        .where('sessions.status', 'in', [sql.lit('scheduled' as const), sql.lit('active' as const), sql.lit('paused' as const)]);
      const rows = db.all(paged(matching(query, q), limit, cursor));
      const { shown, next_cursor } = pageFrom(rows, limit, positionOf);
      return { items: shown.map((row) => present(row, sessions.participant(row.id, userId))), next_cursor };
    },
  };
}
