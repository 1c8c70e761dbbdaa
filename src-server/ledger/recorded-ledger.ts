import type BetterSqlite3 from 'better-sqlite3';
import { fromHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { parseEntry } from '../../shared/ledger/entry.ts';
import { Fold } from '../../shared/ledger/fold.ts';
import { foldStretch, type RecordedEntry } from '../../shared/ledger/fold-stretch.ts';
import { foldFrom, isListed } from '../../shared/ledger/ledger-base.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { openStart } from '../../shared/ledger/load.ts';
import { encodeRecord, parseHead, parseRecord, verdicts } from '../../shared/ledger/record.ts';
import { asSkeleton } from '../../shared/ledger/reduced-entry.ts';
import { readSetlist } from '../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { readSongHead } from '../../shared/music/read-song-head.ts';
import type { RecordedLedger, SongThen, StretchPage } from '../features/recordings/recorded-ledger.ts';
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

  function* read(sessionId: string, records: readonly Uint8Array[]): Generator<RecordedEntry> {
    for (const bytes of records) {
      const record = parseRecord(bytes);
      if (record === null) continue;
      const { stream, seq, hash, verdict } = record;
      const row = verdict === verdicts.close ? undefined : selectEntry.get(sessionId, fromHex(stream), seq, fromHex(hash));
      yield { record, entry: row === undefined ? null : parseEntry(new Uint8Array(row)) };
    }
  }

  /** In pages, so that a long rehearsal is not in memory at once. */
  function* pages(sessionId: string, from: number, to: number): Generator<RecordedEntry[]> {
    for (let after = from; after < to;) {
      const { records } = store.readRecords(sessionId, after, Math.min(limits.foldBatch, to - after));
      if (records.length === 0) return;
      yield [...read(sessionId, records)];
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

    newestCheckpoint: (sessionId) => store.readCheckpoint(sessionId),

    async stretch(sessionId, after, to) {
      await roomOf(sessionId);
      const { records, heads, next } = store.readRecords(sessionId, after, limits.recordingRecordsPerAnswer);
      const end = heads.map((bytes) => ({ bytes, n: parseHead(bytes)?.n ?? 0 })).find(({ n }) => n >= to);
      const page: StretchPage = { records: [], entries: [], head: null, next };
      let size = 0;
      for (const { record, entry } of read(sessionId, records)) {
        if (size >= limits.recordingLedgerBytes) return { ...page, next: record.n - 1 };
        page.records.push(encodeRecord(record));
        if (record.n <= to && entry !== null && !isListed(entry)) {
          const { bytes } = asSkeleton(entry, record);
          page.entries.push(bytes);
          size += bytes.length;
        }
        if (record.n === end?.n) return { ...page, head: end.bytes, next: null };
      }
      return page;
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
