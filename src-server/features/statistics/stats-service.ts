import { sql } from 'kysely';
import type { SessionStats } from '../../../shared/session/history-schemas.ts';
import { sessionStatuses } from '../../../shared/session/roles.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import type { Counts, CountStore } from './count-store.ts';

const dayMs = 24 * 60 * 60 * 1_000;
/** A year and a day of leap. */
const mostDays = 366;

type StatsHandlers = Pick<Handlers, 'sessionStats' | 'myStats' | 'serverStats'>;

const zero = () => ({ entries: 0, edits: 0, comments: 0, messages: 0 });

function addTo(sum: ReturnType<typeof zero>, row: Pick<Counts, keyof ReturnType<typeof zero>>): void {
  for (const key of ['entries', 'edits', 'comments', 'messages'] as const) sum[key] += row[key];
}

export function createStatistics(
  { db, deps, sessions }: Pick<SessionParts, 'db' | 'deps' | 'sessions'>,
  counts: CountStore,
  names: PeopleNames,
): StatsHandlers {
  /** Of started sessions, in seconds, until they ended or until now. */
  const lasted = () => sql<number>`unixepoch(coalesce(sessions.ended_at, ${timestamp(deps.clock)})) - unixepoch(sessions.started_at)`;

  /** @param userId null: of everybody */
  function sessionSums(userId: string | null) {
    let query = db.query
      .selectFrom('sessions')
      .select((all) => [
        'sessions.status',
        all.fn.countAll<number>().as('count'),
        all.fn.count<number>('sessions.started_at').as('started'),
      ])
      .select((all) => all.fn.coalesce(all.fn.sum<number>(lasted()), all.lit(0)).as('seconds'))
      .where(
        'sessions.status',
        'in',
        sessionStatuses.filter((status) => status !== 'deleted'),
      )
      .groupBy('sessions.status');
    if (userId !== null) {
      query = query
        .innerJoin('participants', 'participants.session_id', 'sessions.id')
        .where('participants.user_id', '=', userId)
        .where('participants.status', '=', 'joined');
    }
    const rows = db.all(query);
    const byStatus = Object.fromEntries(
      sessionStatuses.flatMap((status) =>
        status === 'deleted' ? [] : [[status, rows.find((row) => row.status === status)?.count ?? 0] as const],
      ),
    ) as Record<Exclude<(typeof sessionStatuses)[number], 'deleted'>, number>;
    const started = rows.reduce((sum, row) => sum + row.started, 0);
    const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
    return {
      sessions_by_status: byStatus,
      sessions_total: rows.reduce((sum, row) => sum + row.count, 0),
      average_duration_seconds: started === 0 ? null : Math.max(0, Math.round(seconds / started)),
    };
  }

  function statsOf(id: string, peak: number): SessionStats {
    const rows = counts.of(id);
    const total = zero();
    const people = new Map<string, ReturnType<typeof zero> & { seconds_present: number }>();
    const days = new Map<string, ReturnType<typeof zero>>();
    for (const row of rows) {
      addTo(total, row);
      const person = people.get(row.user_id) ?? { ...zero(), seconds_present: 0 };
      addTo(person, row);
      person.seconds_present += row.seconds_present;
      people.set(row.user_id, person);
      if (row.entries > 0) {
        const day = days.get(row.day) ?? zero();
        addTo(day, row);
        days.set(row.day, day);
      }
    }
    return {
      session_id: id,
      ...total,
      peak_peers: peak,
      bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
      participants: [...people].map(([userId, sums]) => ({ user: names.person(userId), ...sums })),
      days: [...days].slice(-mostDays).map(([day, sums]) => ({ day, ...sums })),
      sections: counts.sectionsOf(id),
    };
  }

  return {
    async sessionStats({ id }, caller) {
      const { session } = enter(sessions, id, userOf(caller), 'read');
      return statsOf(id, session.peak_peers);
    },

    async myStats(_input, caller) {
      const userId = userOf(caller);
      return { ...sessionSums(userId), ...counts.sumOf(userId) };
    },

    async serverStats() {
      const { bytes: _bytes, seconds_present: _seconds, ...written } = counts.sumOfAll();
      const users = db.first(db.query.selectFrom('users').select((all) => all.fn.countAll<number>().as('count')))?.count ?? 0;
      const activities = db.first(
        db.query
          .selectFrom('activities')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('created_at', '>=', timestamp(deps.clock, -dayMs)),
      );
      const pages = Number(db.raw.pragma('page_count', { simple: true }));
      return {
        ...sessionSums(null),
        ...written,
        users_total: users,
        storage_bytes: pages * Number(db.raw.pragma('page_size', { simple: true })),
        activities_last_day: activities?.count ?? 0,
      };
    },
  };
}
