import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { Fault } from '../../../shared/base/errors.ts';
import { calls } from '../../../shared/ipc/contract.ts';
import { recordingLedgerSchema, recordingSchema } from '../../../shared/session/recording-schemas.ts';
import type { CoreHandlers } from '../answer-call.ts';

type RecordingHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `recordings.${string}`>>;

interface KeptRow {
  recording: string;
  part_count: number;
}

const packed = (value: unknown): Uint8Array => zstdCompressSync(JSON.stringify(value));
const unpacked = (bytes: Uint8Array): unknown => JSON.parse(zstdDecompressSync(bytes).toString('utf8'));

/**
 * Recordings that were fetched, to be played without the server: where people were and pointed, and the song text before the session
 * begins here. The rest is the session itself, so that words deleted there are gone here too.
 * @param userId whose they are: what one person may see is not another's; null: nobody is signed in
 */
export function createRecordingCalls(
  db: Database,
  userId: () => string | null,
): RecordingHandlers & { dropSession: (sessionId: string) => void } {
  const selectKept = db.prepare<[string, string], KeptRow>(
    'SELECT recording, part_count FROM kept_recordings WHERE user_id = ? AND session_id = ? ORDER BY recording_id DESC',
  );
  const upsertKept = db.prepare(
    `INSERT INTO kept_recordings (user_id, session_id, recording_id, recording, part_count) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, session_id, recording_id) DO UPDATE SET recording = excluded.recording, part_count = excluded.part_count`,
  );
  const ofRecording = 'user_id = ? AND session_id = ? AND recording_id = ?';
  const selectPart = db
    .prepare<[string, string, string, number], Uint8Array>(`SELECT bytes FROM kept_recording_parts WHERE ${ofRecording} AND part = ?`)
    .pluck();
  const upsertPart = db.prepare(
    'INSERT OR REPLACE INTO kept_recording_parts (user_id, session_id, recording_id, part, bytes) VALUES (?, ?, ?, ?, ?)',
  );
  const selectPage = db
    .prepare<[string, string, string, number], Uint8Array>(`SELECT bytes FROM kept_recording_ledgers WHERE ${ofRecording} AND part = ?`)
    .pluck();
  const upsertPage = db.prepare(
    'INSERT OR REPLACE INTO kept_recording_ledgers (user_id, session_id, recording_id, part, bytes) VALUES (?, ?, ?, ?, ?)',
  );
  const countParts = db
    .prepare<[string, string, string, number], number>(`SELECT count(*) FROM kept_recording_parts WHERE ${ofRecording} AND part < ?`)
    .pluck();
  const dropLaterParts = db.prepare(`DELETE FROM kept_recording_parts WHERE ${ofRecording} AND part >= ?`);
  const tables = ['kept_recordings', 'kept_recording_parts', 'kept_recording_ledgers'];
  const drops = tables.map((table) => db.prepare(`DELETE FROM ${table} WHERE ${ofRecording}`));
  const sessionDrops = tables.map((table) => db.prepare(`DELETE FROM ${table} WHERE session_id = ?`));

  const owner = (): string => {
    const id = userId();
    if (id === null) throw new Fault('unauthorized');
    return id;
  };
  const finish = db.transaction((user: string, session_id: string, recording: { id: string }, part_count: number) => {
    if (countParts.get(user, session_id, recording.id, part_count) !== part_count)
      throw new Fault('bad-request', 'Some parts are not here.');
    dropLaterParts.run(user, session_id, recording.id, part_count);
    upsertKept.run(user, session_id, recording.id, JSON.stringify(recording), part_count);
  });

  return {
    'recordings.kept': ({ session_id }) =>
      selectKept.all(owner(), session_id).flatMap(({ recording, part_count }) => {
        // One of an older form is fetched again.
        const parsed = recordingSchema.safeParse(JSON.parse(recording));
        return parsed.success ? [{ recording: parsed.data, part_count }] : [];
      }),
    'recordings.read': ({ session_id, recording_id, part }) => {
      const bytes = selectPart.get(owner(), session_id, recording_id, part);
      if (bytes === undefined) throw new Fault('not-found');
      return calls['recordings.read'].result.parse({ events: unpacked(bytes) });
    },
    'recordings.keep': ({ session_id, recording_id, part, events }) => {
      upsertPart.run(owner(), session_id, recording_id, part, packed(events));
      return null;
    },
    'recordings.read_ledger': ({ session_id, recording_id, part }) => {
      const bytes = selectPage.get(owner(), session_id, recording_id, part);
      return bytes === undefined ? null : recordingLedgerSchema.parse(unpacked(bytes));
    },
    'recordings.keep_ledger': ({ session_id, recording_id, part, page }) => {
      upsertPage.run(owner(), session_id, recording_id, part, packed(page));
      return null;
    },
    'recordings.finish': ({ session_id, recording, part_count }) => {
      finish(owner(), session_id, recording, part_count);
      return null;
    },
    'recordings.drop': ({ session_id, recording_id }) => {
      for (const drop of drops) drop.run(owner(), session_id, recording_id);
      return null;
    },
    dropSession: (sessionId) => {
      for (const drop of sessionDrops) drop.run(sessionId);
    },
  };
}
