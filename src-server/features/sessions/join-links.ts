import { joinCodeAlphabet } from '../../../shared/session/schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { JoinLinkRow, SessionRow } from '../../database/schema.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;
const codeLength = 8;

export type JoinLinks = ReturnType<typeof createJoinLinks>;

export function createJoinLinks(db: Database, deps: Pick<Deps, 'clock' | 'random'>) {
  /** Each letter equally likely: bytes above the last whole multiple of 30 are thrown again. */
  function makeCode(): string {
    const fair = 256 - (256 % joinCodeAlphabet.length);
    let code = '';
    while (code.length < codeLength) {
      for (const byte of deps.random(16)) {
        if (byte < fair && code.length < codeLength) code += joinCodeAlphabet.charAt(byte % joinCodeAlphabet.length);
      }
    }
    return code;
  }

  const isKnown = (code: string) => db.first(db.query.selectFrom('join_links').select('id').where('code', '=', code)) !== undefined;

  return {
    /** A link with the session's default role, 30 days, no use limit. */
    open(session: Pick<SessionRow, 'id' | 'default_role'>, createdBy: string): void {
      let code = makeCode();
      while (isKnown(code)) code = makeCode();
      const row: JoinLinkRow = {
        id: newId(deps),
        session_id: session.id,
        code,
        role: session.default_role,
        created_by: createdBy,
        created_at: timestamp(deps.clock),
        expires_at: timestamp(deps.clock, lifetimeMs),
        max_uses: null,
        uses: 0,
        revoked_at: null,
      };
      db.run(db.query.insertInto('join_links').values(row));
    },

    /** The link that still lets somebody in by this code. */
    findOpen(code: string): JoinLinkRow | undefined {
      const link = db.first(db.query.selectFrom('join_links').selectAll().where('code', '=', code));
      if (link === undefined || link.revoked_at !== null || link.expires_at <= timestamp(deps.clock)) return undefined;
      return link.max_uses !== null && link.uses >= link.max_uses ? undefined : link;
    },

    countUse(link: JoinLinkRow): void {
      db.run(
        db.query
          .updateTable('join_links')
          .set({ uses: link.uses + 1 })
          .where('id', '=', link.id),
      );
    },
  };
}
