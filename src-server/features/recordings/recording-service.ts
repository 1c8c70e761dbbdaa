import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import { isOwner } from '../../../shared/session/people-policy.ts';
import type { Recording, RecordingEvent, RecordingLedgerPage } from '../../../shared/session/recording-schemas.ts';
import type { RecordingRow } from '../../database/schema.ts';
import { type Caller, userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter, type Entered } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import { createRecordingExport } from './recording-export.ts';
import type { Recordings } from './recordings.ts';

export type RecordingHandlers = Pick<
  Handlers,
  | 'startRecording'
  | 'stopRecording'
  | 'recordingStatus'
  | 'myRecordingChoice'
  | 'setMyRecordingChoice'
  | 'listRecordings'
  | 'getRecording'
  | 'recordingEvents'
  | 'recordingLedger'
  | 'exportRecording'
  | 'deleteRecording'
>;

/** Where a page of events begins: the moment, and how many of that moment were told already. */
const cursorPattern = /^(\d{1,12})\.(\d{1,9})$/;

/** What of the ledger comes next: its checkpoint from a byte on, or its records behind a number. */
const ledgerCursorPattern = /^([cn])\.(\d{1,12})$/;

const badCursor = (): Fault => new Fault('bad-request', undefined, [{ path: 'cursor', message: 'not a cursor of this list' }]);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

type Parts = Pick<SessionParts, 'db' | 'sessions' | 'activities'>;

/** Who came later sees what was recorded before only where the owner has opened it. */
function isVisible({ role, session, participant }: Entered, { ended_at }: RecordingRow): boolean {
  return role === 'owner' || session.has_open_recordings === 1 || ended_at === null || ended_at >= participant.joined_at;
}

export function createRecordingService({ db, sessions, activities }: Parts, recordings: Recordings, names: PeopleNames): RecordingHandlers {
  const { store, recorder, reader, ledger } = recordings;
  const exported = createRecordingExport(reader, ledger);

  function show(row: RecordingRow): Recording {
    const { session_id: _session, started_by, ...shown } = recorder.asItStands(row);
    return { ...shown, started_by: names.person(started_by) };
  }

  /** Throws as `enter` does, and 'not-found'. */
  function find(id: string, recordingId: string, caller: Caller): Entered & { row: RecordingRow } {
    const entered = enter(sessions, id, userOf(caller), 'read');
    const row = store.find(id, recordingId);
    if (row === undefined || !isVisible(entered, row)) throw new Fault('not-found');
    return { ...entered, row };
  }

  return {
    async startRecording({ id }, caller) {
      const { session } = enter(sessions, id, userOf(caller), 'record');
      if (session.status !== 'active') throw new Fault('wrong-status');
      const { id: recording_id, status, started_at } = recorder.start(session, caller);
      return { recording_id, status, started_at };
    },

    async stopRecording({ id }, caller) {
      enter(sessions, id, userOf(caller), 'record');
      const row = recorder.stop(id, 'asked', caller);
      if (row === null) throw new Fault('not-recording');
      return { recording_id: row.id, duration_ms: row.duration_ms, event_count: row.event_count };
    },

    async recordingStatus({ id }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      const row = recorder.current(id);
      return {
        is_recording: row !== null,
        recording_id: row?.id ?? null,
        started_at: row?.started_at ?? null,
        event_count: row?.event_count ?? 0,
      };
    },

    async myRecordingChoice({ id }, caller) {
      const userId = userOf(caller);
      enter(sessions, id, userId, 'read');
      return { is_left_out: store.isLeftOut(id, userId) };
    },

    async setMyRecordingChoice({ id, is_left_out }, caller) {
      const userId = userOf(caller);
      enter(sessions, id, userId, 'read');
      store.setLeftOut(id, userId, is_left_out);
      recorder.choiceChanged(id, userId);
      return { is_left_out };
    },

    async listRecordings({ id, limit, cursor }, caller) {
      const entered = enter(sessions, id, userOf(caller), 'read');
      const rows = store.list(id, limit + 1, cursor);
      const items = rows.slice(0, limit);
      return {
        items: items.filter((row) => isVisible(entered, row)).map(show),
        next_cursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
      };
    },

    async getRecording({ id, recording_id }, caller) {
      return show(find(id, recording_id, caller).row);
    },

    async recordingEvents({ id, recording_id, from, to, limit, cursor }, caller) {
      const { row } = find(id, recording_id, caller);
      const place = cursor === undefined ? null : cursorPattern.exec(cursor);
      if (cursor !== undefined && place === null) {
        throw badCursor();
      }
      const fromMs = place === null ? from : Number(place[1]);
      let told = place === null ? 0 : Number(place[2]);
      const items: RecordingEvent[] = [];
      let next_cursor: string | null = null;
      for await (const event of reader.events(row, fromMs, to ?? row.duration_ms)) {
        if (event.relative_ms === fromMs && told > 0) told -= 1;
        else if (items.length < limit) items.push(event);
        else {
          const { relative_ms } = event;
          const before = relative_ms === fromMs && place !== null ? Number(place[2]) : 0;
          next_cursor = `${relative_ms}.${before + items.filter((item) => item.relative_ms === relative_ms).length}`;
          break;
        }
      }
      return { items, next_cursor, state: reader.stateAt(row, fromMs) };
    },

    async recordingLedger({ id, recording_id, cursor }, caller) {
      const { row, session } = find(id, recording_id, caller);
      // Its numbers mean something else since.
      if (row.generation !== session.generation) throw new Fault('not-found');
      const place = cursor === undefined ? null : ledgerCursorPattern.exec(cursor);
      if (cursor !== undefined && place === null) throw badCursor();
      const none: RecordingLedgerPage = { checkpoint: null, records: [], entries: [], head: null, next_cursor: null };
      const from = place?.[1] === 'n' ? null : store.start(row.id);
      if (from !== null) {
        const offset = Number(place?.[2] ?? 0);
        const part = from.body.subarray(offset, offset + limits.checkpointPartBytes);
        const next = offset + part.length < from.body.length ? `c.${offset + part.length}` : `n.${from.n}`;
        return { ...none, checkpoint: { head: base64(from.head), offset, part: base64(part) }, next_cursor: next };
      }
      const { records, entries, head, next } = await ledger.stretch(id, Number(place?.[2] ?? 0), show(row).to_n);
      return {
        ...none,
        records: records.map(base64),
        entries: entries.map(base64),
        head: head === null ? null : base64(head),
        next_cursor: next === null ? null : `n.${next}`,
      };
    },

    async exportRecording({ id, recording_id, format }, caller) {
      const { row, session } = find(id, recording_id, caller);
      return exported(row, show(row), format, row.generation === session.generation);
    },

    async deleteRecording({ id, recording_id }, caller) {
      const by = enter(sessions, id, userOf(caller), 'read');
      if (!isOwner(by)) throw new Fault('forbidden');
      if (store.find(id, recording_id) === undefined) throw new Fault('not-found');
      recorder.drop(id, recording_id);
      db.transact(() => {
        store.remove(recording_id);
        activities.note({ session_id: id, type: 'recording_deleted', by: caller, details: { recording_id } });
      });
      recordings.changed(id);
      return null;
    },
  };
}
