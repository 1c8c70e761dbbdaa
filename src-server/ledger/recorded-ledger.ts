import type BetterSqlite3 from 'better-sqlite3';
import { fromHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { parseEntry } from '../../shared/ledger/entry.ts';
import { Fold } from '../../shared/ledger/fold.ts';
import { foldStretch, type RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import { foldFrom } from '../../shared/ledger/ledger-base.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { openStart } from '../../shared/ledger/load.ts';
import { parseRecord, verdicts } from '../../shared/ledger/record.ts';
import { readSetlist } from '../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { readSongHead } from '../../shared/music/read-song-head.ts';
import type { RecordedLedger, SongThen } from '../features/recordings/recorded-ledger.ts';
import { recordedEvents } from './recorded-events.ts';
import type { SessionRoom } from './session-room.ts';

function songsIn(fold: Fold): SongThen[] {
  const ids = new Set(readSetlist(fold.sets).map(({ song_id }) => song_id));
  return [...ids].map((song_id) => {
    const chordpro = fold.doc.getText(rootOfSong(song_id)).toJSON();
    return { song_id, title: readSongHead(chordpro).title, chordpro };
  });
}

/** Stretches of ledgers by number, read from the disk: what a recording and its songs are made of. */
export function createRecordedLedger(
  db: BetterSqlite3.Database,
  store: LedgerStore,
  roomOf: (sessionId: string) => Promise<SessionRoom>,
): RecordedLedger {
  const selectEntry = db
    .prepare<unknown[], Uint8Array>('SELECT bytes FROM ledger_entries WHERE session_id = ? AND stream = ? AND seq = ? AND hash = ?')
    .pluck();
  const lastRecord = db.prepare<[string], number>('SELECT n FROM ledger_records WHERE session_id = ? ORDER BY n DESC LIMIT 1').pluck();

  /** In pages, so that a long rehearsal is not in memory at once. */
  function* pages(sessionId: string, from: number, to: number): Generator<RecordedEntry[]> {
    for (let after = from; after < to;) {
      const { records } = store.readRecords(sessionId, after, Math.min(limits.foldBatch, to - after));
      if (records.length === 0) return;
      yield records.flatMap((bytes) => {
        const record = parseRecord(bytes);
        if (record === null) return [];
        const { stream, seq, hash, verdict } = record;
        const row = verdict === verdicts.close ? undefined : selectEntry.get(sessionId, fromHex(stream), seq, fromHex(hash));
        return [{ record, entry: row === undefined ? null : parseEntry(new Uint8Array(row)) }];
      });
      after += records.length;
    }
  }

  return {
    lastNumber: (sessionId) => Math.max(lastRecord.get(sessionId) ?? 0, store.readCheckpoint(sessionId)?.n ?? 0),

    async events(sessionId, from, to) {
      // Its room brings back what was put away, and knows whose the devices are.
      const { ledger } = await roomOf(sessionId);
      const userOf = (device: string) => ledger.device(device)?.user_id ?? null;
      return [...pages(sessionId, from, to)].flatMap((page) => page.flatMap((one) => recordedEvents(one, userOf)));
    },

    async songsAt(sessionId, numbers) {
      await roomOf(sessionId);
      const [first] = numbers;
      const start = first === undefined ? null : openStart(store.readCheckpoint(sessionId, first));
      const fold = start === null ? new Fold() : foldFrom(start.base, []);
      let at = start?.base.head.n ?? 0;
      return numbers.map((n) => {
        for (const page of pages(sessionId, at, n)) foldStretch(fold, page);
        at = Math.max(at, n);
        return songsIn(fold);
      });
    },
  };
}
