import { z } from 'zod';
import { operations, type OperationName } from '../api/operations.ts';
import { faults, type FaultCode } from '../base/errors.ts';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { givenRoleSchema } from '../session/invitation-schemas.ts';
import { emailSchema, timeSchema } from '../session/schemas.ts';
import { accessModeSchema } from '../session/templates.ts';
import { call } from './call.ts';

/**
 * What waits for the server when it is out of reach: a person who did it is done with it. `doneWhen` lists refusals that say, when
 * the request was sent before, that it had been done: its answer was lost, and a day later the server no longer has it.
 *
 * All other operations are refused at once, for these reasons:
 * - registering, signing in, passwords, one's own account and devices: they need a password, or must not be believed done;
 * - joining, making a link, whatever is read: without the answer there is nothing to go on with;
 * - starting, pausing, ending and recording: they mean the moment in which they are pressed;
 * - deleting a session or giving it away: too grave to happen hours later, when nobody looks;
 * - administration: who does it looks at the server;
 * - songs, comments and messages: the ledger carries them (`addDocument` is a song that was chosen for a session before it was made).
 */
export const waitingOperations = {
  addDocument: { doneWhen: ['unprocessable'] },
  invite: { doneWhen: [] },
  revokeInvitation: { doneWhen: ['invitation-closed', 'not-found'] },
  declineInvitation: { doneWhen: ['invitation-closed', 'not-found'] },
  revokeLink: { doneWhen: ['not-found'] },
  changeRole: { doneWhen: [] },
  removeParticipant: { doneWhen: ['not-found'] },
  banParticipant: { doneWhen: [] },
  unbanParticipant: { doneWhen: ['not-found'] },
  leaveSession: { doneWhen: ['not-found'] },
  updateSession: { doneWhen: [] },
  createTemplate: { doneWhen: [] },
  updateTemplate: { doneWhen: [] },
  deleteTemplate: { doneWhen: ['not-found'] },
} as const satisfies Partial<Record<OperationName, { doneWhen: readonly FaultCode[] }>>;

export type WaitingOperation = keyof typeof waitingOperations;
export const waitingOperationSchema = z.enum(Object.keys(waitingOperations) as [WaitingOperation, ...WaitingOperation[]]);

/** A session as somebody wants it: made as soon as the server is there. */
export const sessionPlanSchema = z.strictObject({
  name: operations.createSession.input.shape.name,
  template_id: z.string().min(1).max(64),
  access_mode: accessModeSchema,
  /** Songs of the library, in the order of the setlist; they go in as they read when the session is made. */
  song_ids: z.array(uuidSchema).max(limits.songsPerSession),
  invitations: z.array(z.strictObject({ email: emailSchema, role: givenRoleSchema })).max(limits.invitationsAtOnce),
});
export type SessionPlan = z.infer<typeof sessionPlanSchema>;

export const outboxRefusalSchema = z.strictObject({ code: z.enum(Object.keys(faults) as [FaultCode, ...FaultCode[]]), detail: z.string() });
export type OutboxRefusal = z.infer<typeof outboxRefusalSchema>;

const ofItem = {
  id: uuidSchema,
  created_at: timeSchema,
  /** `refused`: it waits for the person, who tries it again or takes it away. */
  state: z.enum(['waiting', 'sending', 'refused']),
  refusal: outboxRefusalSchema.nullable(),
  /** It was sent, and the answer did not come: it may be done already. It is not done twice. */
  is_sent: z.boolean(),
};

export const outboxItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request'),
    ...ofItem,
    operation: waitingOperationSchema,
    /** Null: it is about no session. */
    session_id: uuidSchema.nullable(),
    /** Empty when this computer does not know it. */
    session_name: z.string(),
    /** Whom or what it is about, in the words of the person who did it. */
    about: z.string(),
  }),
  z.strictObject({ kind: z.literal('session'), ...ofItem, plan: sessionPlanSchema }),
]);
export type OutboxItem = z.infer<typeof outboxItemSchema>;

/** Changes to songs, comments and messages that the server has not numbered yet. */
const unsentSessionSchema = z.strictObject({ session_id: uuidSchema, session_name: z.string(), change_count: z.int().positive() });

const outboxSchema = z.strictObject({
  /** Of the person who is signed in, on the server in use, in the order in which they are sent. */
  items: z.array(outboxItemSchema),
  unsent: z.array(unsentSessionSchema),
  /** What waits for another server or another person of this computer. */
  elsewhere_count: z.int().nonnegative(),
});
export type OutboxContent = z.infer<typeof outboxSchema>;

const nothing = z.strictObject({});
const ofOne = z.strictObject({ id: uuidSchema });
const outcomeSchema = z.discriminatedUnion('state', [
  /** `output` as the operation's row has it. */
  z.strictObject({ state: z.literal('done'), output: z.unknown() }),
  z.strictObject({ state: z.literal('waiting'), id: uuidSchema }),
]);

/** Faults of all of these: unauthorized (nobody is signed in), not-found (it is done or was taken away). */
export const outboxCalls = {
  'outbox.list': call(nothing, outboxSchema),
  /** Done at once where the server is in reach, else kept and done later. Faults: what the server refuses it with at once. */
  'outbox.send': call(
    z.strictObject({ operation: waitingOperationSchema, input: z.record(z.string(), z.unknown()), about: z.string().max(300) }),
    outcomeSchema,
  ),
  /** The same for a new session: `output` is the session. */
  'outbox.prepare': call(z.strictObject({ plan: sessionPlanSchema }), outcomeSchema),
  /** Another plan for a session that is not made yet. Fault: wrong-status once it was sent, but for its invitations. */
  'outbox.change': call(z.strictObject({ id: uuidSchema, plan: sessionPlanSchema }), z.null()),
  /** What was refused is tried once more, what waits is tried now. */
  'outbox.again': call(ofOne, z.null()),
  /** It is not done. Fault: wrong-status while it is on its way. */
  'outbox.drop': call(ofOne, z.null()),
  /** How many changes of this session the server has not numbered yet; 0: none any more. */
  'outbox.note_unsent': call(z.strictObject({ session_id: uuidSchema, change_count: z.int().nonnegative() }), z.null()),
};

export const outboxEvents = {
  /** `outbox.list` says something else. */
  'outbox.changed': nothing,
  /** A prepared session is there. */
  'outbox.session_made': z.strictObject({ id: uuidSchema, session_id: uuidSchema }),
};
