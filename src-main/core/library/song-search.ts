import type { Database } from 'better-sqlite3';
import { foldForSearch, wordsOfSong } from './search-text.ts';
import type { SongRow } from './song-store.ts';

/** Below this the index of trigrams has nothing to compare. */
const shortestIndexed = 3;
/** Titles and artists with the same words: sorted among each other, so all are looked at. */
const titlesSorted = 2_000;

/** What is found, best first: by title, by artist, by both, by the words of the song. */
export interface FoundSongs {
  songs: { id: string; isByText: boolean }[];
  /** All that fit, more than are in `songs`; null: more than those, and the index alone cannot count them. */
  total: number | null;
}

export interface SongSearch {
  /** Inside a transaction with what it tells of. */
  put(song: Pick<SongRow, 'id' | 'title' | 'artist' | 'chordpro'>): void;
  drop(id: string): void;
  /** Every word must be there, as a part of a word; below three letters as its beginning. And every tag. */
  find(query: string, tags: readonly string[], limit: number): FoundSongs;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const escaped = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

interface NameRow {
  song_id: string;
  title: string;
  artist: string;
}

/** How well a song's title or artist is what was typed; 0 is best. */
function rankOf({ title, artist }: NameRow, phrase: string): number {
  if (title.startsWith(phrase)) return 0;
  if (title.includes(` ${phrase}`)) return 1;
  if (title.includes(phrase)) return 2;
  return artist.includes(phrase) ? 3 : 4;
}

/** The best first, those alike by the alphabet. */
function byRank(rows: readonly NameRow[], phrase: string): NameRow[] {
  const ranks = new Map(rows.map((row) => [row, rankOf(row, phrase)]));
  const rank = (row: NameRow): number => ranks.get(row) ?? 0;
  return [...rows].sort((one, other) => rank(one) - rank(other) || (one.title < other.title ? -1 : 1));
}

/** SQL: a word of the column begins with what was typed. */
const begun = (column: string) => `${column} LIKE @first ESCAPE '\\' OR ${column} LIKE @later ESCAPE '\\'`;

/** SQL: `w` has every tag of the JSON list `@tags`. */
const hasTags = `(@tags = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@tags) AS wanted
  WHERE NOT EXISTS (SELECT 1 FROM song_tags WHERE song_id = w.song_id AND tag = wanted.value)))`;

export function createSongSearch(db: Database): SongSearch {
  const upsert = db.prepare(
    `INSERT INTO song_words (song_id, title, artist, words) VALUES (?, ?, ?, ?)
     ON CONFLICT (song_id) DO UPDATE SET title = excluded.title, artist = excluded.artist, words = excluded.words`,
  );
  const drop = db.prepare('DELETE FROM song_words WHERE song_id = ?');
  const named = db.prepare<[{ first: string; later: string; tags: string }], NameRow & { is_title: number }>(
    `SELECT song_id, title, artist, (${begun('title')}) AS is_title FROM song_words AS w INDEXED BY song_words_by_name
     WHERE (${begun('title')} OR ${begun('artist')}) AND ${hasTags}`,
  );
  const joined = 'song_search JOIN song_words w ON w.place = song_search.rowid';
  /** Each of the JSON list `@begins`, a blank and one or two letters, begins a word. The words are long: they are not copied to be looked through. */
  const hasShort = `(@begins = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@begins) AS begin WHERE NOT (
    instr(' ' || w.title, begin.value) > 0 OR instr(' ' || w.artist, begin.value) > 0
    OR instr(w.words, begin.value) > 0 OR ' ' || substr(w.words, 1, length(begin.value) - 1) = begin.value)))`;
  const matching = db.prepare<[{ wanted: string; begins: string; tags: string; most: number }], NameRow>(
    `SELECT w.song_id, w.title, w.artist FROM ${joined} WHERE song_search MATCH @wanted AND ${hasShort} AND ${hasTags} LIMIT @most`,
  );
  const matchCount = db.prepare<[string], number>('SELECT count(*) FROM song_search WHERE song_search MATCH ?').pluck();

  const findShort = (phrase: string, tags: string, limit: number): FoundSongs => {
    const rows = named.all({ first: `${escaped(phrase)}%`, later: `% ${escaped(phrase)}%`, tags });
    const [titles, artists] = [rows.filter(({ is_title }) => is_title === 1), rows.filter(({ is_title }) => is_title === 0)];
    const best = [...byRank(titles, phrase), ...byRank(artists, phrase)].slice(0, limit);
    return { songs: best.map(({ song_id }) => ({ id: song_id, isByText: false })), total: rows.length };
  };

  const findLong = (phrase: string, words: readonly string[], tags: string, limit: number): FoundSongs => {
    const every = words.filter((word) => word.length >= shortestIndexed);
    // Short words alone, as in "la la", are looked for as they stand.
    const isAsItStands = every.length === 0;
    const allWords = isAsItStands ? quoted(phrase) : every.map(quoted).join(' ');
    const short = isAsItStands ? [] : words.filter((word) => word.length < shortestIndexed);
    const begins = JSON.stringify(short.map((word) => ` ${word}`));
    const found = new Map<string, boolean>();
    const take = (expression: string, isByText: boolean, begun = '[]'): void => {
      if (found.size >= limit) return;
      // By the text those that are found already come again.
      const most = isByText ? limit + found.size : titlesSorted;
      const rows = matching.all({ wanted: expression, begins: begun, tags, most });
      for (const { song_id } of byRank(rows, phrase)) if (found.size < limit && !found.has(song_id)) found.set(song_id, isByText);
    };
    if (words.length === 1) {
      // Of one word titles alone are often enough.
      take(`{title} : ${quoted(phrase)}`, false);
      take(`{artist} : ${quoted(phrase)}`, false);
    } else take(`{title artist} : (${allWords})`, false, begins);
    take(`{words} : ${quoted(phrase)}`, true);
    take(allWords, true, begins);
    // The index alone counts fastest.
    const isCounted = begins === '[]' && tags === '[]';
    const total = found.size < limit ? found.size : isCounted ? (matchCount.get(allWords) ?? limit) : null;
    return { songs: [...found].map(([id, isByText]) => ({ id, isByText })), total };
  };

  return {
    put: ({ id, title, artist, chordpro }) => void upsert.run(id, foldForSearch(title), foldForSearch(artist), wordsOfSong(chordpro)),
    drop: (id) => void drop.run(id),
    find: (query, tags, limit) => {
      const phrase = foldForSearch(query);
      const words = phrase.split(' ');
      if (phrase === '') return { songs: [], total: 0 };
      const wanted = JSON.stringify(tags);
      return phrase.length >= shortestIndexed ? findLong(phrase, words, wanted, limit) : findShort(phrase, wanted, limit);
    },
  };
}
