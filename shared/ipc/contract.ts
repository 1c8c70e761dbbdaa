import { z } from 'zod';
import type { FaultCode, FieldFault } from '../base/errors.ts';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { operations, type OperationName } from '../api/operations.ts';
import { serverDescriptionSchema } from '../api/server.ts';
import { unsaidWordsSchema } from '../ledger/unsaid-words.ts';
import { recordingEventSchema, recordingLedgerSchema, recordingSchema } from '../session/recording-schemas.ts';
import {
  emailSchema,
  joinCodeSchema,
  participantSchema,
  personNameSchema,
  sessionSchema,
  timeSchema,
  userSchema,
} from '../session/schemas.ts';
import { listedTemplateSchema } from '../session/templates.ts';
import { call } from './call.ts';
import { commandNames } from './commands.ts';
import { hostingCalls, hostingEvents } from './hosting.ts';
import { libraryCalls, libraryEvents, songFileSchema } from './library.ts';
import { outboxCalls, outboxEvents } from './outbox.ts';
import { setlistCalls } from './setlists.ts';

const nothing = z.strictObject({});
const bytes = z.instanceof(Uint8Array);

/** What the program knows about itself, its server and its person; the first thing the interface asks. */
export const appStateSchema = z.strictObject({
  version: z.string(),
  platform: z.enum(['web', 'linux', 'darwin', 'win32']),
  server: z
    .strictObject({
      url: z.url(),
      /** The embedded authority of this very app. */
      is_embedded: z.boolean(),
      is_reachable: z.boolean(),
      description: serverDescriptionSchema.nullable(),
      /** Raw Ed25519 public key of the authority, hex: pinned at first contact; null until then. */
      authority_key: z.string().nullable(),
    })
    .nullable(),
  account: userSchema.nullable(),
});
export type AppState = z.infer<typeof appStateSchema>;

/** What was opened with this app from outside of its windows: files, or a link, already read as a place of the interface. */
const arrivalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('files'), files: z.array(songFileSchema).min(1) }),
  z.strictObject({ kind: z.literal('place'), path: z.string().startsWith('/').max(2_000) }),
  /** Chosen in a menu that was there without a window. */
  z.strictObject({ kind: z.literal('command'), command: z.enum(commandNames) }),
]);
export type Arrival = z.infer<typeof arrivalSchema>;

/** What people switch on for the program as a whole, whichever window they are in. */
export const appOptionsSchema = z.strictObject({
  spell_check: z.boolean(),
  /** The program goes on without a window: who hosts, hosts on. The desktop app alone has a tray. */
  keeps_in_tray: z.boolean(),
});
export type AppOptions = z.infer<typeof appOptionsSchema>;

/** A damaged file was replaced at this start or an earlier one: what is in the new one, and where the old one is kept. */
export const recoverySchema = z.strictObject({
  at: timeSchema,
  kept_file: z.string(),
  song_count: z.int().nonnegative(),
  session_count: z.int().nonnegative(),
  /** Tables of which something could not be read. */
  incomplete: z.array(z.string()),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** REST operations that hand out or take tokens stay in core: the interface has calls of its own for them. */
const operationsOfCore = ['register', 'guest', 'login', 'refresh', 'logout'] as const satisfies readonly OperationName[];
export type RequestableOperation = Exclude<OperationName, (typeof operationsOfCore)[number]>;
const requestable = (Object.keys(operations) as OperationName[]).filter(
  (name): name is RequestableOperation => !(operationsOfCore as readonly OperationName[]).includes(name),
);

const draftMarks = z
  .array(z.string().regex(/^[0-9a-f]{64}$/))
  .min(1)
  .max(limits.draftMarks);

/** A draft whose entries are about to be let go: its text stays. R-LOC-3. Several people together may write more than one song may hold. */
export const keptDraftSchema = z.strictObject({
  song_id: uuidSchema,
  text: z.string().max(limits.draftCharacters),
  entry_count: z.int().positive(),
  /** When its first change was made; ms since 1970. */
  since: z.int().nonnegative(),
  marks: draftMarks,
});
export type KeptDraft = z.infer<typeof keptDraftSchema>;

const draftsOfSessionSchema = z.strictObject({ session_id: uuidSchema, change_count: z.int().positive() });

/** What is kept here of a recording besides the session itself. */
const keptRecordingSchema = z.strictObject({ recording: recordingSchema, part_count: z.int().nonnegative() });
const partOfRecording = {
  session_id: uuidSchema,
  recording_id: uuidSchema,
  part: z
    .int()
    .nonnegative()
    .max(limits.recordingParts - 1),
};

/** What is fetched from it is run: nobody between may change it. */
export const updateFeedSchema = z.url({ protocol: /^https$/ }).max(500);

const version = z.string().max(100);
const updateProgressSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  /** There is nothing newer. */
  z.strictObject({ kind: z.literal('newest') }),
  z.strictObject({ kind: z.literal('found'), version }),
  /** `done` of 1. */
  z.strictObject({ kind: z.literal('fetching'), version, done: z.number().min(0).max(1) }),
  /** It is put in place when the app ends. */
  z.strictObject({ kind: z.literal('ready'), version }),
  z.strictObject({ kind: z.literal('failed'), at: z.enum(['look', 'fetch']) }),
]);
export type UpdateProgress = z.infer<typeof updateProgressSchema>;

