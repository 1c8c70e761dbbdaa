import { limits } from '../../../shared/base/limits.ts';
import type { PersonExport } from '../../../shared/api/auth.ts';
import { decodeChunk, encodeChunk, withoutPerson } from './chunk.ts';
import type { RecordedLedger } from './recorded-ledger.ts';
import { Recorder, type RecorderParts } from './recorder.ts';
import { createRecordingReader } from './recording-reader.ts';
import { createRecordingStore } from './recording-store.ts';

const chunksAtOnce = 100;

export type Recordings = ReturnType<typeof createRecordings>;

/** All recordings of this server: the recorder, what it wrote, and what a person has in it. */
export function createRecordings(parts: Omit<RecorderParts, 'store' | 'ledger'> & { ledger: RecordedLedger }) {
  const { db, ledger } = parts;
  const store = createRecordingStore(db);
  const recorder = new Recorder({ ...parts, store });
  const ofSession = (sessionId: string) => store.list(sessionId, limits.recordingsPerSession);

  return {
    store,
    recorder,
    ledger,
    reader: createRecordingReader({ db, store, ledger }),
    changed: (sessionId: string) => parts.changed(sessionId),
    hasAny: (sessionId: string): boolean => store.list(sessionId, 1).length > 0,

    /** The end of an account: where they were and pointed goes from each recording of a session. Words go with the ledger's. */
    forgetPerson(sessionId: string, userId: string): void {
      recorder.flush(sessionId);
      store.setLeftOut(sessionId, userId, false);
      for (const { id, bytes: before } of ofSession(sessionId)) {
        db.transact(() => {
          let saved = 0;
          let seq = 0;
          for (;;) {
            const chunks = store.chunksFrom(id, seq, chunksAtOnce);
            for (const chunk of chunks) {
              const rest = withoutPerson(decodeChunk(chunk.bytes), userId);
              if (rest === null) continue;
              const bytes = encodeChunk(rest);
              saved += chunk.bytes.length - bytes.length;
              store.replaceChunk(id, chunk.seq, bytes);
            }
            const last = chunks.at(-1);
            if (last === undefined || chunks.length < chunksAtOnce) break;
            seq = last.seq + 1;
          }
          if (saved !== 0) store.update(id, { bytes: before - saved });
        });
      }
    },

    /** What recordings of a session have about one person besides their words, as far as there is room. */
    partOf(sessionId: string, userId: string, room: number): PersonExport['recordings'] {
      let left = room;
      return ofSession(sessionId).map(({ id, started_at }) => {
        const events: PersonExport['recordings'][number]['events'] = [];
        let seq = 0;
        let is_complete = true;
        for (;;) {
          const chunks = store.chunksFrom(id, seq, chunksAtOnce);
          const own = chunks.flatMap(({ bytes }) => decodeChunk(bytes).events.filter(({ user_id }) => user_id === userId));
          is_complete &&= own.length <= left;
          events.push(...own.slice(0, left).map(({ user_id: _self, ...event }) => event));
          left -= Math.min(left, own.length);
          const last = chunks.at(-1);
          if (last === undefined || chunks.length < chunksAtOnce || !is_complete) break;
          seq = last.seq + 1;
        }
        return { recording_id: id, session_id: sessionId, started_at, is_complete, events };
      });
    },
  };
}
