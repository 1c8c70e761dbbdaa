import { createHash } from 'node:crypto';
import type { Database } from '../../database/open-database.ts';
import type { OneTimeTokenRow } from '../../database/schema.ts';
import { type Deps, timestamp } from '../../deps.ts';

const minuteMs = 60_000;
type Purpose = OneTimeTokenRow['purpose'];
/** An hour for a mail to arrive and be read; ten minutes to look at what would be deleted. */
const lifetimeMs: Readonly<Record<Purpose, number>> = { 'password-reset': 60 * minuteMs, deletion: 10 * minuteMs };

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export type OneTimeTokens = ReturnType<typeof createOneTimeTokens>;

/** Secrets for one use by one person; the file holds their hashes only. */
export function createOneTimeTokens(db: Database, deps: Pick<Deps, 'clock' | 'random'>) {
  function holderOf(token: string, purpose: Purpose): string | null {
    const row = db.first(db.query.selectFrom('one_time_tokens').selectAll().where('token_hash', '=', hashOf(token)));
    if (row === undefined || row.purpose !== purpose || row.expires_at <= timestamp(deps.clock)) return null;
    return row.user_id;
  }
  return {
    issue(userId: string, purpose: Purpose): { token: string; expires_at: string } {
      const token = Buffer.from(deps.random(32)).toString('base64url');
      const expires_at = timestamp(deps.clock, lifetimeMs[purpose]);
      db.run(db.query.insertInto('one_time_tokens').values({ token_hash: hashOf(token), user_id: userId, purpose, expires_at }));
      return { token, expires_at };
    },
    /** Whose it is; null for one that is not good. It stays good. */
    holderOf,
    countOf(userId: string, purpose: Purpose): number {
      const open = db.query
        .selectFrom('one_time_tokens')
        .select((all) => all.fn.countAll<number>().as('count'))
        .where('user_id', '=', userId)
        .where('purpose', '=', purpose)
        .where('expires_at', '>', timestamp(deps.clock));
      return db.first(open)?.count ?? 0;
    },
    /** All of a person, whatever for. */
    revokeAllOf(userId: string): void {
      db.run(db.query.deleteFrom('one_time_tokens').where('user_id', '=', userId));
    },
    removeExpired(): void {
      db.run(db.query.deleteFrom('one_time_tokens').where('expires_at', '<=', timestamp(deps.clock)));
    },
  };
}
