import type { ActivityDetails, ActivityType } from '../../../shared/session/history-schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { ActivityRow } from '../../database/schema.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';
import type { Caller } from '../caller.ts';

export interface ActivityNote {
  session_id: string;
  type: ActivityType;
  /** Null: the server by itself. A caller brings address and user agent along. */
  by: Caller | { user_id: string } | null;
  subject_id?: string;
  details?: ActivityDetails;
  is_private?: boolean;
}

export type ActivityLog = ReturnType<typeof createActivityLog>;

/** Writes down what happens in sessions; each note is part of the transaction that does the thing. */
export function createActivityLog(db: Database, deps: Pick<Deps, 'clock' | 'random'>) {
  const isSessionPrivate = (sessionId: string): boolean =>
    db.first(db.query.selectFrom('sessions').select('is_activity_private').where('id', '=', sessionId))?.is_activity_private === 1;

  /** The newest row of one kind by one person, when it is not older than a time. */
  function latest(sessionId: string, type: ActivityType, actorId: string, since: string): ActivityRow | undefined {
    return db.first(
      db.query
        .selectFrom('activities')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('actor_id', '=', actorId)
        .where('created_at', '>=', since)
        // Not sorted by `type`, which would need another index: a person's rows of five minutes, or of a day, are few.
        .where('type', '=', type)
        .orderBy('created_at', 'desc')
        .limit(1),
    );
  }

  function note({ session_id, type, by, subject_id, details = {}, is_private = false }: ActivityNote): void {
    const origin: Partial<Caller> = by ?? {};
    db.run(
      db.query.insertInto('activities').values({
        id: newId(deps),
        session_id,
        type,
        actor_id: by?.user_id ?? null,
        subject_id: subject_id ?? null,
        details: JSON.stringify(details),
        is_private: is_private || isSessionPrivate(session_id) ? 1 : 0,
        created_at: timestamp(deps.clock),
        address: origin.address ?? null,
        user_agent: origin.user_agent ?? null,
      }),
    );
  }

  return {
    note,
    /** Goes on with the row of the same kind and person since a time, or begins one. @param merge answers the details from those before; null: there is none */
    noteRun(
      what: { session_id: string; type: ActivityType; user_id: string; since: string },
      merge: (before: ActivityDetails | null) => ActivityDetails,
    ): void {
      const row = latest(what.session_id, what.type, what.user_id, what.since);
      if (row === undefined) {
        note({ session_id: what.session_id, type: what.type, by: { user_id: what.user_id }, details: merge(null) });
        return;
      }
      const details = merge(JSON.parse(row.details) as ActivityDetails);
      db.run(
        db.query
          .updateTable('activities')
          .set({ details: JSON.stringify(details) })
          .where('id', '=', row.id),
      );
    },
  };
}
