import { createHash, createHmac } from 'node:crypto';
import { Fault } from '../../../shared/base/errors.ts';
import type { Database } from '../../database/open-database.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';

const dayMs = 24 * 60 * 60 * 1000;
const lifetimeMs = 30 * dayMs;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Refresh tokens: 32 bytes, stored as their hash only, good for one use. One sign-in makes a family; a token used a
 * second time means that somebody copied it, and ends the family for the thief and for the owner (RFC 9700 §4.14.2).
 *
 * An app that is killed between our rotation and its own write comes back with a token that was used. Answering it within
 * some minutes would answer a thief of an old token too. Instead the app writes a random `attempt` down before it asks; the
 * next token follows from token and attempt (and our secret), and who shows both gets it again, for as long as it was not
 * used itself. Whoever can show both has read the app's disk in that moment: the token that was good then, no more.
 */
export function createRefreshTokens(db: Database, deps: Pick<Deps, 'clock' | 'random'>, secret: Uint8Array) {
  const makeToken = () => Buffer.from(deps.random(32)).toString('base64url');
  const tokenAfter = (token: string, attempt: string) =>
    createHmac('sha256', secret).update(`chordme-refresh-v1\n${token}\n${attempt}`).digest('base64url');

  function issue(userId: string, familyId: string, token: string): string {
    db.run(
      db.query.insertInto('refresh_tokens').values({
        token_hash: hashOf(token),
        user_id: userId,
        family_id: familyId,
        issued_at: timestamp(deps.clock),
        expires_at: timestamp(deps.clock, lifetimeMs),
        used_at: null,
        attempt_hash: null,
      }),
    );
    return token;
  }

  const find = (token: string) => db.first(db.query.selectFrom('refresh_tokens').selectAll().where('token_hash', '=', hashOf(token)));
  const endFamily = (familyId: string) => db.run(db.query.deleteFrom('refresh_tokens').where('family_id', '=', familyId));

  return {
    /** The first token of a new family. */
    open: (userId: string): string => issue(userId, newId(deps), makeToken()),

    /** The next token of the family; with the same `attempt` the same one again. Throws 'unauthorized'. */
    rotate(token: string, attempt?: string): { user_id: string; refresh_token: string } {
      const next = db.transact(() => {
        const row = find(token);
        const now = timestamp(deps.clock);
        if (row === undefined || row.expires_at <= now) return null;
        if (row.used_at !== null) {
          const again = attempt !== undefined && row.attempt_hash === hashOf(attempt) ? tokenAfter(token, attempt) : null;
          const next = again === null ? undefined : find(again);
          if (again !== null && next !== undefined && next.used_at === null) return { user_id: row.user_id, refresh_token: again };
          // Committed, not rolled back with the refusal: so no throwing in here.
          endFamily(row.family_id);
          return null;
        }
        const attempt_hash = attempt === undefined ? null : hashOf(attempt);
        db.run(db.query.updateTable('refresh_tokens').set({ used_at: now, attempt_hash }).where('token_hash', '=', row.token_hash));
        const next = attempt === undefined ? makeToken() : tokenAfter(token, attempt);
        return { user_id: row.user_id, refresh_token: issue(row.user_id, row.family_id, next) };
      });
      if (next === null) throw new Fault('unauthorized');
      return next;
    },

    /** Ends the sign-in a token belongs to; an unknown one is no news to anybody. */
    revoke(token: string): void {
      const row = find(token);
      if (row !== undefined) endFamily(row.family_id);
    },

    /** Ends all sign-ins of a user. */
    revokeAllOf(userId: string): void {
      db.run(db.query.deleteFrom('refresh_tokens').where('user_id', '=', userId));
    },

    /** A row a sign-in that is still good: when it began, was renewed last, and ends. */
    signInsOf: (userId: string) =>
      db.all(
        db.query
          .selectFrom('refresh_tokens')
          .select(({ fn }) => [
            fn.min('issued_at').as('started_at'),
            fn.max('issued_at').as('last_used_at'),
            fn.max('expires_at').as('expires_at'),
          ])
          .where('user_id', '=', userId)
          .groupBy('family_id')
          .orderBy('family_id'),
      ),

    removeExpired(): void {
      db.run(db.query.deleteFrom('refresh_tokens').where('expires_at', '<=', timestamp(deps.clock)));
    },
  };
}
