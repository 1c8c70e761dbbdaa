import type { Database } from 'better-sqlite3';
import type { TaggedSong } from '../../../shared/ipc/library.ts';
import { limits } from '../../../shared/base/limits.ts';
import { foldTag, readTags } from '../../../shared/music/song-tags.ts';

/** SQL: the tags of a song of `songs`, in lines; null for none. */
export const tagsColumn = '(SELECT group_concat(tag, char(10) ORDER BY tag) FROM song_tags WHERE song_id = songs.id) AS tags';

/** What a text names, as far as the library takes it. */
export function tagsOfText(chordpro: string): string[] {
  return readTags(chordpro)
    .filter((tag) => tag.length <= limits.tagCharacters)
    .slice(0, limits.tagsPerSong);
}

const has = (tags: readonly string[], tag: string): boolean => tags.some((each) => foldTag(each) === foldTag(tag));

/** The tags of a song after its text was changed: what it names now comes to them, what it no longer names goes; the rest stays. */
export function tagsAfterEdit(tags: readonly string[], before: string, after: string): readonly string[] {
  const [named, stillNamed] = [tagsOfText(before), tagsOfText(after)];
  const kept = tags.filter((tag) => !has(named, tag) || has(stillNamed, tag));
  const fresh = stillNamed.filter((tag) => !has(named, tag) && !has(tags, tag));
  return [...kept, ...fresh].slice(0, limits.tagsPerSong);
}

export interface TagTable {
  /** Instead of those it has; part of the transaction that changes the song. */
  put(songId: string, tags: readonly string[]): void;
  /** The same for many at once: what only these songs have may be spelled anew. A song that is gone is passed over. */
  putAll(songs: readonly TaggedSong[]): void;
  /** Everywhere, in removed songs too. Answers what those songs had before. */
  rename(tag: string, name: string): TaggedSong[];
}

export function createTagTable(db: Database): TagTable {
  const drop = db.prepare('DELETE FROM song_tags WHERE song_id = ?');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO song_tags (song_id, tag)
     SELECT id, coalesce((SELECT tag FROM song_tags WHERE tag = @tag LIMIT 1), @tag) FROM songs WHERE id = @song_id`,
  );
  const having = db.prepare<[string], { id: string; tags: string }>(
    `SELECT id, ${tagsColumn} FROM songs WHERE id IN (SELECT song_id FROM song_tags WHERE tag = ?)`,
  );
  const add = (song_id: string, tags: readonly string[]): void => {
    for (const tag of tags) insert.run({ song_id, tag });
  };
  const putAll = db.transaction((songs: readonly TaggedSong[]) => {
    for (const { id } of songs) drop.run(id);
    for (const { id, tags } of songs) add(id, tags);
  });
  const rename = db.transaction((tag: string, name: string): TaggedSong[] => {
    const before = having.all(tag).map(({ id, tags }) => ({ id, tags: tags.split('\n') }));
    const named = (each: string): string => (has([tag, name], each) ? name : each);
    putAll(before.map(({ id, tags }) => ({ id, tags: tags.map(named) })));
    return before;
  });
  return {
    put: (songId, tags) => {
      drop.run(songId);
      add(songId, tags);
    },
    putAll: (songs) => putAll(songs),
    rename: (tag, name) => rename(tag, name),
  };
}
