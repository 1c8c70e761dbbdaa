import { sql } from 'kysely';
import type { Database } from '../../database/open-database.ts';
import type { InvitationRow } from '../../database/schema.ts';
import { type Deps, timestamp } from '../../deps.ts';
import { readCursor } from '../page.ts';

/** Written out, not bound: only so does SQLite see that the partial indexes serve. */
const pending = sql.lit('pending' as const);

export type InvitationStore = ReturnType<typeof createInvitationStore>;

/** Rows of invitations. One that ran out counts as pending here: `isOpen` tells. */
export function createInvitationStore(db: Database, deps: Pick<Deps, 'clock'>) {
  const rows = () => db.query.selectFrom('invitations').selectAll();
  const now = () => timestamp(deps.clock);

  function update(id: string, change: Partial<Omit<InvitationRow, 'id'>>): void {
    db.run(db.query.updateTable('invitations').set(change).where('id', '=', id));
  }

  return {
    update,
    find: (id: string): InvitationRow | undefined => db.first(rows().where('id', '=', id)),
    /** The same, if it is to that address: one look-up, whether it is another's or not there. */
    addressed: (id: string, email: string | null | undefined): InvitationRow | undefined =>
      db.first(
        rows()
          .where('id', '=', id)
          .where('email', '=', email ?? ''),
      ),
    byCode: (code: string): InvitationRow | undefined => db.first(rows().where('code', '=', code)),
    pending: (sessionId: string, email: string): InvitationRow | undefined =>
      db.first(rows().where('session_id', '=', sessionId).where('email', '=', email).where('status', '=', pending)),
    isOpen: (row: InvitationRow): boolean => row.status === 'pending' && row.expires_at > now(),
    insert(row: InvitationRow): void {
      db.run(db.query.insertInto('invitations').values(row));
    },
    countPending: (sessionId: string): number =>
      db.first(
        db.query
          .selectFrom('invitations')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('session_id', '=', sessionId)
          .where('status', '=', pending),
      )?.count ?? 0,

    /** Newest first, one more than the page. */
    ofSession(sessionId: string, limit: number, cursor: string | undefined): InvitationRow[] {
      let query = rows()
        .where('session_id', '=', sessionId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) {
        const [at, last] = readCursor(cursor);
        query = query.where((where) => where(where.refTuple('created_at', 'id'), '<', where.tuple(at, last)));
      }
      return db.all(query);
    },

    /** The open ones to an address. */
    openFor(email: string, limit: number, cursor: string | undefined): InvitationRow[] {
      let query = rows()
        .where('email', '=', email)
        .where('status', '=', pending)
        .where('expires_at', '>', now())
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) {
        const [at, last] = readCursor(cursor);
        query = query.where((where) => where(where.refTuple('created_at', 'id'), '<', where.tuple(at, last)));
      }
      return db.all(query);
    },

    /** Whether somebody is waited for at this address: a server for invited people takes their account. */
    isInvited: (email: string): boolean =>
      db.first(
        db.query
          .selectFrom('invitations')
          .select('id')
          .where('email', '=', email)
          .where('status', '=', pending)
          .where('expires_at', '>', now())
          .limit(1),
      ) !== undefined,

    /** Open ones that one person made, or all. Answers the addresses. */
    revokeAll(sessionId: string, madeBy?: string): string[] {
      let query = rows().where('session_id', '=', sessionId).where('status', '=', pending);
      if (madeBy !== undefined) query = query.where('invited_by', '=', madeBy);
      const open = db.all(query);
      for (const { id } of open) update(id, { status: 'revoked', answered_at: now() });
      return open.map(({ email }) => email);
    },

    removeExpired(): void {
      db.run(db.query.deleteFrom('invitations').where('status', '=', pending).where('expires_at', '<=', now()));
    },
  };
}
