import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import {
  exportFormats,
  recordingChoiceSchema,
  recordingEventsSchema,
  recordingExportSchema,
  recordingLedgerSchema,
  recordingSchema,
  recordingStates,
  recordingStatusSchema,
} from '../session/recording-schemas.ts';
import { timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';
import { page, pageOf } from './page-of.ts';

const tenAMinute = { max: 10, windowMs: minuteMs };
const sixtyAMinute = { max: 60, windowMs: minuteMs };
const ofSession = { id: uuidSchema };
const ofRecording = { ...ofSession, recording_id: uuidSchema };

/** A recording is a stretch of the session's ledger, and where people were and pointed while it was written. */
export const sessionRecordingOperations = {
  startRecording: operation({
    method: 'POST',
    path: '/sessions/:id/recording/start',
    gate: 'participant',
    status: 200,
    rate: tenAMinute,
    summary: 'Begin a recording; everybody sees that it runs.',
    input: z.strictObject(ofSession),
    output: z.strictObject({ recording_id: uuidSchema, status: z.enum(recordingStates), started_at: timeSchema }),
  }),
  stopRecording: operation({
    method: 'POST',
    path: '/sessions/:id/recording/stop',
    gate: 'participant',
    status: 200,
    rate: tenAMinute,
    summary: 'End the recording that runs.',
    input: z.strictObject(ofSession),
    output: z.strictObject({ recording_id: uuidSchema, duration_ms: z.int(), event_count: z.int() }),
  }),
  recordingStatus: operation({
    method: 'GET',
    path: '/sessions/:id/recording/status',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Whether a recording runs.',
    input: z.strictObject(ofSession),
    output: recordingStatusSchema,
  }),
  myRecordingChoice: operation({
    method: 'GET',
    path: '/sessions/:id/recording/me',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Whether recordings leave out where I point.',
    input: z.strictObject(ofSession),
    output: recordingChoiceSchema,
  }),
  setMyRecordingChoice: operation({
    method: 'PUT',
    path: '/sessions/:id/recording/me',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Leave my cursor, selection, scroll position and song out of this session’s recordings from now on, or no longer.',
    input: z.strictObject({ ...ofSession, is_left_out: z.boolean() }),
    output: recordingChoiceSchema,
  }),
  listRecordings: operation({
    method: 'GET',
    path: '/sessions/:id/recordings',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Recordings, newest first; those that ended before one came only where the owner has opened them.',
    input: z.strictObject({ ...ofSession, ...page }),
    output: pageOf(recordingSchema),
  }),
  getRecording: operation({
    method: 'GET',
    path: '/sessions/:id/recordings/:recording_id',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'One recording.',
    input: z.strictObject(ofRecording),
    output: recordingSchema,
  }),
  recordingEvents: operation({
    method: 'GET',
    path: '/sessions/:id/recordings/:recording_id/events',
    gate: 'participant',
    status: 200,
    rate: { max: 240, windowMs: minuteMs },
    summary: 'What happened between two moments of a recording (ms from its beginning), and who was where at the first.',
    input: z.strictObject({
      ...ofRecording,
      from: z.coerce.number().int().nonnegative().default(0),
      to: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(limits.recordingEventsPerAnswer).default(1_000),
      cursor: z.string().max(64).optional(),
    }),
    output: recordingEventsSchema,
  }),
  recordingLedger: operation({
    method: 'GET',
    path: '/sessions/:id/recordings/:recording_id/ledger',
    gate: 'participant',
    status: 200,
    rate: { max: 240, windowMs: minuteMs },
    summary: 'The signed ledger of a recording, for an app that begins at a later checkpoint.',
    input: z.strictObject({ ...ofRecording, cursor: z.string().max(64).optional() }),
    output: recordingLedgerSchema,
  }),
  exportRecording: operation({
    method: 'GET',
    path: '/sessions/:id/recordings/:recording_id/export',
    gate: 'participant',
    status: 200,
    rate: tenAMinute,
    summary: 'All of a recording as a file; zip holds the songs besides, as they were at its end and at each mark.',
    input: z.strictObject({ ...ofRecording, format: z.enum(exportFormats).default('json') }),
    output: recordingExportSchema,
  }),
  deleteRecording: operation({
    method: 'DELETE',
    path: '/sessions/:id/recordings/:recording_id',
    gate: 'participant',
    status: 204,
    rate: tenAMinute,
    summary: 'Delete a recording for good; the session’s songs and words stay.',
    input: z.strictObject(ofRecording),
    output: z.null(),
  }),
} as const;
