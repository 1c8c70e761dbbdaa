import { z } from 'zod';
import { fromHex, toHex, uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import type { Bytes } from './bytes.ts';
import { equalBytes, utf8 } from './bytes.ts';
import { entryKinds, type EntryKind } from './entry.ts';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const songKey = new RegExp(`^song/${uuid}$`);
const itemKey = new RegExp(`^item/${uuid}/(?:song|order|key|capo|note)$`);

/** A value of the setlist by the key's last part; null takes the value back. */
function isSetPair([key, value]: readonly [string, unknown]): boolean {
  if (songKey.test(key)) return typeof value === 'boolean';
  if (!itemKey.test(key)) return false;
  if (value === null) return true;
  switch (key.slice(key.lastIndexOf('/') + 1)) {
    case 'song':
      return uuidSchema.safeParse(value).success;
    case 'order':
      return typeof value === 'string' && /^[0-9A-Za-z]{1,200}$/.test(value);
    case 'key':
      return typeof value === 'string' && value.length <= 20;
    case 'capo':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 24;
    default:
      return typeof value === 'string' && value.length <= 2_000;
  }
}

export type SetValue = string | number | boolean | null;

/** Kind 2, song.set: what exists and the setlist. Later lamport wins, then the higher stream and seq. */
export const songSetSchema = z.strictObject({
  sets: z
    .array(
      z
        .tuple([z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])])
        .refine(isSetPair, 'not a key and value of the setlist'),
    )
    .min(1)
    .max(limits.setsPerEntry),
  lamport: z.int().positive(),
});
export type SongSet = z.infer<typeof songSetSchema>;

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const wellFormed = z.string().refine((text) => text.isWellFormed(), 'not well-formed');

const itemIdSchema = z.strictObject({ client: z.int().nonnegative(), clock: z.int().nonnegative() });

/** A Yjs relative position as JSON, as far as a song's text needs it; without an item it is the text's end (assoc 0) or beginning (-1). */
const positionSchema = z.strictObject({
  tname: z.string().regex(new RegExp(`^s:${uuid}$`)),
  item: itemIdSchema.optional(),
  assoc: z.union([z.literal(0), z.literal(-1)]),
});
export type AnchorPosition = z.infer<typeof positionSchema>;

/** The words of a song that a comment is about: they stay the same ones while others edit; the quote is what they were. */
export const anchorSchema = z
  .strictObject({
    song_id: uuidSchema,
    start: positionSchema,
    end: positionSchema,
    quote: wellFormed.max(limits.quoteCharacters),
  })
  .refine(({ song_id, start, end }) => start.tname === `s:${song_id}` && end.tname === start.tname, 'not in that song');
export type Anchor = z.infer<typeof anchorSchema>;

const commentText = wellFormed.min(1).max(limits.commentCharacters);

/** Kind 3, comment: about words of a song, or an answer to another one. Comments are named by the hash of the entry that made them. */
export const commentSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('add'), text: commentText, anchor: anchorSchema.nullable(), reply_to: hashSchema.nullable() })
    .refine(({ anchor, reply_to }) => (anchor === null) !== (reply_to === null), 'either about words or an answer'),
  z.strictObject({ type: z.literal('edit'), comment: hashSchema, text: commentText }),
  z.strictObject({ type: z.literal('delete'), comment: hashSchema }),
  z.strictObject({ type: z.literal('resolve'), comment: hashSchema }),
  z.strictObject({ type: z.literal('reopen'), comment: hashSchema }),
]);
export type Comment = z.infer<typeof commentSchema>;

/** Kind 5, marker: the moment of its entry, by name. */
export const markerSchema = z.strictObject({
  type: z.enum(['take', 'section', 'note']),
  name: wellFormed.min(1).max(limits.markerCharacters),
  song_id: uuidSchema.nullable(),
});
export type Marker = z.infer<typeof markerSchema>;

/** Kind 4, chat. Messages are named by the hash of the entry that made them. */
export const chatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message'), text: wellFormed.min(1).max(limits.chatCharacters), reply_to: hashSchema.nullable() }),
  z.strictObject({ type: z.literal('reaction'), message: hashSchema, emoji: wellFormed.min(1).max(16), is_on: z.boolean() }),
  z.strictObject({ type: z.literal('delete'), message: hashSchema }),
]);
export type Chat = z.infer<typeof chatSchema>;

/** Kind 6, attested: made by REST for a user. Payloads of its parts are hex. */
export const attestedSchema = z.strictObject({
  user_id: uuidSchema,
  parts: z
    .array(
      z.strictObject({
        kind: z.union([
          z.literal(entryKinds.songUpdate),
          z.literal(entryKinds.songSet),
          z.literal(entryKinds.comment),
          z.literal(entryKinds.chat),
        ]),
        payload: z.string().regex(/^(?:[0-9a-f]{2})*$/),
      }),
    )
    .min(1)
    .max(64),
});
export type Attested = z.infer<typeof attestedSchema>;

/** JSON payloads as the ledger writes them: UTF-8, keys in the schema's order. */
export function encodeJson(value: unknown): Bytes {
  return utf8(JSON.stringify(value));
}

/** Strict parse of a JSON payload: null when it breaks the schema or does not re-encode to the same bytes. */
export function parseJson<S extends z.ZodType>(schema: S, payload: Uint8Array): z.output<S> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload)));
    if (!parsed.success) return null;
    return equalBytes(encodeJson(parsed.data), payload) ? parsed.data : null;
  } catch {
    return null;
  }
}

/** One part of an attested entry. */
export interface Part {
  kind: EntryKind;
  payload: Uint8Array;
}

export function encodeAttested(userId: string, parts: readonly Part[]): Bytes {
  return encodeJson({ user_id: userId, parts: parts.map(({ kind, payload }) => ({ kind, payload: toHex(payload) })) });
}

export function partsOf(attested: Attested): Part[] {
  return attested.parts.map(({ kind, payload }) => ({ kind, payload: fromHex(payload) }));
}
