import type { Database } from 'better-sqlite3';
import { generateKeyBetween } from 'fractional-indexing';
import { z } from 'zod';

const setlistRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  updated_at: z.int(),
  song_ids: z
    .string()
    .nullable()
    .transform((ids) => ids?.split(',') ?? []),
});
export type SetlistRow = z.infer<typeof setlistRowSchema>;

/** Setlists of the library; removed ones stay, out of sight, so that a removal can be undone. Times in milliseconds. */
export interface SetlistStore {
  /** Changed last, first. */
  list(): SetlistRow[];
  get(id: string): SetlistRow | null;
  /** Of those in sight. */
  count(): number;
  add(setlist: SetlistRow): void;
  rename(id: string, name: string, now: number): void;
  /** A song that is there already changes its place. */
  putSong(id: string, songId: string, after: string | null, now: number): void;
  takeSong(id: string, songId: string, now: number): void;
  /** False when there is none (or none among the removed, when undoing). */
  setRemoved(id: string, removedAt: number | null): boolean;
}

const selected = `SELECT id, name, updated_at, (
  SELECT group_concat(song_id, ',' ORDER BY place) FROM setlist_songs JOIN songs ON songs.id = song_id
  WHERE setlist_id = setlists.id AND songs.removed_at IS NULL) AS song_ids
FROM setlists WHERE removed_at IS NULL`;

export function createSetlistStore(db: Database): SetlistStore {
  const listed = db.prepare(`${selected} ORDER BY updated_at DESC, id`);
  const one = db.prepare(`${selected} AND id = ?`);
  const count = db.prepare<[], number>('SELECT count(*) FROM setlists WHERE removed_at IS NULL').pluck();
  const insert = db.prepare('INSERT INTO setlists (id, name, updated_at) VALUES (?, ?, ?)');
  const touch = db.prepare('UPDATE setlists SET updated_at = ? WHERE id = ?');
  const rename = db.prepare('UPDATE setlists SET name = ?, updated_at = ? WHERE id = ?');
  const remove = db.prepare('UPDATE setlists SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = db.prepare('UPDATE setlists SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL');
  // Removed songs have their places, too.
  const places = db.prepare<[string], { song_id: string; place: string }>(
    'SELECT song_id, place FROM setlist_songs WHERE setlist_id = ? ORDER BY place, song_id',
  );
  const put = db.prepare('INSERT OR REPLACE INTO setlist_songs (setlist_id, song_id, place) VALUES (?, ?, ?)');
  const take = db.prepare('DELETE FROM setlist_songs WHERE setlist_id = ? AND song_id = ?');

  const add = db.transaction(({ id, name, updated_at, song_ids }: SetlistRow) => {
    insert.run(id, name, updated_at);
    let place: string | null = null;
    for (const songId of song_ids) put.run(id, songId, (place = generateKeyBetween(place, null)));
  });
  const putSong = db.transaction((id: string, songId: string, after: string | null, now: number) => {
    const others = places.all(id).filter((each) => each.song_id !== songId);
    const before = others.findIndex((each) => each.song_id === after);
    const at = after === null ? 0 : before === -1 ? others.length : before + 1;
    put.run(id, songId, generateKeyBetween(others[at - 1]?.place ?? null, others[at]?.place ?? null));
    touch.run(now, id);
  });
  const takeSong = db.transaction((id: string, songId: string, now: number) => {
    if (take.run(id, songId).changes > 0) touch.run(now, id);
  });

  return {
    list: () => z.array(setlistRowSchema).parse(listed.all()),
    get: (id) => setlistRowSchema.nullable().parse(one.get(id) ?? null),
    count: () => count.get() ?? 0,
    add: (setlist) => add(setlist),
    rename: (id, name, now) => void rename.run(name, now, id),
    putSong: (id, songId, after, now) => putSong(id, songId, after, now),
    takeSong: (id, songId, now) => takeSong(id, songId, now),
    setRemoved: (id, removedAt) => (removedAt === null ? restore.run(id) : remove.run(removedAt, id)).changes > 0,
  };
}
