import type { Database } from 'better-sqlite3';
import { foldForSearch, wordsOfSong } from './search-text.ts';
import type { SongRow } from './song-store.ts';

/** Below this the index of trigrams has nothing to compare. */
const shortestIndexed = 3;
/** Titles with the same words: sorted among each other, so all are looked at. */
const titlesSorted = 2_000;

/** What is found, best first: by title, by artist, by both, by the words of the song. */
export interface FoundSongs {
  songs: { id: string; isByText: boolean }[];
  /** All that fit, more than are in `songs`. */
  total: number;
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
}

/** Titles that begin with what was typed, then those with a word that does, then the rest, each by the alphabet. */
function byTitle(rows: readonly NameRow[], phrase: string): NameRow[] {
  const rank = ({ title }: NameRow): number => (title.startsWith(phrase) ? 0 : title.includes(` ${phrase}`) ? 1 : 2);
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
    `SELECT song_id, title, (${begun('title')}) AS is_title FROM song_words AS w INDEXED BY song_words_by_name
     WHERE (${begun('title')} OR ${begun('artist')}) AND ${hasTags}`,
  );
  const joined = 'song_search JOIN song_words w ON w.place = song_search.rowid';
  /** A blank and one or two letters that must begin a word somewhere; '' for none. The words are long: they are not copied to be looked through. */
  const hasShort = `(@begin = '' OR instr(' ' || w.title, @begin) > 0 OR instr(' ' || w.artist, @begin) > 0
    OR instr(w.words, @begin) > 0 OR ' ' || substr(w.words, 1, length(@begin) - 1) = @begin)`;
  const matching = db.prepare<[{ wanted: string; begin: string; tags: string; most: number }], NameRow>(
    `SELECT w.song_id, w.title FROM ${joined} WHERE song_search MATCH @wanted AND ${hasShort} AND ${hasTags} LIMIT @most`,
  );
  const matchCount = db.prepare<[string], number>('SELECT count(*) FROM song_search WHERE song_search MATCH ?').pluck();
  const matchCountAmong = db
    .prepare<[{ wanted: string; begin: string; tags: string }], number>(
      `SELECT count(*) FROM ${joined} WHERE song_search MATCH @wanted AND ${hasShort} AND ${hasTags}`,
    )
    .pluck();

  const findShort = (phrase: string, tags: string, limit: number): FoundSongs => {
    const rows = named.all({ first: `${escaped(phrase)}%`, later: `% ${escaped(phrase)}%`, tags });
    const [titles, artists] = [rows.filter(({ is_title }) => is_title === 1), rows.filter(({ is_title }) => is_title === 0)];
    const best = [...byTitle(titles, phrase), ...byTitle(artists, phrase)].slice(0, limit);
    return { songs: best.map(({ song_id }) => ({ id: song_id, isByText: false })), total: rows.length };
  };

  const findLong = (phrase: string, words: readonly string[], tags: string, limit: number): FoundSongs => {
    const every = words.filter((word) => word.length >= shortestIndexed);
    const short = every.length === 0 ? '' : (words.find((word) => word.length < shortestIndexed) ?? '');
    // Short words alone, as in "la la", are looked for as they stand.
    const allWords = every.length === 0 ? quoted(phrase) : every.map(quoted).join(' ');
    const begin = short === '' ? '' : ` ${short}`;
    const found = new Map<string, boolean>();
    const take = (rows: readonly NameRow[], isByText: boolean): void => {
      for (const { song_id } of rows) if (found.size < limit && !found.has(song_id)) found.set(song_id, isByText);
    };
    const stages: readonly [expression: string, begin: string, isByText: boolean][] = [
      [`{title} : ${quoted(phrase)}`, '', false],
      [`{artist} : ${quoted(phrase)}`, '', false],
      [`{title artist} : (${allWords})`, begin, false],
      [`{words} : ${quoted(phrase)}`, '', true],
      [allWords, begin, true],
    ];
    for (const [expression, shortWord, isByText] of stages) {
      if (found.size >= limit) break;
      const most = isByText ? limit : titlesSorted;
      take(byTitle(matching.all({ wanted: expression, begin: shortWord, tags, most }), phrase), isByText);
    }
    // The index alone counts fastest.
    const isPlain = begin === '' && tags === '[]';
    const total = isPlain ? matchCount.get(allWords) : matchCountAmong.get({ wanted: allWords, begin, tags });
    return { songs: [...found].map(([id, isByText]) => ({ id, isByText })), total: total ?? found.size };
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
