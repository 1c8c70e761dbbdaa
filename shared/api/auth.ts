import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { activityDetailsSchema, activityTypeSchema } from '../session/history-schemas.ts';
import { recordingEventSchema } from '../session/recording-schemas.ts';
import { roleSchema } from '../session/roles.ts';
import { templateValuesSchema } from '../session/templates.ts';
import { emailSchema, joinCodeSchema, participantStatusSchema, personNameSchema, userSchema, timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';

const tenAMinute = { max: 10, windowMs: minuteMs };
const sixtyAMinute = { max: 60, windowMs: minuteMs };
const none = z.strictObject({});
const newPassword = z.string().min(10).max(256);
const presentPassword = z.string().max(256).optional();
/** 32 random bytes, base64url. */
const secretText = z.string().regex(/^[\w-]{43}$/);

export const credentialsSchema = z.strictObject({
  user: userSchema,
  access_token: z.string(),
  refresh_token: z.string(),
  /** Seconds until the access token ends. */
  expires_in: z.int(),
});
export type Credentials = z.infer<typeof credentialsSchema>;

export const deviceSchema = z.strictObject({
  device_id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string(),
  created_at: timeSchema,
  last_seen_at: timeSchema.nullable(),
  revoked_at: timeSchema.nullable(),
});
export type Device = z.infer<typeof deviceSchema>;

const saidSchema = z.strictObject({ session_id: uuidSchema, id: z.string(), text: z.string(), at: timeSchema });

/** Everything about one person. What was done and said in sessions comes in parts, a session after the other; all else is in the first. */
export const exportSchema = z.strictObject({
  exported_at: timeSchema,
  server: z.strictObject({ name: z.string(), key_thumbprint: z.string() }),
  user: z.strictObject({ ...userSchema.shape, created_at: timeSchema, last_seen_at: timeSchema.nullable() }),
  devices: z.array(z.strictObject({ ...deviceSchema.shape, public_key: z.string() })),
  sign_ins: z.array(z.strictObject({ started_at: timeSchema, last_used_at: timeSchema, expires_at: timeSchema })),
  sessions: z.array(
    z.strictObject({
      id: uuidSchema,
      name: z.string(),
      role: roleSchema,
      status: participantStatusSchema,
      joined_at: timeSchema,
      last_seen_at: timeSchema.nullable(),
    }),
  ),
  join_links: z.array(
    z.strictObject({ session_id: uuidSchema, code: z.string(), role: roleSchema, created_at: timeSchema, expires_at: timeSchema }),
  ),
  /** To my address, and those that I sent. */
  invitations: z.array(
    z.strictObject({
      id: uuidSchema,
      session_id: uuidSchema,
      email: z.string(),
      role: roleSchema,
      message: z.string(),
      status: z.string(),
      created_at: timeSchema,
      expires_at: timeSchema,
      answered_at: timeSchema.nullable(),
    }),
  ),
  templates: z.array(z.strictObject({ id: z.string(), values: templateValuesSchema, is_shared: z.boolean(), created_at: timeSchema })),
  /** What I did, with where from, and what was done to me. */
  activities: z.array(
    z.strictObject({
      id: uuidSchema,
      session_id: uuidSchema,
      type: activityTypeSchema,
      is_mine: z.boolean(),
      details: activityDetailsSchema,
      created_at: timeSchema,
      address: z.string().nullable(),
      user_agent: z.string().nullable(),
    }),
  ),
  /** How much I wrote on each day, in UTC. */
  counts: z.array(
    z.strictObject({
      session_id: uuidSchema,
      day: z.string(),
      entries: z.int(),
      edits: z.int(),
      comments: z.int(),
      messages: z.int(),
      bytes: z.int(),
      seconds_present: z.int(),
    }),
  ),
  /** What I said and did not take back; `at` is when the server numbered it. */
  messages: z.array(saidSchema),
  comments: z.array(saidSchema),
  /** Recordings of my sessions, with where I was and pointed; of very much the first part. */
  recordings: z.array(
    z.strictObject({
      recording_id: uuidSchema,
      session_id: uuidSchema,
      started_at: timeSchema,
      is_complete: z.boolean(),
      events: z.array(recordingEventSchema.omit({ user_id: true, at: true })),
    }),
  ),
  /** To ask for the next part with; null: this was the last. */
  next_cursor: uuidSchema.nullable(),
});
export type PersonExport = z.infer<typeof exportSchema>;

export const authOperations = {
  register: operation({
    method: 'POST',
    path: '/auth/register',
    gate: 'open',
    status: 201,
    rate: tenAMinute,
    summary: 'Create an account.',
    input: z.strictObject({
      email: emailSchema,
      name: personNameSchema.optional(),
      password: newPassword,
      /** A join code, which lets its holder register where `registration` is `invited`; joining comes after. */
      code: joinCodeSchema.optional(),
    }),
    output: credentialsSchema,
  }),
  guest: operation({
    method: 'POST',
    path: '/auth/guest',
    gate: 'open',
    status: 201,
    rate: tenAMinute,
    summary: 'Join by a link that admits guests, with a name only. An e-mail and a password make an account of it later.',
    input: z.strictObject({ code: joinCodeSchema, name: personNameSchema }),
    output: credentialsSchema,
  }),
  login: operation({
    method: 'POST',
    path: '/auth/login',
    gate: 'open',
    status: 200,
    rate: tenAMinute,
    summary: 'Sign in.',
    input: z.strictObject({ email: emailSchema, password: z.string().min(1).max(256) }),
    output: credentialsSchema,
  }),
  refresh: operation({
    method: 'POST',
    path: '/auth/refresh',
    gate: 'open',
    status: 200,
    rate: sixtyAMinute,
    summary:
      'New access token; the refresh token is rotated, using one twice ends its family. Who keeps `attempt`, random, on disk before it asks, may ask again with both until the answer was used.',
    input: z.strictObject({ refresh_token: z.string().min(1).max(512), attempt: secretText.optional() }),
    output: credentialsSchema,
  }),
  logout: operation({
    method: 'POST',
    path: '/auth/logout',
    gate: 'open',
    status: 204,
    rate: tenAMinute,
    summary: 'End the refresh token and its family.',
    input: z.strictObject({ refresh_token: z.string().min(1).max(512) }),
    output: z.null(),
  }),
  logoutEverywhere: operation({
    method: 'POST',
    path: '/auth/logout/everywhere',
    gate: 'user',
    status: 204,
    rate: tenAMinute,
    summary: 'End all sign-ins of mine, this one too, and their sockets at once.',
    input: none,
    output: z.null(),
  }),
  forgotPassword: operation({
    method: 'POST',
    path: '/auth/password/forgot',
    gate: 'open',
    status: 204,
    rate: tenAMinute,
    summary: 'Send a code for a new password to this e-mail, if an account has it. The answer is the same if none has.',
    input: z.strictObject({ email: emailSchema }),
    output: z.null(),
  }),
  resetPassword: operation({
    method: 'POST',
    path: '/auth/password/reset',
    gate: 'open',
    status: 204,
    rate: tenAMinute,
    summary: 'Set a new password with the code of the mail; ends all sign-ins.',
    input: z.strictObject({ token: z.string().trim().min(1).max(64), password: newPassword }),
    output: z.null(),
  }),
  me: operation({
    method: 'GET',
    path: '/auth/me',
    gate: 'user',
    status: 200,
    rate: sixtyAMinute,
    summary: 'The signed-in user.',
    input: none,
    output: userSchema,
  }),
  updateMe: operation({
    method: 'PATCH',
    path: '/auth/me',
    gate: 'user',
    status: 200,
    rate: tenAMinute,
    summary: 'Change name, e-mail or password; the latter two with the present password. A guest becomes an account by both of them.',
    input: z.strictObject({
      name: personNameSchema.optional(),
      email: emailSchema.optional(),
      password: newPassword.optional(),
      current_password: presentPassword,
    }),
    output: userSchema,
  }),
  exportMe: operation({
    method: 'GET',
    path: '/auth/me/export',
    gate: 'user',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Everything that this server has about me, in parts: ask again with `next_cursor` until it is null.',
    input: z.strictObject({ cursor: uuidSchema.optional() }),
    output: exportSchema,
  }),
  requestDeletion: operation({
    method: 'POST',
    path: '/auth/me/deletion',
    gate: 'user',
    status: 200,
    rate: tenAMinute,
    summary: 'What deleting the account would do, and the token that does it; export before. Nothing is changed yet.',
    input: z.strictObject({ current_password: presentPassword }),
    output: z.strictObject({
      deletion_token: secretText,
      expires_at: timeSchema,
      /** Sessions of mine that others take part in, and who will lead them. */
      sessions_handed_over: z.array(
        z.strictObject({ id: uuidSchema, name: z.string(), to: z.strictObject({ id: uuidSchema, name: z.string() }) }),
      ),
      /** Sessions of mine that nobody else with an account takes part in. */
      sessions_deleted: z.array(z.strictObject({ id: uuidSchema, name: z.string() })),
    }),
  }),
  deleteMe: operation({
    method: 'DELETE',
    path: '/auth/me',
    gate: 'user',
    status: 204,
    rate: tenAMinute,
    summary: 'Delete the account: its words are dropped, what it wrote into songs stays under a pseudonym.',
    input: z.strictObject({ deletion_token: secretText }),
    output: z.null(),
  }),
  listDevices: operation({
    method: 'GET',
    path: '/devices',
    gate: 'user',
    status: 200,
    rate: sixtyAMinute,
    summary: 'My devices.',
    input: none,
    output: z.strictObject({ items: z.array(deviceSchema), next_cursor: z.string().nullable() }),
  }),
  registerDevice: operation({
    method: 'POST',
    path: '/devices',
    gate: 'user',
    status: 201,
    rate: sixtyAMinute,
    summary:
      'Register a device key with the proof of its possession (ledger.md, Identities). Registering the same key again answers the same device.',
    input: z.strictObject({
      /** Raw Ed25519 public key, 32 bytes, hex. */
      public_key: z.string().regex(/^[0-9a-f]{64}$/),
      /** Signature over "chordme-device-v1" ‖ user_id (16 bytes) ‖ thumbprint of the authority's key (32 bytes), hex. */
      signature: z.string().regex(/^[0-9a-f]{128}$/),
      name: z.string().trim().min(1).max(80),
    }),
    output: deviceSchema,
  }),
  revokeDevice: operation({
    method: 'DELETE',
    path: '/devices/:device_id',
    gate: 'user',
    status: 204,
    rate: sixtyAMinute,
    summary: 'Revoke one of my devices.',
    input: z.strictObject({ device_id: z.string().regex(/^[0-9a-f]{32}$/) }),
    output: z.null(),
  }),
} as const;
