import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { limits } from '../../../shared/base/limits.ts';

/** Who rests for so long begins another version… */
const pauseMs = 2 * 60 * 1_000;
/** … and who writes on and on, after so long: as in the history of a session. */
const longestMs = 10 * 60 * 1_000;

/** A song of the library as it was left at `toMs`. Times in ms since 1970. */
export interface SongVersionRow {
  id: number;
  fromMs: number;
  toMs: number;
  text: string;
}

export interface SavedText {
  song_id: string;
  /** As it was until now, since when. */
  before: { text: string; ms: number };
  text: string;
  ms: number;
  /** A version of its own, whatever was saved just before. */
  isApart: boolean;
}

interface Row {
  id: number;
  from_ms: number;
  to_ms: number;
  characters: number;
  is_closed: 0 | 1;
}

/** What the songs of the library were, by pause: written with each save, thinned where there are many. */
export interface SongVersions {
  /** Part of the transaction that saves the song. */
  note(saved: SavedText): void;
  /** Oldest first. */
  list(songId: string): SongVersionRow[];
}

/** Which of too many goes: of those between the first and the newest what is nearest to its predecessor, measured by its age. */
function leastMissed(rows: readonly Row[], nowMs: number): Row | undefined {
  let [found, least]: [Row | undefined, number] = [undefined, Infinity];
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    if (before === undefined || at === rows.length - 1) continue;
    const worth = (row.to_ms - before.to_ms) / Math.max(1, nowMs - row.to_ms);
    if (worth < least) [found, least] = [row, worth];
  }
  return found;
}

export function createSongVersions(db: Database): SongVersions {
  const columns = 'id, from_ms, to_ms, characters, is_closed';
  const selectRows = db.prepare<[string], Row>(`SELECT ${columns} FROM song_versions WHERE song_id = ? ORDER BY id`);
  const selectTexts = db.prepare<[string], Pick<Row, 'id' | 'from_ms' | 'to_ms'> & { text: Uint8Array }>(
    'SELECT id, from_ms, to_ms, text FROM song_versions WHERE song_id = ? ORDER BY id',
  );
  const insert = db.prepare('INSERT INTO song_versions (song_id, from_ms, to_ms, characters, is_closed, text) VALUES (?, ?, ?, ?, ?, ?)');
  const goOn = db.prepare('UPDATE song_versions SET to_ms = ?, characters = ?, text = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM song_versions WHERE id = ?');

  function add(song_id: string, text: string, ms: number, isClosed: boolean): void {
    insert.run(song_id, ms, ms, text.length, isClosed ? 1 : 0, zstdCompressSync(text));
  }

  function thin(songId: string, nowMs: number): void {
    const rows = selectRows.all(songId);
    let characters = rows.reduce((sum, row) => sum + row.characters, 0);
    while (rows.length > limits.songVersions || characters > limits.songVersionCharacters) {
      const gone = leastMissed(rows, nowMs);
      if (gone === undefined) return;
      remove.run(gone.id);
      rows.splice(rows.indexOf(gone), 1);
      characters -= gone.characters;
    }
  }

  return {
    note({ song_id, before, text, ms, isApart }) {
      const newest = selectRows.all(song_id).at(-1);
      if (newest === undefined) add(song_id, before.text, before.ms, true);
      const goesOn =
        !isApart && newest !== undefined && newest.is_closed === 0 && ms - newest.to_ms < pauseMs && ms - newest.from_ms < longestMs;
      if (goesOn) goOn.run(ms, text.length, zstdCompressSync(text), newest.id);
      else add(song_id, text, ms, isApart);
      thin(song_id, ms);
    },
    list: (songId) =>
      selectTexts
        .all(songId)
        .map(({ id, from_ms, to_ms, text }) => ({ id, fromMs: from_ms, toMs: to_ms, text: zstdDecompressSync(text).toString('utf8') })),
  };
}
