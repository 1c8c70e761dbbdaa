import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { tidyTag } from '../music/song-tags.ts';
import { timeSchema } from '../session/schemas.ts';
import { call } from './call.ts';

const nothing = z.strictObject({});
const bytes = z.instanceof(Uint8Array);
/** Of the musician alone: it is no part of the song's text. */
export const songTagSchema = z
  .string()
  .min(1)
  .max(limits.tagCharacters)
  .refine((tag) => tag === tidyTag(tag));
const songTags = z.array(songTagSchema).max(limits.tagsPerSong);
const songText = z.string().max(limits.songCharacters);

/** A song of the library. Title, artist and key are read from its text. */
const librarySongSchema = z.strictObject({
  id: uuidSchema,
  title: z.string(),
  artist: z.string(),
  key: z.string(),
  chordpro: z.string(),
  /** By the alphabet. */
  tags: songTags,
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type LibrarySong = z.infer<typeof librarySongSchema>;

const librarySongHeadSchema = librarySongSchema.omit({ chordpro: true });
/** `line`: where its words were found, when neither title nor artist has them. */
const foundSongSchema = librarySongHeadSchema.extend({ line: z.string().nullable() });
export type LibrarySongHead = z.infer<typeof librarySongHeadSchema>;

const taggedSongSchema = z.strictObject({ id: uuidSchema, tags: songTags });
export type TaggedSong = z.infer<typeof taggedSongSchema>;

export const songFileSchema = z.strictObject({ name: z.string().max(255), content: bytes });

const importReportSchema = z.strictObject({
  songs: z.array(librarySongHeadSchema),
  problems: z.array(z.strictObject({ file: z.string(), message: z.string() })),
});

/** The musician's own songbook: answered from this computer's disk, without account or network. */
export const libraryCalls = {
  'library.list': call(nothing, z.array(librarySongHeadSchema)),
  /**
   * Songs with every word of `q` in title, artist or text, best first: title before artist before text, with the line that was found.
   * Only those that have every tag of `tags`. `total_count` null: more than are in `songs`; to count them takes longer than a letter may.
   */
  'library.search': call(
    z.strictObject({ q: z.string().max(200), tags: songTags.default([]) }),
    z.strictObject({ songs: z.array(foundSongSchema).max(limits.foundSongs), total_count: z.int().nonnegative().nullable() }),
  ),
  'library.get': call(z.strictObject({ id: uuidSchema }), librarySongSchema),
  'library.create': call(z.strictObject({ chordpro: songText }), librarySongSchema),
  'library.save': call(
    z.strictObject({
      id: uuidSchema,
      chordpro: songText,
      /** Something that is done at once: what was saved just before stays a version of its own. */
      is_apart: z.boolean().default(false),
    }),
    librarySongHeadSchema,
  ),
  /** What the song was, by pause, oldest first and the present last; empty: it was never changed. */
  'library.versions': call(
    z.strictObject({ id: uuidSchema }),
    z.array(z.strictObject({ id: z.int(), from_at: timeSchema, to_at: timeSchema, chordpro: songText })).max(limits.songVersions),
  ),
  /** Instead of those that it has. Who writes another's tag with other capitals gets that one. */
  'library.set_tags': call(z.strictObject({ id: uuidSchema, tags: songTags }), librarySongHeadSchema),
  /** Of all songs, also removed ones, that have it; who has both keeps one. Answers what those songs had before. */
  'library.rename_tag': call(z.strictObject({ tag: songTagSchema, name: songTagSchema }), z.array(taggedSongSchema)),
  /** Undo of `library.rename_tag`: these songs have these tags, all of them at once. A song that is gone is passed over. */
  'library.put_tags': call(z.strictObject({ songs: z.array(taggedSongSchema) }), z.null()),
  'library.remove': call(z.strictObject({ id: uuidSchema }), z.null()),
  /** Undo of `library.remove`. */
  'library.restore': call(z.strictObject({ id: uuidSchema }), librarySongHeadSchema),
  'library.import': call(
    z.strictObject({
      files: z.array(songFileSchema).min(1).max(1_000),
      /** A file whose very bytes were imported before is the song it became, and no second one. */
      keeps_known: z.boolean().default(false),
    }),
    importReportSchema,
  ),
  /** A song was opened: it is the first of the recent ones then. */
  'library.opened': call(z.strictObject({ id: uuidSchema }), z.null()),
  /** The songs opened last, newest first. */
  'library.recent': call(nothing, z.array(librarySongHeadSchema).max(limits.recentSongs)),
  /** The bytes that were imported while the text is unchanged, else its UTF-8; with a directive for each tag that it does not name. */
  'library.export': call(z.strictObject({ id: uuidSchema }), z.strictObject({ name: z.string(), content: bytes })),
};

export const libraryEvents = {
  /** Its lists say something else. */
  'library.changed': nothing,
};
