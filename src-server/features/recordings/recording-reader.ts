import type { Pointer, RecordingEvent } from '../../../shared/session/recording-schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { ActivityRow, RecordingChunkRow, RecordingRow } from '../../database/schema.ts';
import { decodeChunk, type TrackEvent } from './chunk.ts';
import type { RecordedLedger } from './recorded-ledger.ts';
import type { RecordingStore } from './recording-store.ts';

/** Five minutes at most are read at once. */
const chunksAtOnce = 60;

type Undated = Omit<RecordingEvent, 'at'>;

/** Where people are, after one more event. */
function follow(people: Map<string, Pointer>, { type, user_id, data }: TrackEvent): void {
  if (type === 'user_left') people.delete(user_id);
  if (type === 'user_joined') people.set(user_id, { user_id, song_id: null, cursor: null, scroll: null, is_typing: false });
  const pointer = people.get(user_id);
  if (pointer !== undefined && (type === 'song_shown' || type === 'cursor_moved')) people.set(user_id, { ...pointer, ...data });
}

/** Who became what; where a session was handed over, the one who led it until then as well. */
function newRolesOf({ type, actor_id, subject_id, details }: Pick<ActivityRow, 'type' | 'actor_id' | 'subject_id' | 'details'>) {
  const told = JSON.parse(details) as Record<string, unknown>;
  if (type === 'role_changed') return subject_id === null ? [] : [{ user_id: subject_id, data: told }];
  const { from, giver } = told;
  const heir = subject_id === null ? [] : [{ user_id: subject_id, data: { from, to: 'owner' } }];
  // Who left with it became nothing.
  return actor_id === null || giver === undefined ? heir : [...heir, { user_id: actor_id, data: { from: 'owner', to: giver } }];
}

export type RecordingReader = ReturnType<typeof createRecordingReader>;

/** Reads recordings: their chunks, the stretch of the ledger, and what the session's activity has of that time. */
export function createRecordingReader({ db, store, ledger }: { db: Database; store: RecordingStore; ledger: RecordedLedger }) {
  /** Changes of roles are in no chunk: after one moment, up to another. */
  function roleChanges(row: RecordingRow, afterMs: number, toMs: number): Undated[] {
    const startMs = Date.parse(row.started_at);
    const rows = db.all(
      db.query
        .selectFrom('activities')
        .select(['type', 'actor_id', 'subject_id', 'details', 'created_at'])
        .where('session_id', '=', row.session_id)
        .where('type', 'in', ['role_changed', 'ownership_transferred'])
        .where('created_at', '>', new Date(startMs + afterMs).toISOString())
        .where('created_at', '<=', new Date(startMs + toMs).toISOString())
        .orderBy('created_at')
        .orderBy('id')
        .limit(1_000),
    );
    return rows.flatMap((activity) =>
      newRolesOf(activity).map(({ user_id, data }) => ({
        type: 'permission_changed' as const,
        user_id,
        relative_ms: Date.parse(activity.created_at) - startMs,
        data,
      })),
    );
  }

  async function written(row: RecordingRow, [first, last]: readonly [RecordingChunkRow, RecordingChunkRow]): Promise<Undated[]> {
    if (first.from_n === last.to_n) return [];
    const startMs = Date.parse(row.started_at);
    const events = await ledger.events(row.session_id, first.from_n, last.to_n);
    return events.map(({ n, atMs, data, ...event }) => ({
      ...event,
      // Numbered while these chunks were open, whatever the clock said.
      relative_ms: Math.min(last.to_ms, Math.max(first.from_ms, atMs - startMs)),
      data: { n, ...data },
    }));
  }

  /** Batches of events in their order, beginning with the chunk that is open at a moment. */
  async function* batches(row: RecordingRow, fromMs: number): AsyncGenerator<Undated[]> {
    let reachedMs = Math.max(0, fromMs - 1);
    const at = store.chunkAt(row.id, fromMs);
    for (let seq = at; seq !== null;) {
      const chunks = store.chunksFrom(row.id, seq, chunksAtOnce);
      const [first, last] = [chunks[0], chunks.at(-1)];
      if (first === undefined || last === undefined) break;
      const track: Undated[] = chunks.flatMap(({ bytes }) => decodeChunk(bytes).events);
      const events = [...track, ...(await written(row, [first, last])), ...roleChanges(row, reachedMs, last.to_ms)];
      reachedMs = Math.max(reachedMs, last.to_ms);
      yield events.sort((one, other) => one.relative_ms - other.relative_ms);
      seq = chunks.length < chunksAtOnce ? null : last.seq + 1;
    }
    yield roleChanges(row, reachedMs, row.duration_ms);
  }

  /** Who was where just before a moment. */
  function stateAt(row: RecordingRow, ms: number): Pointer[] {
    const keyframe = store.keyframeBy(row.id, ms - 1);
    const people = new Map(
      (keyframe === undefined ? [] : (decodeChunk(keyframe.bytes).state ?? [])).map((pointer) => [pointer.user_id, pointer]),
    );
    for (const chunk of store.chunksFrom(row.id, keyframe === undefined ? 0 : keyframe.seq + 1, chunksAtOnce)) {
      if (chunk.from_ms >= ms) break;
      for (const event of decodeChunk(chunk.bytes).events) if (event.relative_ms < ms) follow(people, event);
    }
    return [...people.values()];
  }

  return {
    stateAt,
    /** Events from one moment to another, in their order. */
    async *events(row: RecordingRow, fromMs: number, toMs: number): AsyncGenerator<RecordingEvent> {
      const startMs = Date.parse(row.started_at);
      for await (const batch of batches(row, fromMs)) {
        for (const event of batch) {
          if (event.relative_ms > toMs) return;
          if (event.relative_ms >= fromMs) yield { ...event, at: new Date(startMs + event.relative_ms).toISOString() };
        }
      }
    },
  };
}
