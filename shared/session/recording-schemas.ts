import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { personSchema } from './invitation-schemas.ts';
import { timeSchema } from './schemas.ts';

export const recordingStates = ['recording', 'finished', 'interrupted'] as const;

/**
 * Why a recording ended. `asked`: by a person; `paused`, `ended`: with the session; `empty`: nobody was left; `length`, `size`:
 * at the limits; `server`: it stopped; `failed`: it could not write.
 */
export const recordingEnds = ['asked', 'paused', 'ended', 'empty', 'length', 'size', 'server', 'failed'] as const;
export type RecordingEnd = (typeof recordingEnds)[number];

export const recordingSchema = z.strictObject({
  id: uuidSchema,
  /** `interrupted`: the server was cut off; what it had written is there. */
  status: z.enum(recordingStates),
  started_at: timeSchema,
  ended_at: timeSchema.nullable(),
  duration_ms: z.int(),
  event_count: z.int(),
  /** The stretch of the session's ledger that it holds: the numbers above the first up to the second, of this generation. */
  generation: z.int().positive(),
  from_n: z.int().nonnegative(),
  to_n: z.int().nonnegative(),
  /** Of what is kept besides the ledger. */
  bytes: z.int(),
  /** Null: by itself, as the session's template has it. */
  started_by: personSchema.nullable(),
  /** Null while it runs, and of an interrupted one. */
  ended_because: z.enum(recordingEnds).nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

export const recordingStatusSchema = z.strictObject({
  is_recording: z.boolean(),
  recording_id: uuidSchema.nullable(),
  started_at: timeSchema.nullable(),
  event_count: z.int(),
});

export const recordingEventTypes = [
  'user_joined',
  'user_left',
  'content_edited',
  'cursor_moved',
  'comment_added',
  'message_sent',
  'permission_changed',
  'song_shown',
  'marker_added',
] as const;
export type RecordingEventType = (typeof recordingEventTypes)[number];

export const recordingEventSchema = z.strictObject({
  type: z.enum(recordingEventTypes),
  user_id: uuidSchema,
  /** From the recording's beginning. */
  relative_ms: z.int().nonnegative(),
  at: timeSchema,
  /** What belongs to the type: `n` is the number of its entry in the ledger. */
  data: z.record(z.string(), z.unknown()),
});
export type RecordingEvent = z.infer<typeof recordingEventSchema>;

/** Where somebody is at a moment, as their windows told it. */
export const pointerSchema = z.strictObject({
  user_id: uuidSchema,
  song_id: uuidSchema.nullable(),
  cursor: z.record(z.string(), z.unknown()).nullable(),
  scroll: z.number().nullable(),
  is_typing: z.boolean(),
});
export type Pointer = z.infer<typeof pointerSchema>;

export const recordingEventsSchema = z.strictObject({
  items: z.array(recordingEventSchema),
  next_cursor: z.string().nullable(),
  /** Who was there just before the first of the items, and where. */
  state: z.array(pointerSchema),
});

/** As base64. */
const bytesSchema = z.string().max(limits.restAnswerBytes);

/**
 * A page of the ledger that a recording stands on, for who has not all of it: first, in parts, the checkpoint where it begins (if there is
 * one), then records and the song text and setlist changes that they number, at last the head that is signed over them. What was said is
 * not among them: a checkpoint lists it, and it is fetched and forgotten with the session.
 */
export const recordingLedgerSchema = z.strictObject({
  checkpoint: z.strictObject({ head: bytesSchema, offset: z.int().nonnegative(), part: bytesSchema }).nullable(),
  records: z.array(bytesSchema),
  /** With the last page: it covers all of them. */
  head: bytesSchema.nullable(),
  entries: z.array(bytesSchema),
  next_cursor: z.string().max(64).nullable(),
});
export type RecordingLedgerPage = z.infer<typeof recordingLedgerSchema>;

export const exportFormats = ['json', 'csv', 'zip'] as const;
export const recordingExportSchema = z.strictObject({
  format: z.enum(exportFormats),
  /** A name for its file. */
  name: z.string(),
  media_type: z.string(),
  /** Of `content`: a zip file is base64. */
  encoding: z.enum(['utf-8', 'base64']),
  content: z.string(),
});

/** Whether one's own cursor, selection and scroll position are kept out of recordings of a session. */
export const recordingChoiceSchema = z.strictObject({ is_left_out: z.boolean() });
