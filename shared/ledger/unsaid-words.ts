import { z } from 'zod';
import { deedsOf } from './deeds.ts';
import { entryKinds, type Entry } from './entry.ts';
import type { Fold } from './fold.ts';
import { chatSchema, commentSchema, hashSchema, markerSchema } from './payloads.ts';

const entrySchema = { hash: hashSchema, at: z.int().nonnegative() };
const [messageSchema] = chatSchema.options;
const [addedSchema, editedSchema] = commentSchema.options;

/**
 * What a person typed that is no text of a song, and that does not count: a message, a comment, other words for one, the name
 * of a moment. `hash` and `at` (ms since 1970, by its author's clock) are those of its entry. R-LOC-3.
 */
export const unsaidWordsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...entrySchema, kind: z.literal('chat'), words: messageSchema }),
  z.strictObject({ ...entrySchema, kind: z.literal('comment'), words: z.discriminatedUnion('type', [addedSchema, editedSchema]) }),
  z.strictObject({ ...entrySchema, kind: z.literal('marker'), words: markerSchema }),
]);
export type UnsaidWords = z.infer<typeof unsaidWordsSchema>;

/** The words that an entry holds; null when nobody typed any for it, or they are no longer there. */
export function wordsIn(entry: Entry): UnsaidWords | null {
  if (entry.form !== 'whole') return null;
  const { hash, at } = entry;
  const [deed] = deedsOf(entry) ?? [];
  if (deed === undefined || entry.kind === entryKinds.attested) return null;
  if (deed.kind === entryKinds.chat && deed.chat.type === 'message') return { hash, at, kind: 'chat', words: deed.chat };
  if (deed.kind === entryKinds.marker) return { hash, at, kind: 'marker', words: deed.marker };
  if (deed.kind !== entryKinds.comment) return null;
  const { comment } = deed;
  return comment.type === 'add' || comment.type === 'edit' ? { hash, at, kind: 'comment', words: comment } : null;
}

/** The message or comment that an entry takes back; null: none. */
export function takenBackBy(entry: Entry): string | null {
  const [deed] = entry.form === 'whole' ? (deedsOf(entry) ?? []) : [];
  if (deed?.kind === entryKinds.chat && deed.chat.type === 'delete') return deed.chat.message;
  return deed?.kind === entryKinds.comment && deed.comment.type === 'delete' ? deed.comment.comment : null;
}

function namedIn({ kind, words }: UnsaidWords): string | null {
  if (kind === 'marker') return null;
  return words.type === 'edit' ? words.comment : words.reply_to;
}

/**
 * The words as they can be said again: what they answered may be gone, and would be waited for for ever. Null when they are
 * nothing without it.
 */
export function wordsToSayAgain(unsaid: UnsaidWords, { chat, comments, gone }: Fold): UnsaidWords | null {
  const named = namedIn(unsaid);
  if (named === null || chat.has(named) || comments.has(named) || gone.has(named)) return unsaid;
  return unsaid.kind === 'chat' ? { ...unsaid, words: { ...unsaid.words, reply_to: null } } : null;
}
