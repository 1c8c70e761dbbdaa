import type { GivenRole } from '../../../shared/session/invitation-schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { JoinLinkRow, SessionRow } from '../../database/schema.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';
import { makeJoinCode } from './join-codes.ts';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

export type JoinLinks = ReturnType<typeof createJoinLinks>;

export interface LinkWish {
  role?: GivenRole | undefined;
  lifetimeMs?: number | undefined;
  max_uses?: number | undefined;
  admits_guests?: boolean | undefined;
}

/** A session of therapist and client is not for people whom nobody knows by e-mail. */
function admitsGuests(session: Pick<SessionRow, 'category'>): boolean {
  return session.category !== 'therapy';
}

function isUsedUp(link: JoinLinkRow): boolean {
  return link.max_uses !== null && link.uses >= link.max_uses;
}

export function createJoinLinks(db: Database, deps: Pick<Deps, 'clock' | 'random'>) {
  /** Those that may still let somebody in; whether they are used up is left to see. */
  const unended = (sessionId: string) =>
    db.query
      .selectFrom('join_links')
      .selectAll()
      .where('session_id', '=', sessionId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', timestamp(deps.clock));

  return {
    /** A link with the session's default role, 30 days, no use limit, unless wished otherwise. */
    open(session: Pick<SessionRow, 'id' | 'default_role' | 'category'>, createdBy: string, wish: LinkWish = {}): JoinLinkRow {
      const row: JoinLinkRow = {
        id: newId(deps),
        session_id: session.id,
        code: makeJoinCode(db, deps),
        role: wish.role ?? session.default_role,
        created_by: createdBy,
        created_at: timestamp(deps.clock),
        expires_at: timestamp(deps.clock, wish.lifetimeMs ?? lifetimeMs),
        max_uses: wish.max_uses ?? null,
        uses: 0,
        revoked_at: null,
        admits_guests: (wish.admits_guests ?? admitsGuests(session)) ? 1 : 0,
      };
      db.run(db.query.insertInto('join_links').values(row));
      return row;
    },

    /** The link that still lets somebody in by this code. */
    findOpen(code: string): JoinLinkRow | undefined {
      const link = db.first(db.query.selectFrom('join_links').selectAll().where('code', '=', code));
      if (link === undefined || link.revoked_at !== null || link.expires_at <= timestamp(deps.clock)) return undefined;
      return isUsedUp(link) ? undefined : link;
    },

    /** Newest first. */
    openOf: (sessionId: string): JoinLinkRow[] =>
      db.all(unended(sessionId).orderBy('created_at', 'desc').orderBy('id', 'desc')).filter((link) => !isUsedUp(link)),

    find: (id: string): JoinLinkRow | undefined => db.first(db.query.selectFrom('join_links').selectAll().where('id', '=', id)),

    countUse(link: JoinLinkRow): void {
      db.run(
        db.query
          .updateTable('join_links')
          .set({ uses: link.uses + 1 })
          .where('id', '=', link.id),
      );
    },

    revoke(id: string): void {
      db.run(
        db.query
          .updateTable('join_links')
          .set({ revoked_at: timestamp(deps.clock) })
          .where('id', '=', id),
      );
    },

    /** All ways in that are open, or those that one person made. */
    revokeAll(sessionId: string, madeBy?: string): void {
      let query = db.query
        .updateTable('join_links')
        .set({ revoked_at: timestamp(deps.clock) })
        .where('session_id', '=', sessionId)
        .where('revoked_at', 'is', null);
      if (madeBy !== undefined) query = query.where('created_by', '=', madeBy);
      db.run(query);
    },

    removeEnded(): void {
      db.run(db.query.deleteFrom('join_links').where('expires_at', '<=', timestamp(deps.clock)));
    },
  };
}
