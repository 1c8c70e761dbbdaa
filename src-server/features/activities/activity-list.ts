import { activityDetailsSchema, type Activity } from '../../../shared/session/history-schemas.ts';
import type { ActivityRow } from '../../database/schema.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { pageFrom, readCursor } from '../page.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { describeActivity } from './descriptions.ts';
import type { PeopleNames } from '../sessions/people-names.ts';

export function createActivityList(
  { db, sessions }: Pick<SessionParts, 'db' | 'sessions'>,
  names: PeopleNames,
): Pick<Handlers, 'listActivities'> {
  function show(row: ActivityRow, isOwner: boolean): Activity {
    const details = activityDetailsSchema.parse(JSON.parse(row.details));
    const actor = names.person(row.actor_id);
    const subject = names.person(row.subject_id);
    return {
      id: row.id,
      type: row.type,
      actor,
      subject,
      description: describeActivity(row.type, actor?.name ?? null, subject?.name ?? null, details),
      details,
      is_private: row.is_private === 1,
      created_at: row.created_at,
      address: isOwner ? row.address : null,
      user_agent: isOwner ? row.user_agent : null,
    };
  }

  return {
    async listActivities({ id, type, actor, before, limit, cursor }, caller) {
      const userId = userOf(caller);
      const { session, role } = enter(sessions, id, userId, 'read');
      const isOwner = role === 'owner';
      let query = db.query
        .selectFrom('activities')
        .selectAll()
        .where('session_id', '=', id)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (type !== undefined) query = query.where('type', '=', type);
      if (actor !== undefined) query = query.where('actor_id', '=', actor);
      if (before !== undefined) query = query.where('created_at', '<', new Date(before).toISOString());
      if (cursor !== undefined) {
        const [at, last] = readCursor(cursor);
        query = query.where((where) => where(where.refTuple('created_at', 'id'), '<', where.tuple(at, last)));
      }
      // All that happens in a private session is the owner's, what happened before it became one as well.
      if (!isOwner) {
        query = query.where((where) =>
          session.is_activity_private === 1
            ? where('actor_id', '=', userId)
            : where.or([where('is_private', '=', 0), where('actor_id', '=', userId)]),
        );
      }
      const { shown, next_cursor } = pageFrom(db.all(query), limit, (row) => [row.created_at, row.id]);
      return { items: shown.map((row) => show(row, isOwner)), next_cursor };
    },
  };
}
