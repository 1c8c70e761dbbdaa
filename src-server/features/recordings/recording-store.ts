import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Database } from '../../database/open-database.ts';
import type { RecordingChunkRow, RecordingRow } from '../../database/schema.ts';
import type { StretchStart } from './recorded-ledger.ts';

export type RecordingStore = ReturnType<typeof createRecordingStore>;

/** Rows of recordings and their chunks. Rules are in the recorder and the service. */
export function createRecordingStore(db: Database) {
  const { query } = db;
  return {
    find: (sessionId: string, id: string): RecordingRow | undefined =>
      db.first(query.selectFrom('recordings').selectAll().where('id', '=', id).where('session_id', '=', sessionId)),
    /** Newest first: ids grow with time. */
    list: (sessionId: string, limit: number, before?: string): RecordingRow[] =>
      db.all(
        query
          .selectFrom('recordings')
          .selectAll()
          .where('session_id', '=', sessionId)
          .where('id', '<', before ?? 'g')
          .orderBy('id', 'desc')
          .limit(limit),
      ),
    count: (sessionId: string): number =>
      db.first(
        query
          .selectFrom('recordings')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('session_id', '=', sessionId),
      )?.count ?? 0,
    running: (): RecordingRow[] =>
      db.all(
        query
          .selectFrom('recordings')
          .selectAll()
          .where('status', '=', sql.lit('recording' as const))
          .limit(10_000),
      ),
    insert: (row: RecordingRow): void => void db.run(query.insertInto('recordings').values(row)),
    update: (id: string, change: Partial<RecordingRow>): void =>
      void db.run(query.updateTable('recordings').set(change).where('id', '=', id)),
    remove: (id: string): void => void db.run(query.deleteFrom('recordings').where('id', '=', id)),

    insertStart: (recording_id: string, { n, head, body }: StretchStart): void =>
      void db.run(query.insertInto('recording_starts').values({ recording_id, n, head, body: zstdCompressSync(body) })),
    start: (id: string): StretchStart | null => {
      const row = db.first(query.selectFrom('recording_starts').select(['n', 'head', 'body']).where('recording_id', '=', id));
      return row === undefined ? null : { ...row, body: zstdDecompressSync(row.body) };
    },

    insertChunk: (row: RecordingChunkRow): void => void db.run(query.insertInto('recording_chunks').values(row)),
    replaceChunk: (id: string, seq: number, bytes: Uint8Array): void =>
      void db.run(query.updateTable('recording_chunks').set({ bytes }).where('recording_id', '=', id).where('seq', '=', seq)),
    /** Those from a number on. */
    chunksFrom: (id: string, seq: number, limit: number): RecordingChunkRow[] =>
      db.all(
        query.selectFrom('recording_chunks').selectAll().where('recording_id', '=', id).where('seq', '>=', seq).orderBy('seq').limit(limit),
      ),
    /** The first that is not over at a moment. */
    chunkAt: (id: string, ms: number): number | null =>
      db.first(
        query
          .selectFrom('recording_chunks')
          .select('seq')
          .where('recording_id', '=', id)
          .where('to_ms', '>=', ms)
          .orderBy('to_ms')
          .orderBy('seq')
          .limit(1),
      )?.seq ?? null,
    /** The last keyframe by a moment: what comes after its chunk tells the rest. */
    keyframeBy: (id: string, ms: number): RecordingChunkRow | undefined =>
      db.first(
        query
          .selectFrom('recording_chunks')
          .selectAll()
          .where('recording_id', '=', id)
          .where('is_keyframe', '=', sql.lit(1 as const))
          .where('to_ms', '<=', ms)
          .orderBy('to_ms', 'desc')
          .limit(1),
      ),

    isLeftOut: (sessionId: string, userId: string): boolean =>
      db.first(
        query.selectFrom('recording_left_out').select('user_id').where('session_id', '=', sessionId).where('user_id', '=', userId),
      ) !== undefined,
    setLeftOut(sessionId: string, userId: string, isLeftOut: boolean): void {
      if (isLeftOut) {
        db.run(
          query
            .insertInto('recording_left_out')
            .values({ session_id: sessionId, user_id: userId })
            .onConflict((conflict) => conflict.doNothing()),
        );
      } else db.run(query.deleteFrom('recording_left_out').where('session_id', '=', sessionId).where('user_id', '=', userId));
    },
  };
}
