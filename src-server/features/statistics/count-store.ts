import type { Database } from '../../database/open-database.ts';
import type { SessionCountsRow } from '../../database/schema.ts';

export type Counts = Pick<SessionCountsRow, 'entries' | 'edits' | 'comments' | 'messages' | 'bytes' | 'seconds_present'>;

const columns = ['entries', 'edits', 'comments', 'messages', 'bytes', 'seconds_present'] as const satisfies readonly (keyof Counts)[];
const none: Counts = { entries: 0, edits: 0, comments: 0, messages: 0, bytes: 0, seconds_present: 0 };

export type CountStore = ReturnType<typeof createCountStore>;

/** Numbers of what people wrote, added up per session, person and day. */
export function createCountStore(db: Database) {
  return {
    add(sessionId: string, userId: string, day: string, more: Partial<Counts>): void {
      db.run(
        db.query
          .insertInto('session_counts')
          .values({ session_id: sessionId, user_id: userId, day, ...none, ...more })
          .onConflict((conflict) =>
            conflict
              .columns(['session_id', 'user_id', 'day'])
              .doUpdateSet((set) =>
                Object.fromEntries(columns.map((column) => [column, set(`session_counts.${column}`, '+', more[column] ?? 0)])),
              ),
          ),
      );
    },
    addSection(sessionId: string, songId: string, section: string, edits: number): void {
      db.run(
        db.query
          .insertInto('section_edits')
          .values({ session_id: sessionId, song_id: songId, section, edits })
          .onConflict((conflict) =>
            conflict
              .columns(['session_id', 'song_id', 'section'])
              .doUpdateSet((set) => ({ edits: set('section_edits.edits', '+', edits) })),
          ),
      );
    },
    of: (sessionId: string): SessionCountsRow[] =>
      db.all(db.query.selectFrom('session_counts').selectAll().where('session_id', '=', sessionId).orderBy('day')),
    sectionsOf: (sessionId: string) =>
      db.all(
        db.query
          .selectFrom('section_edits')
          .select(['song_id', 'section', 'edits'])
          .where('session_id', '=', sessionId)
          .orderBy('edits', 'desc')
          .limit(1_000),
      ),
    /** Everything one person wrote. */
    sumOf(userId: string): Counts {
      return (
        db.first(
          db.query
            .selectFrom('session_counts')
            .select((all) => columns.map((column) => all.fn.coalesce(all.fn.sum<number>(column), all.lit(0)).as(column)))
            .where('user_id', '=', userId),
        ) ?? none
      );
    },
    /** Everything that everybody wrote: reads the whole table, for the administrator. */
    sumOfAll(): Counts {
      return (
        db.first(
          db.query
            .selectFrom('session_counts')
            .select((all) => columns.map((column) => all.fn.coalesce(all.fn.sum<number>(column), all.lit(0)).as(column))),
        ) ?? none
      );
    },
  };
}
