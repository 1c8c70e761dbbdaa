import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type OutboxRefusal, outboxRefusalSchema, sessionPlanSchema, waitingOperationSchema } from '../../../shared/ipc/outbox.ts';
import type { KnownSessionsOwner } from '../sessions/known-sessions.ts';

/** What is to be done: a request as it is sent, or a session as it is wanted. */
const workSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request'),
    operation: waitingOperationSchema,
    input: z.record(z.string(), z.unknown()),
    about: z.string(),
  }),
  z.strictObject({ kind: z.literal('session'), plan: sessionPlanSchema }),
]);
export type OutboxWork = z.infer<typeof workSchema>;

const json = <T extends z.ZodType>(schema: T) => z.string().transform((text) => schema.parse(JSON.parse(text)));

const rowSchema = z.strictObject({
  id: z.string(),
  server_id: z.string(),
  user_id: z.string(),
  /** The Idempotency-Key: as long as it stays the same, the server does it once. */
  request_key: z.string(),
  work: json(workSchema),
  /** The body as it was first sent: it stays the same with its key. Null: never sent. */
  sent: json(z.record(z.string(), z.unknown())).nullable(),
  refusal: json(outboxRefusalSchema).nullable(),
  created_at: z.int(),
});
export type OutboxRow = z.output<typeof rowSchema>;

export interface OutboxStore {
  /** In the order in which they were added. */
  list(owner: KnownSessionsOwner): OutboxRow[];
  get(owner: KnownSessionsOwner, id: string): OutboxRow | null;
  /** What is there for others than this owner; null: for anybody. */
  countBesides(owner: KnownSessionsOwner | null): number;
  add(row: Pick<OutboxRow, 'id' | 'server_id' | 'user_id' | 'request_key' | 'work' | 'created_at'>): void;
  markSent(id: string, body: Record<string, unknown>): void;
  refuse(id: string, work: OutboxWork, refusal: OutboxRefusal): void;
  /** To be sent as if for the first time. */
  renew(id: string, requestKey: string, work: OutboxWork): void;
  /** The same request, with something else after it. */
  rework(id: string, work: OutboxWork): void;
  drop(id: string): void;
  dropOwner(owner: KnownSessionsOwner): void;
  inOne(run: () => void): void;
}

const columns = 'id, server_id, user_id, request_key, work, sent, refusal, created_at';

export function createOutboxStore(db: Database): OutboxStore {
  const all = db.prepare(`SELECT ${columns} FROM outbox WHERE server_id = ? AND user_id = ? ORDER BY position`);
  const one = db.prepare(`SELECT ${columns} FROM outbox WHERE id = ? AND server_id = ? AND user_id = ?`);
  const countAll = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM outbox');
  const countOthers = db.prepare<[string, string], { n: number }>(
    'SELECT count(*) AS n FROM outbox WHERE NOT (server_id = ? AND user_id = ?)',
  );
  const insert = db.prepare(
    'INSERT INTO outbox (id, server_id, user_id, request_key, work, created_at) VALUES (@id, @server_id, @user_id, @request_key, @work, @created_at)',
  );
  const setSent = db.prepare('UPDATE outbox SET sent = ? WHERE id = ?');
  const setRefused = db.prepare('UPDATE outbox SET work = ?, refusal = ? WHERE id = ?');
  const setNew = db.prepare('UPDATE outbox SET request_key = ?, work = ?, sent = NULL, refusal = NULL WHERE id = ?');
  const setWork = db.prepare('UPDATE outbox SET work = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM outbox WHERE id = ?');
  const removeOwner = db.prepare('DELETE FROM outbox WHERE server_id = ? AND user_id = ?');

  return {
    list: ({ server_id, user_id }) => all.all(server_id, user_id).map((row) => rowSchema.parse(row)),
    get: ({ server_id, user_id }, id) => {
      const row = one.get(id, server_id, user_id);
      return row === undefined ? null : rowSchema.parse(row);
    },
    countBesides: (owner) => (owner === null ? countAll.get() : countOthers.get(owner.server_id, owner.user_id))?.n ?? 0,
    add: (row) => void insert.run({ ...row, work: JSON.stringify(row.work) }),
    markSent: (id, body) => void setSent.run(JSON.stringify(body), id),
    refuse: (id, work, refusal) => void setRefused.run(JSON.stringify(work), JSON.stringify(refusal), id),
    renew: (id, requestKey, work) => void setNew.run(requestKey, JSON.stringify(work), id),
    rework: (id, work) => void setWork.run(JSON.stringify(work), id),
    drop: (id) => void remove.run(id),
    dropOwner: ({ server_id, user_id }) => void removeOwner.run(server_id, user_id),
    inOne: (run) => db.transaction(run)(),
  };
}
