import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../../shared/base/errors.ts';
import type { Database } from '../database/open-database.ts';
import { type Deps, timestamp } from '../deps.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** After that a request which never ended (the server died in it) may be tried again under its key. */
const abandonedMs = 60_000;

export const idempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{1,128}$/);

export type Idempotency = ReturnType<typeof createIdempotency>;

/**
 * What changes something, repeated under one Idempotency-Key by one user, is done once and answered twice; refusals are not kept,
 * so that the call can be tried again. Open operations have no user to keep answers for, and theirs are secrets. Where the answer
 * is gone (a day later, or the server died before it kept it) the call is done again: what is made then has the same id
 * (made-id.ts), all else may be done twice without harm.
 */
export function createIdempotency(db: Database, deps: Pick<Deps, 'clock'>) {
  const find = (userId: string, key: string) =>
    db.first(db.query.selectFrom('idempotency_keys').selectAll().where('user_id', '=', userId).where('key', '=', key));
  const forget = (userId: string, key: string) =>
    db.run(db.query.deleteFrom('idempotency_keys').where('user_id', '=', userId).where('key', '=', key));

  /** The kept answer, or null when the request is to be done now. Throws 'idempotency-conflict'. */
  function begin(userId: string, key: string, requestHash: string): { output: unknown } | null {
    return db.transact(() => {
      const row = find(userId, key);
      if (row !== undefined) {
        if (row.request_hash !== requestHash) throw new Fault('idempotency-conflict');
        if (row.body !== null) return { output: JSON.parse(row.body) as unknown };
        if (row.created_at > timestamp(deps.clock, -abandonedMs)) {
          throw new Fault('idempotency-conflict', 'The first request with this Idempotency-Key is still under way.');
        }
        forget(userId, key);
      }
      db.run(
        db.query.insertInto('idempotency_keys').values({
          user_id: userId,
          key,
          request_hash: requestHash,
          body: null,
          created_at: timestamp(deps.clock),
        }),
      );
      return null;
    });
  }

  return {
    async once(userId: string, key: string, operation: string, input: unknown, work: () => Promise<unknown>): Promise<unknown> {
      const requestHash = createHash('sha256')
        .update(`${operation}\n${JSON.stringify(input)}`)
        .digest('hex');
      const kept = begin(userId, key, requestHash);
      if (kept !== null) return kept.output;
      try {
        const output = await work();
        db.run(
          db.query
            .updateTable('idempotency_keys')
            .set({ body: JSON.stringify(output) })
            .where('user_id', '=', userId)
            .where('key', '=', key),
        );
        return output;
      } catch (error) {
        forget(userId, key);
        throw error;
      }
    },
    removeOld(): void {
      db.run(db.query.deleteFrom('idempotency_keys').where('created_at', '<', timestamp(deps.clock, -dayMs)));
    },
  };
}
