import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { cleanupPlanSchema } from '../session/history-schemas.ts';
import { timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';
import { registrationSchema } from './server.ts';

const thirtyAMinute = { max: 30, windowMs: minuteMs };
const yearSeconds = 366 * 24 * 60 * 60;

/** Seconds within which owners of sessions set a time. */
const boundsSchema = z
  .strictObject({ min: z.int().min(60).max(yearSeconds), max: z.int().min(60).max(yearSeconds) })
  .refine(({ min, max }) => min <= max, 'min is above max');

/** What administrators decide while the server runs. */
export const serverSettingsSchema = z.strictObject({
  registration: registrationSchema,
  /** Accounts with an e-mail; null: no limit. */
  max_users: z.int().min(1).max(1_000_000).nullable(),
  /** Sessions that one person leads and that have not ended; null: no limit. */
  max_sessions_per_user: z.int().min(1).max(100_000).nullable(),
  auto_cleanup_after: boundsSchema,
  archive_after: boundsSchema,
});
export type ServerSettings = z.infer<typeof serverSettingsSchema>;

const shownSettingsSchema = z.strictObject({
  ...serverSettingsSchema.shape,
  /** What CHORDME_REGISTRATION permits at most: administrators can narrow it, not widen it. */
  widest_registration: registrationSchema,
});

export const accountSchema = z.strictObject({
  id: uuidSchema,
  email: z.string().nullable(),
  name: z.string(),
  color: z.string(),
  is_admin: z.boolean(),
  is_guest: z.boolean(),
  is_disabled: z.boolean(),
  created_at: timeSchema,
  last_seen_at: timeSchema.nullable(),
  /** Sessions they take part in. */
  session_count: z.int(),
});
export type Account = z.infer<typeof accountSchema>;

export const serverStatusSchema = z.strictObject({
  version: z.string(),
  started_at: timeSchema,
  /** Where links lead; empty: the operator named no address. */
  public_url: z.string(),
  /** Null: no mail server is named. */
  mail_from: z.string().nullable(),
  /** Open sockets that proved who they are. */
  sockets: z.strictObject({ signaling: z.int(), ledger: z.int(), events: z.int() }),
  memory_bytes: z.int(),
  /** The database with what waits beside it. */
  database_bytes: z.int(),
  /** On the disk of the database. */
  free_disk_bytes: z.int(),
  answers: z.strictObject({
    total: z.int(),
    /** With a 5xx. */
    failed: z.int(),
    average_seconds: z.number(),
  }),
  /** 99th percentile of how late the server got to its work, since the start or the last look at `/metrics`. */
  delay_seconds: z.number(),
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;

export const adminOperations = {
  serverStatus: operation({
    method: 'GET',
    path: '/admin/status',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'How the server is: sockets, memory, disk, answers, mail.',
    input: z.strictObject({}),
    output: serverStatusSchema,
  }),
  testMail: operation({
    method: 'POST',
    path: '/admin/mail/test',
    gate: 'admin',
    status: 204,
    rate: { max: 5, windowMs: minuteMs },
    summary: 'Send a mail to the asking administrator; answers when the mail server has taken it.',
    input: z.strictObject({}),
    output: z.null(),
  }),
  cleanupPlan: operation({
    method: 'GET',
    path: '/admin/cleanup',
    gate: 'admin',
    status: 200,
    rate: { max: 120, windowMs: minuteMs },
    summary: 'When cleanup runs, how far a run is, and which sessions one would move now.',
    input: z.strictObject({}),
    output: cleanupPlanSchema,
  }),
  getServerSettings: operation({
    method: 'GET',
    path: '/admin/settings',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Registration and limits of this server.',
    input: z.strictObject({}),
    output: shownSettingsSchema,
  }),
  updateServerSettings: operation({
    method: 'PATCH',
    path: '/admin/settings',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Change registration or limits; what exists already stays.',
    input: serverSettingsSchema.partial(),
    output: shownSettingsSchema,
  }),
  listUsers: operation({
    method: 'GET',
    path: '/admin/users',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Accounts and guests, newest first.',
    input: z.strictObject({
      /** Part of a name or an e-mail. */
      q: z.string().max(200).optional(),
      kind: z.enum(['account', 'guest', 'administrator', 'disabled']).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(256).optional(),
    }),
    output: z.strictObject({ items: z.array(accountSchema), next_cursor: z.string().nullable() }),
  }),
  updateUser: operation({
    method: 'PATCH',
    path: '/admin/users/:user_id',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Disable an account, which signs it out everywhere, or enable it; make or unmake an administrator.',
    input: z.strictObject({ user_id: uuidSchema, is_disabled: z.boolean().optional(), is_admin: z.boolean().optional() }),
    output: accountSchema,
  }),
} as const;
