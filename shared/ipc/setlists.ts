import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { timeSchema } from '../session/schemas.ts';
import { call } from './call.ts';

const nothing = z.strictObject({});
const ofOne = z.strictObject({ id: uuidSchema });
const name = z.string().trim().min(1).max(255);
/** A session takes it whole. */
const songIds = z.array(uuidSchema).max(limits.songsPerSession);

/** Songs of the library in an order, each at most once. */
const setlistSchema = z.strictObject({ id: uuidSchema, name: z.string(), song_ids: songIds, updated_at: timeSchema });
export type Setlist = z.infer<typeof setlistSchema>;

/**
 * Setlists of the library: `library.changed` tells of them too. A song that is removed from the library is not listed, and is back in
 * its place with the undo. Faults of all of these: not-found.
 */
export const setlistCalls = {
  /** Changed last, first. */
  'setlists.list': call(nothing, z.array(setlistSchema)),
  /** Fault: too-many. */
  'setlists.create': call(z.strictObject({ name, song_ids: songIds }), setlistSchema),
  'setlists.rename': call(z.strictObject({ id: uuidSchema, name }), z.null()),
  /** Puts a song there, or another place: behind `after`; null: first. At the end where `after` is not on it (any more). Fault: too-many. */
  'setlists.put_song': call(z.strictObject({ id: uuidSchema, song_id: uuidSchema, after: uuidSchema.nullable() }), z.null()),
  'setlists.take_song': call(z.strictObject({ id: uuidSchema, song_id: uuidSchema }), z.null()),
  'setlists.remove': call(ofOne, z.null()),
  /** Undo of `setlists.remove`. */
  'setlists.restore': call(ofOne, z.null()),
};
