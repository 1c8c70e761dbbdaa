import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import {
  anchorInputSchema,
  commentSchema,
  commentTextSchema,
  documentFormats,
  documentHeadSchema,
  documentSchema,
  entryIdSchema,
  messageSchema,
  messageTextSchema,
} from '../session/content-schemas.ts';
import { minuteMs, operation } from './operation.ts';
import { page, pageOf } from './page-of.ts';

const thirtyAMinute = { max: 30, windowMs: minuteMs };
const sixtyAMinute = { max: 60, windowMs: minuteMs };
const ofSession = { id: uuidSchema };
const chordpro = z.string().max(limits.songCharacters);

/** Songs, chat and comments for programs that speak no ledger: folded out of it, written as attested entries. */
export const sessionContentOperations = {
  listDocuments: operation({
    method: 'GET',
    path: '/sessions/:id/documents',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Songs in the order of the setlist.',
    input: z.strictObject(ofSession),
    output: pageOf(documentHeadSchema),
  }),
  getDocument: operation({
    method: 'GET',
    path: '/sessions/:id/documents/:song_id',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'A song as it is now.',
    input: z.strictObject({ ...ofSession, song_id: uuidSchema, format: z.enum(documentFormats).default('chordpro') }),
    output: documentSchema,
  }),
  addDocument: operation({
    method: 'POST',
    path: '/sessions/:id/documents',
    gate: 'participant',
    status: 201,
    rate: thirtyAMinute,
    summary: 'Put a song at the end of the setlist.',
    input: z.strictObject({
      ...ofSession,
      song: z.strictObject({
        id: uuidSchema.optional(),
        title: z.string().max(500),
        artist: z.string().max(500).optional(),
        chordpro: chordpro.optional(),
      }),
    }),
    output: documentSchema,
  }),
  replaceDocument: operation({
    method: 'PUT',
    path: '/sessions/:id/documents/:song_id',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Give a song another text: what is the same on both sides of the change stays as it is for those who edit.',
    input: z.strictObject({ ...ofSession, song_id: uuidSchema, chordpro }),
    output: documentSchema,
  }),
  removeDocument: operation({
    method: 'DELETE',
    path: '/sessions/:id/documents/:song_id',
    gate: 'participant',
    status: 204,
    rate: thirtyAMinute,
    summary: 'Take a song out of the session.',
    input: z.strictObject({ ...ofSession, song_id: uuidSchema }),
    output: z.null(),
  }),
  listMessages: operation({
    method: 'GET',
    path: '/sessions/:id/messages',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Chat, newest first.',
    input: z.strictObject({ ...ofSession, ...page }),
    output: pageOf(messageSchema),
  }),
  sendMessage: operation({
    method: 'POST',
    path: '/sessions/:id/messages',
    gate: 'participant',
    status: 201,
    rate: sixtyAMinute,
    summary: 'Say something.',
    input: z.strictObject({ ...ofSession, text: messageTextSchema, reply_to: entryIdSchema.optional() }),
    output: messageSchema,
  }),
  listComments: operation({
    method: 'GET',
    path: '/sessions/:id/comments',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Comments with their answers, in the order of their beginning.',
    input: z.strictObject({ ...ofSession, song_id: uuidSchema.optional() }),
    output: pageOf(commentSchema),
  }),
  addComment: operation({
    method: 'POST',
    path: '/sessions/:id/comments',
    gate: 'participant',
    status: 201,
    rate: sixtyAMinute,
    summary: 'Comment on words of a song (`anchor`), or answer a comment (`reply_to`).',
    input: z.strictObject({
      ...ofSession,
      text: commentTextSchema,
      anchor: anchorInputSchema.optional(),
      reply_to: entryIdSchema.optional(),
    }),
    output: commentSchema,
  }),
  changeComment: operation({
    method: 'PATCH',
    path: '/sessions/:id/comments/:comment_id',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Other words, resolved or open again; others’ comments need `moderate`.',
    input: z.strictObject({
      ...ofSession,
      comment_id: entryIdSchema,
      text: commentTextSchema.optional(),
      is_resolved: z.boolean().optional(),
    }),
    output: commentSchema,
  }),
  deleteComment: operation({
    method: 'DELETE',
    path: '/sessions/:id/comments/:comment_id',
    gate: 'participant',
    status: 204,
    rate: sixtyAMinute,
    summary: 'Take a comment back; others’ need `moderate`.',
    input: z.strictObject({ ...ofSession, comment_id: entryIdSchema }),
    output: z.null(),
  }),
} as const;
