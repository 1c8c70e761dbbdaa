import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { permissionSchema, permissionTableSchema, roleSchema, sessionStatusSchema } from './roles.ts';
import { accessModeSchema, roleLabelsSchema } from './templates.ts';

export const timeSchema = z.iso.datetime();

/** Ten colours that colour-blind people can tell apart; avatar, cursor and comment of one person share theirs. */
export const participantColors = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#b8860b',
  '#56b4e9',
  '#7b3294',
  '#a6761d',
  '#5c6b73',
  '#e31a1c',
] as const;

export const emailSchema = z.email().max(254);
export const personNameSchema = z.string().trim().min(1).max(80);

export const userSchema = z.strictObject({
  id: uuidSchema,
  email: z.string().nullable(),
  name: personNameSchema,
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  is_admin: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

/** The first of the setlist; empty strings where the chart names none. */
export const songHeadSchema = z.strictObject({ id: uuidSchema, title: z.string(), artist: z.string() });

export const sessionSchema = z.strictObject({
  id: uuidSchema,
  name: z.string(),
  description: z.string(),
  status: sessionStatusSchema,
  access_mode: accessModeSchema,
  category: z.string(),
  template_id: z.string(),
  max_participants: z.int(),
  participant_count: z.int(),
  is_recording: z.boolean(),
  /** A recording begins by itself when two are here. Absent in what was kept by earlier versions. */
  auto_recording: z.boolean().default(false),
  /** Who came later sees recordings that were made before. */
  has_open_recordings: z.boolean().default(false),
  role: roleSchema.nullable(),
  permissions: z.array(permissionSchema),
  role_label: z.string(),
  role_labels: roleLabelsSchema,
  permission_table: permissionTableSchema,
  /** Who comes gets it. */
  default_role: roleSchema.exclude(['owner']),
  /** What happened is shown to the owner only. */
  is_activity_private: z.boolean(),
  /** Put to rest by cleanup: it opens again with the next entry. */
  is_dormant: z.boolean(),
  song: songHeadSchema.nullable(),
  /** Only for those who may add participants. */
  join_code: z.string().nullable(),
  created_at: timeSchema,
  starts_at: timeSchema.nullable(),
  started_at: timeSchema.nullable(),
  ended_at: timeSchema.nullable(),
  last_activity_at: timeSchema,
  /** Seconds. */
  auto_cleanup_after: z.int(),
  /** Seconds. */
  archive_after: z.int(),
  epoch: z.int(),
});
export type Session = z.infer<typeof sessionSchema>;

export const participantStatusSchema = z.enum(['joined', 'left', 'removed', 'banned']);

export const participantSchema = z.strictObject({
  user_id: uuidSchema,
  name: z.string(),
  color: z.string(),
  role: roleSchema.nullable(),
  role_label: z.string(),
  status: participantStatusSchema,
  is_present: z.boolean(),
  joined_at: timeSchema,
  last_seen_at: timeSchema.nullable(),
});
export type Participant = z.infer<typeof participantSchema>;

/** No look-alikes; typed in any case. */
export const joinCodeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
export const joinCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(new RegExp(`^[${joinCodeAlphabet}]{8}$`));
