import type { Database } from 'better-sqlite3';
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

/** Puts tags to a song instead of those it has; part of the transaction that changes it. */
export function createTagWriter(db: Database): (songId: string, tags: readonly string[]) => void {
  const drop = db.prepare('DELETE FROM song_tags WHERE song_id = ?');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO song_tags (song_id, tag)
     VALUES (@song_id, coalesce((SELECT tag FROM song_tags WHERE tag = @tag LIMIT 1), @tag))`,
  );
  return (song_id, tags) => {
    drop.run(song_id);
    for (const tag of tags) insert.run({ song_id, tag });
  };
}
