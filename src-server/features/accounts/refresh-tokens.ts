import { createHash } from 'node:crypto';
import { Fault } from '../../../shared/base/errors.ts';
import type { Database } from '../../database/open-database.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';

const dayMs = 24 * 60 * 60 * 1000;
const lifetimeMs = 30 * dayMs;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Refresh tokens: 32 random bytes, stored as their hash only, good for one use. One sign-in makes a family; a token used a
 * second time means that somebody copied it, and ends the family for the thief and for the owner (RFC 9700 §4.14.2).
 */
export function createRefreshTokens(db: Database, deps: Pick<Deps, 'clock' | 'random'>) {
  function issue(userId: string, familyId: string): string {
    const token = Buffer.from(deps.random(32)).toString('base64url');
    db.run(
      db.query.insertInto('refresh_tokens').values({
        token_hash: hashOf(token),
        user_id: userId,
        family_id: familyId,
        issued_at: timestamp(deps.clock),
        expires_at: timestamp(deps.clock, lifetimeMs),
        used_at: null,
      }),
    );
    return token;
  }

  const find = (token: string) => db.first(db.query.selectFrom('refresh_tokens').selectAll().where('token_hash', '=', hashOf(token)));
  const endFamily = (familyId: string) => db.run(db.query.deleteFrom('refresh_tokens').where('family_id', '=', familyId));

  return {
    /** The first token of a new family. */
    open: (userId: string): string => issue(userId, newId(deps)),

    /** The next token of the family. Throws 'unauthorized'. */
    rotate(token: string): { user_id: string; refresh_token: string } {
      const next = db.transact(() => {
        const row = find(token);
        const now = timestamp(deps.clock);
        if (row === undefined || row.expires_at <= now) return null;
        if (row.used_at !== null) {
          // Committed, not rolled back with the refusal: so no throwing in here.
          endFamily(row.family_id);
          return null;
        }
        db.run(db.query.updateTable('refresh_tokens').set({ used_at: now }).where('token_hash', '=', row.token_hash));
        return { user_id: row.user_id, refresh_token: issue(row.user_id, row.family_id) };
      });
      if (next === null) throw new Fault('unauthorized');
      return next;
    },

    /** Ends the sign-in a token belongs to; an unknown one is no news to anybody. */
    revoke(token: string): void {
      const row = find(token);
      if (row !== undefined) endFamily(row.family_id);
    },

    /** Ends all sign-ins of a user, after a change of password. */
    revokeAllOf(userId: string): void {
      db.run(db.query.deleteFrom('refresh_tokens').where('user_id', '=', userId));
    },

    removeExpired(): void {
      db.run(db.query.deleteFrom('refresh_tokens').where('expires_at', '<=', timestamp(deps.clock)));
    },
  };
}
