import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { createSongVersions, type SongVersionRow } from './song-versions.ts';
import { createSongSearch, type FoundSongs } from './song-search.ts';
import { createTagTable, tagsAfterEdit, tagsColumn, type TagTable } from './song-tags.ts';

/** A song as the table has it; times in milliseconds. */
const songRowSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  artist: z.string(),
  song_key: z.string(),
  chordpro: z.string(),
  created_at: z.int(),
  updated_at: z.int(),
  tags: z
    .string()
    .nullable()
    .transform((lines) => lines?.split('\n') ?? []),
});
export type SongRow = z.infer<typeof songRowSchema>;
const headRowSchema = songRowSchema.omit({ chordpro: true });
export type SongHeadRow = z.infer<typeof headRowSchema>;
const originalRowSchema = z.strictObject({ original: z.instanceof(Uint8Array).nullable(), file_name: z.string().nullable() });

/** Its tags follow from its text and those it had. */
export type SavedSong = Omit<SongRow, 'created_at' | 'tags'>;

export interface NewSong extends SongRow {
  original: Uint8Array | null;
  file_name: string | null;
}

/** The songs of the library; removed ones stay, out of sight, so that a removal can be undone. */
export interface SongStore {
  list(): SongHeadRow[];
  find(query: string, tags: readonly string[], limit: number): FoundSongs;
  get(id: string): SongRow | null;
  /** The same without its text. */
  head(id: string): SongHeadRow | null;
  add(songs: readonly NewSong[]): void;
  /**
   * @param before as it was until now: what it was stays as a version
   * @param isApart what was saved just before is another version
   */
  save(song: SavedSong, before: SongRow, isApart: boolean): void;
  /** Instead of those it has. */
  setTags(id: string, tags: readonly string[]): void;
  putAllTags: TagTable['putAll'];
  renameTag: TagTable['rename'];
  /** Oldest first. */
  versions(id: string): SongVersionRow[];
  /** False when no such song is in the library (or among the removed, when undoing). */
  setRemoved(id: string, removedAt: number | null): boolean;
  /** The song that this very file became, whatever was changed in it since; null when there is none. */
  findImported(fileName: string, original: Uint8Array): SongHeadRow | null;
  readOriginal(id: string): z.infer<typeof originalRowSchema> | null;
}

const headColumns = `id, title, artist, song_key, created_at, updated_at, ${tagsColumn}`;

export const importedSql = `SELECT ${headColumns} FROM songs WHERE removed_at IS NULL AND file_name = ? AND original = ? ORDER BY created_at LIMIT 1`;

export function createSongStore(db: Database): SongStore {
  const versions = createSongVersions(db);
  const listed = db.prepare(`SELECT ${headColumns} FROM songs WHERE removed_at IS NULL ORDER BY title COLLATE NOCASE, id`);
  const search = createSongSearch(db);
  const tagTable = createTagTable(db);
  const one = db.prepare(`SELECT ${headColumns}, chordpro FROM songs WHERE id = ? AND removed_at IS NULL`);
  const oneHead = db.prepare(`SELECT ${headColumns} FROM songs WHERE id = ? AND removed_at IS NULL`);
  const insert = db.prepare(
    'INSERT INTO songs (id, title, artist, song_key, chordpro, original, file_name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.prepare('UPDATE songs SET title = ?, artist = ?, song_key = ?, chordpro = ?, updated_at = ? WHERE id = ?');
  const remove = db.prepare('UPDATE songs SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = db.prepare('UPDATE songs SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL');
  const imported = db.prepare(importedSql);
  const original = db.prepare('SELECT original, file_name FROM songs WHERE id = ? AND removed_at IS NULL');

  const addAll = db.transaction((songs: readonly NewSong[]) => {
    for (const song of songs) {
      insert.run(
        song.id,
        song.title,
        song.artist,
        song.song_key,
        song.chordpro,
        song.original,
        song.file_name,
        song.created_at,
        song.updated_at,
      );
      search.put(song);
      tagTable.put(song.id, song.tags);
    }
  });

  const saveOne = db.transaction((song: SavedSong, before: SongRow, isApart: boolean) => {
    const { id: song_id, chordpro: text, updated_at: ms } = song;
    versions.note({ song_id, before: { text: before.chordpro, ms: before.updated_at }, text, ms, isApart });
    update.run(song.title, song.artist, song.song_key, text, ms, song_id);
    search.put(song);
    tagTable.put(song_id, tagsAfterEdit(before.tags, before.chordpro, text));
  });
  const setTags = db.transaction((id: string, tags: readonly string[]) => tagTable.put(id, tags));
  const removeOne = db.transaction((id: string, removedAt: number): boolean => {
    if (remove.run(removedAt, id).changes === 0) return false;
    search.drop(id);
    return true;
  });
  const restoreOne = db.transaction((id: string): boolean => {
    if (restore.run(id).changes === 0) return false;
    search.put(songRowSchema.parse(one.get(id)));
    return true;
  });

  return {
    list: () => z.array(headRowSchema).parse(listed.all()),
    find: (query, tags, limit) => search.find(query, tags, limit),
    get: (id) => songRowSchema.nullable().parse(one.get(id) ?? null),
    head: (id) => headRowSchema.nullable().parse(oneHead.get(id) ?? null),
    add: (songs) => addAll(songs),
    save: (song, before, isApart) => saveOne(song, before, isApart),
    setTags: (id, tags) => setTags(id, tags),
    putAllTags: (some) => tagTable.putAll(some),
    renameTag: (tag, name) => tagTable.rename(tag, name),
    versions: (id) => versions.list(id),
    setRemoved: (id, removedAt) => (removedAt === null ? restoreOne(id) : removeOne(id, removedAt)),
    findImported: (fileName, content) => headRowSchema.nullable().parse(imported.get(fileName, content) ?? null),
    readOriginal: (id) => originalRowSchema.nullable().parse(original.get(id) ?? null),
  };
}