/** New versions of this program; `feed` is where they are looked for, null: nowhere. */
const updateStateSchema = z.strictObject({ feed: z.string().nullable(), progress: updateProgressSchema });
export type UpdateState = z.infer<typeof updateStateSchema>;

/** Every call that the interface may make to core. */
export const calls = {
  'app.state': call(nothing, appStateSchema),
  /** What happened to the library's file, until `app.recovery_read` says that it was read. */
  'app.recovery': call(nothing, recoverySchema.nullable()),
  'app.recovery_read': call(nothing, z.null()),

  /** Everything that came from outside and no window has taken yet; it is this window's then. */
  'app.take_arrivals': call(nothing, z.array(arrivalSchema)),
  'app.options': call(nothing, appOptionsSchema),
  'app.set_option': call(z.strictObject({ name: appOptionsSchema.keyof(), is_on: z.boolean() }), appOptionsSchema),
  /** Versions and the last lines of the log, for whoever helps: no song, name, address or password is in it. */
  'app.report': call(nothing, z.strictObject({ text: z.string() })),
  /** A page stopped working: its reason goes to the log. */
  'app.note_problem': call(z.strictObject({ message: z.string().max(limits.problemCharacters) }), z.null()),

  /** Null: this program is not updated by itself (it was not installed, or runs in a browser), and the others of these do nothing. */
  'updates.state': call(nothing, updateStateSchema.nullable()),
  /** Where new versions are looked for from now on; null: nowhere. */
  'updates.use': call(z.strictObject({ feed: updateFeedSchema.nullable() }), updateStateSchema.nullable()),
  'updates.look': call(nothing, updateStateSchema.nullable()),
  /** Fetches what was found. */
  'updates.fetch': call(nothing, updateStateSchema.nullable()),
  /** Ends the app, and starts the version that was fetched. */
  'updates.install': call(nothing, z.null()),

  /**
   * Looks for an authority at `url`, pins its key, and makes it the chosen one. `key` is the thumbprint that it must have, as an
   * invitation says: another one is neither pinned nor chosen. Faults: unreachable, protocol-error, proof-failed.
   */
  'server.choose': call(
    z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(500), key: z.string().max(100).optional() }),
    appStateSchema,
  ),
  /** Back to the authority embedded in this app; it is started when it does not run. */
  'server.host_here': call(nothing, appStateSchema),

  ...hostingCalls,

  'account.register': call(
    z.strictObject({ email: emailSchema, name: personNameSchema, password: z.string().min(10).max(256) }),
    userSchema,
  ),
  'account.sign_in': call(z.strictObject({ email: emailSchema, password: z.string().min(1).max(256) }), userSchema),
  /** Takes part by a link that admits guests, with a name only; the session is then the one of theirs. */
  'account.guest': call(z.strictObject({ code: joinCodeSchema, name: personNameSchema }), userSchema),
  'account.sign_out': call(nothing, z.null()),
  /**
   * A short-lived token for the renderer's own sockets, another than `refused`, which a socket was closed for before its time.
   * Faults: unauthorized, unreachable.
   */
  'account.socket_token': call(
    z.strictObject({ refused: z.string().max(4_096).optional() }),
    z.strictObject({ access_token: z.string(), expires_at: timeSchema }),
  ),

  /** Any REST operation but those of the tokens. `input` is parsed by the operation's own row on both sides. */
  'authority.request': call(
    z.strictObject({
      operation: z.enum(requestable as [RequestableOperation, ...RequestableOperation[]]),
      input: z.record(z.string(), z.unknown()),
    }),
    z.unknown(),
  ),

  ...libraryCalls,
  ...setlistCalls,

  /** Sessions this computer has seen, newest activity first; answers without the network. */
  'sessions.known': call(nothing, z.array(sessionSchema)),
  /** What the server listed last; empty before that. */
  'templates.known': call(nothing, z.array(listedTemplateSchema)),

  /**
   * Drops what this computer has of a session that is over for this person; kept drafts and the last statement stay, so that
   * the drafts can still be looked at. R-MEM-4.
   */
  'sessions.forget': call(z.strictObject({ session_id: uuidSchema }), z.null()),

  /** Newest statement of the session (compact JWS), null when none is known. */
  'ledger.read_statement': call(z.strictObject({ session_id: uuidSchema }), z.strictObject({ statement: z.string().nullable() })),
  'ledger.put_statement': call(z.strictObject({ session_id: uuidSchema, statement: z.string().max(limits.messageBytes) }), z.null()),
  /**
   * The newest checkpoint, or, where the device has edits that do not count, the newest before the first of them: its
   * draft begins there. With `at_most` the newest up to that record, whatever counts.
   */
  'ledger.read_checkpoint': call(
    z.strictObject({
      session_id: uuidSchema,
      device_id: z.string().regex(/^[0-9a-f]{32}$/),
      at_most: z.int().nonnegative().optional(),
    }),
    z.strictObject({ checkpoint: z.strictObject({ head: bytes, body: bytes }).nullable() }),
  ),
  /** A checkpoint of the authority as it came; its signature was verified by the window. */
  'ledger.put_checkpoint': call(z.strictObject({ session_id: uuidSchema, head: bytes, body: bytes }), z.null()),
  /**
   * Stored entries in the order they were stored; at most about 4 MiB a call. `next` is null at the end. Song text and
   * setlist changes with a record up to `above_n` are left out.
   */
  'ledger.read_entries': call(
    z.strictObject({ session_id: uuidSchema, after: z.int().nonnegative(), above_n: z.int().nonnegative().default(0) }),
    z.strictObject({ entries: z.array(bytes), next: z.int().nullable() }),
  ),
  /** Records from n = after + 1 on, as stored, with the signed heads that cover them. `next` is null at the end. */
  'ledger.read_records': call(
    z.strictObject({ session_id: uuidSchema, after: z.int().nonnegative() }),
    z.strictObject({ records: z.array(bytes), heads: z.array(bytes), next: z.int().nullable() }),
  ),
  /**
   * On disk when it answers. `own` entries are those this window wrote: core refuses one whose seq or prev does not
   * continue its stream (fault: bad-request), so that a stream never contradicts itself.
   */
  'ledger.append_entries': call(
    z.strictObject({ session_id: uuidSchema, is_own: z.boolean(), entries: z.array(bytes).min(1).max(limits.entriesPerCall) }),
    z.null(),
  ),
  /**
   * A new generation begins at this checkpoint: what was stored of records goes, entries stay. Nothing happens where it began
   * already (another window).
   */
  'ledger.begin_generation': call(z.strictObject({ session_id: uuidSchema, head: bytes, body: bytes }), z.null()),
  /** Stored entries are kept in this form from now on: without words that were deleted, or whole again. */
  'ledger.reform_entries': call(
    z.strictObject({ session_id: uuidSchema, entries: z.array(bytes).min(1).max(limits.entriesPerCall) }),
    z.null(),
  ),
  'ledger.append_records': call(
    z.strictObject({
      session_id: uuidSchema,
      first_n: z.int().positive(),
      records: z.array(bytes).min(1).max(limits.entriesPerCall),
      head: bytes,
    }),
    z.null(),
  ),

  /** What this person put away of their drafts in a session, by mark. Faults of all of these: unauthorized. */
  'drafts.dismissed': call(z.strictObject({ session_id: uuidSchema }), z.strictObject({ marks: z.array(z.string()) })),
  'drafts.dismiss': call(z.strictObject({ session_id: uuidSchema, marks: draftMarks }), z.null()),
  /** Undo of `drafts.dismiss`. */
  'drafts.restore': call(z.strictObject({ session_id: uuidSchema, marks: draftMarks }), z.null()),
  /** Keeps the text of drafts before what they derive from is let go; one of the same song and first mark is replaced. */
  'drafts.keep': call(
    z.strictObject({ session_id: uuidSchema, drafts: z.array(keptDraftSchema).min(1).max(limits.songsPerSession) }),
    z.null(),
  ),
  'drafts.kept': call(z.strictObject({ session_id: uuidSchema }), z.array(keptDraftSchema)),
  /** Keeps messages, comments and marks that do not count; what is kept already stays as it is. */
  'drafts.keep_words': call(
    z.strictObject({ session_id: uuidSchema, words: z.array(unsaidWordsSchema).min(1).max(limits.unsaidWordsPerCall) }),
    z.null(),
  ),
  /** In the order in which they were kept. */
  'drafts.kept_words': call(z.strictObject({ session_id: uuidSchema }), z.array(unsaidWordsSchema)),
  /** How many changes are in drafts there, for the lists of sessions and songs; 0: none any more. */
  'drafts.note': call(z.strictObject({ session_id: uuidSchema, change_count: z.int().nonnegative() }), z.null()),
  /** The sessions in which this person has drafts; empty when nobody is signed in. */
  'drafts.sessions': call(nothing, z.array(draftsOfSessionSchema)),

  /** Recordings of a session that this person can play without the server, newest first. Faults of all of these: unauthorized. */
  'recordings.kept': call(z.strictObject({ session_id: uuidSchema }), z.array(keptRecordingSchema)),
  'recordings.read': call(z.strictObject(partOfRecording), z.strictObject({ events: z.array(recordingEventSchema) })),
  /** One part of where people were and pointed. It counts with `recordings.finish`. */
  'recordings.keep': call(
    z.strictObject({ ...partOfRecording, events: z.array(recordingEventSchema).max(limits.recordingEventsPerAnswer) }),
    z.null(),
  ),
  /** A page of the ledger that a recording stands on, where the session begins later here; null: it is not kept. */
  'recordings.read_ledger': call(z.strictObject(partOfRecording), recordingLedgerSchema.nullable()),
  /** It was verified before, and is whole when its last page is here. */
  'recordings.keep_ledger': call(z.strictObject({ ...partOfRecording, page: recordingLedgerSchema }), z.null()),
  /** All parts are here. Fault: bad-request when some are not. */
  'recordings.finish': call(z.strictObject({ session_id: uuidSchema, ...keptRecordingSchema.shape }), z.null()),
  'recordings.drop': call(z.strictObject({ session_id: uuidSchema, recording_id: uuidSchema }), z.null()),
  ...outboxCalls,
} as const;

