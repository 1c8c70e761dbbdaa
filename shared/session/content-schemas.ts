import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { personSchema } from './invitation-schemas.ts';
import { timeSchema } from './schemas.ts';

/** Comments and messages are named by the hash of their entry. */
export const entryIdSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const documentFormats = ['chordpro', 'json', 'text'] as const;

/** A song of the session, in the order of the setlist. */
export const documentHeadSchema = z.strictObject({
  song_id: uuidSchema,
  title: z.string(),
  artist: z.string(),
  /** As the chart names it, empty when it does not. */
  key: z.string(),
  characters: z.int(),
});
export type DocumentHead = z.infer<typeof documentHeadSchema>;

export const documentSchema = documentHeadSchema.extend({
  format: z.enum(documentFormats),
  /** A text; for json the chart as `chart parse` prints it, which no schema of its own describes. */
  content: z.union([z.string(), z.record(z.string(), z.unknown())]),
});
export type Document = z.infer<typeof documentSchema>;

export const messageSchema = z.strictObject({
  id: entryIdSchema,
  user: personSchema,
  text: z.string(),
  reply_to: entryIdSchema.nullable(),
  reactions: z.array(z.strictObject({ emoji: z.string(), user_ids: z.array(z.string()) })),
  created_at: timeSchema,
});
export type MessageView = z.infer<typeof messageSchema>;

/** Characters `start` to `end` (UTF-16) of a song as it is now. */
export const anchorInputSchema = z
  .strictObject({ song_id: uuidSchema, start: z.int().nonnegative(), end: z.int().positive() })
  .refine(({ start, end }) => start < end, 'ends before it starts');

export const anchorViewSchema = z.strictObject({
  song_id: uuidSchema,
  /** Null with `end` when the words are gone. */
  start: z.int().nullable(),
  end: z.int().nullable(),
  quote: z.string(),
});

const remark = { id: entryIdSchema, user: personSchema, text: z.string(), is_edited: z.boolean(), created_at: timeSchema };
export const remarkSchema = z.strictObject(remark);
export const commentSchema = z.strictObject({
  id: entryIdSchema,
  /** Null: its first comment is gone with what it was about, and answers stand. */
  anchor: anchorViewSchema.nullable(),
  is_resolved: z.boolean(),
  /** Null when it was taken back and answers stand below it. */
  first: remarkSchema.nullable(),
  replies: z.array(remarkSchema),
});
export type CommentView = z.infer<typeof commentSchema>;

const wellFormed = z.string().refine((text) => text.isWellFormed(), 'not well-formed');
export const messageTextSchema = wellFormed.min(1).max(limits.chatCharacters);
export const commentTextSchema = wellFormed.min(1).max(limits.commentCharacters);