export type CallName = keyof typeof calls;
export type ArgsOf<N extends CallName> = z.input<(typeof calls)[N]['args']>;
export type ResultOf<N extends CallName> = z.output<(typeof calls)[N]['result']>;

/** Every event that core sends to the interface. */
export const events = {
  'app.state_changed': appStateSchema,
  'app.options_changed': appOptionsSchema,
  'updates.changed': updateStateSchema,
  /** `app.take_arrivals` has something. */
  'app.arrived': nothing,
  /** Chosen in the menu of this window. */
  'app.command': z.strictObject({ command: z.enum(commandNames) }),
  /** The computer slept: links may have died unnoticed. */
  'app.woke': nothing,
  ...hostingEvents,
  ...libraryEvents,
  /** Lists of sessions, and all that belongs to them, may be out of date. */
  'sessions.changed': nothing,
  /** One session as it is now for this person, as the server told it when it changed. */
  'session.changed': z.strictObject({ session: sessionSchema }),
  /** This person takes part in it no longer, or it was deleted. */
  'session.gone': z.strictObject({ session_id: uuidSchema }),
  'participants.changed': z.strictObject({ session_id: uuidSchema, items: z.array(participantSchema) }),
  /** Invitations to this person came, changed or went. */
  'invitations.changed': nothing,
  /** The server's word was not heard for a while: all that it tells by itself may be out of date. */
  'changes.missed': nothing,
  ...outboxEvents,
} as const;

export type EventName = keyof typeof events;
export type EventOf<N extends EventName> = z.output<(typeof events)[N]>;

/** Failures come back as values: an exception's text never crosses. */
export type Reply<N extends CallName> =
  | { ok: true; result: ResultOf<N> }
  | { ok: false; code: FaultCode; detail?: string; errors?: readonly FieldFault[] };

/** What each shell puts into the renderer: the only way to core. */
export interface Bridge {
  invoke<N extends CallName>(name: N, args: ArgsOf<N>): Promise<Reply<N>>;
  /** Answers its own undo. */
  on<N extends EventName>(name: N, listener: (event: EventOf<N>) => void): () => void;
}
