import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { uuidSchema } from '../base/ids.ts';
import { healthSchema } from '../session/history-schemas.ts';
import { permissionTableSchema, roleSchema, sessionStatusSchema } from '../session/roles.ts';
import { joinCodeSchema, participantSchema, sessionSchema, timeSchema } from '../session/schemas.ts';
import { accessModeSchema } from '../session/templates.ts';
import { minuteMs, operation } from './operation.ts';
import { page, pageOf } from './page-of.ts';

const tenAMinute = { max: 10, windowMs: minuteMs };
const thirtyAMinute = { max: 30, windowMs: minuteMs };
const ofSession = { id: uuidSchema };

const lifecycle = (verb: string, summary: string) =>
  operation({
    method: 'POST',
    path: `/sessions/:id/${verb}`,
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary,
    input: z.strictObject(ofSession),
    output: sessionSchema,
  });

export const sessionOperations = {
  createSession: operation({
    method: 'POST',
    path: '/sessions',
    gate: 'account',
    status: 201,
    rate: { max: 5, windowMs: minuteMs },
    summary: 'Create a session around a song; values of the template apply unless given.',
    input: z.strictObject({
      name: z.string().trim().min(1).max(255),
      song: z
        .strictObject({
          id: uuidSchema,
          title: z.string().max(500),
          artist: z.string().max(500).optional(),
          chordpro: z.string().max(limits.songCharacters).optional(),
        })
        .optional(),
      song_id: uuidSchema.optional(),
      template_id: z.string().max(64).optional(),
      access_mode: accessModeSchema.optional(),
      description: z.string().max(2_000).optional(),
      max_participants: z.int().min(2).max(50).optional(),
      starts_at: timeSchema.optional(),
      settings: z
        .strictObject({ auto_cleanup_after: z.int().positive().optional(), archive_after: z.int().positive().optional() })
        .optional(),
    }),
    output: sessionSchema,
  }),
  getSession: operation({
    method: 'GET',
    path: '/sessions/:id',
    gate: 'participant',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'One session with my role, permissions and its health.',
    input: z.strictObject(ofSession),
    output: sessionSchema.extend({ health: healthSchema }),
  }),
  mySessions: operation({
    method: 'GET',
    path: '/sessions/my-sessions',
    gate: 'user',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'My sessions, newest activity first.',
    input: z.strictObject({
      status: sessionStatusSchema.exclude(['deleted']).optional(),
      role: roleSchema.optional(),
      q: z.string().max(200).optional(),
      ...page,
    }),
    output: pageOf(sessionSchema),
  }),
  publicSessions: operation({
    method: 'GET',
    path: '/sessions/public',
    gate: 'account',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Sessions that any account may join.',
    input: z.strictObject({ q: z.string().max(200).optional(), ...page }),
    output: pageOf(sessionSchema),
  }),
  joinSession: operation({
    method: 'POST',
    path: '/sessions/:id/join',
    gate: 'user',
    status: 200,
    rate: tenAMinute,
    summary: 'Join by access mode, with a code where one is needed.',
    input: z.strictObject({ ...ofSession, code: joinCodeSchema.optional() }),
    output: sessionSchema,
  }),
  joinByCode: operation({
    method: 'POST',
    path: '/sessions/join',
    gate: 'user',
    status: 200,
    rate: tenAMinute,
    summary: 'Join the session that a code belongs to.',
    input: z.strictObject({ code: joinCodeSchema }),
    output: sessionSchema,
  }),
  leaveSession: operation({
    method: 'POST',
    path: '/sessions/:id/leave',
    gate: 'participant',
    status: 200,
    rate: tenAMinute,
    summary: 'Leave; the owner cannot.',
    input: z.strictObject(ofSession),
    output: sessionSchema,
  }),
  listParticipants: operation({
    method: 'GET',
    path: '/sessions/:id/participants',
    gate: 'participant',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'Who takes part.',
    input: z.strictObject(ofSession),
    output: pageOf(participantSchema),
  }),
  changeRole: operation({
    method: 'PATCH',
    path: '/sessions/:id/participants/:user_id',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: "Change a role: never above one's own, never the owner's.",
    input: z.strictObject({ ...ofSession, user_id: uuidSchema, role: roleSchema.exclude(['owner']) }),
    output: participantSchema,
  }),
  removeParticipant: operation({
    method: 'DELETE',
    path: '/sessions/:id/participants/:user_id',
    gate: 'participant',
    status: 204,
    rate: thirtyAMinute,
    summary: 'Remove a participant; they can be invited again.',
    input: z.strictObject({ ...ofSession, user_id: uuidSchema }),
    output: z.null(),
  }),
  banParticipant: operation({
    method: 'POST',
    path: '/sessions/:id/participants/:user_id/ban',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Ban a participant: no way leads back in.',
    input: z.strictObject({ ...ofSession, user_id: uuidSchema }),
    output: participantSchema,
  }),
  unbanParticipant: operation({
    method: 'POST',
    path: '/sessions/:id/participants/:user_id/unban',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Lift a ban.',
    input: z.strictObject({ ...ofSession, user_id: uuidSchema }),
    output: participantSchema,
  }),
  startSession: lifecycle('start', 'Start a scheduled session.'),
  pauseSession: lifecycle('pause', 'Pause: read-only until resumed.'),
  resumeSession: lifecycle('resume', 'Go on after a pause.'),
  endSession: lifecycle('end', 'End: read-only; can be reopened.'),
  reopenSession: lifecycle('reopen', 'Reopen an ended session.'),
  archiveSession: lifecycle('archive', 'Put an ended session away; read-only, restored whole by reopen.'),
  updateSession: operation({
    method: 'PATCH',
    path: '/sessions/:id',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Change settings. The table of permissions is the owner’s. A narrower access mode revokes open links.',
    input: z.strictObject({
      ...ofSession,
      name: z.string().trim().min(1).max(255).optional(),
      description: z.string().max(2_000).optional(),
      access_mode: accessModeSchema.optional(),
      default_role: roleSchema.exclude(['owner']).optional(),
      max_participants: z.int().min(2).max(50).optional(),
      permission_table: permissionTableSchema.optional(),
      is_activity_private: z.boolean().optional(),
      auto_cleanup_after: z.int().positive().optional(),
      archive_after: z.int().positive().optional(),
    }),
    output: sessionSchema,
  }),
  deleteSession: operation({
    method: 'DELETE',
    path: '/sessions/:id',
    gate: 'participant',
    status: 204,
    rate: tenAMinute,
    summary: 'Delete for good; `confirm` is its name.',
    input: z.strictObject({ ...ofSession, confirm: z.string().max(255) }),
    output: z.null(),
  }),
  transferSession: operation({
    method: 'POST',
    path: '/sessions/:id/transfer',
    gate: 'participant',
    status: 200,
    rate: tenAMinute,
    summary: 'Give the session to another participant; its owner becomes an editor.',
    input: z.strictObject({ ...ofSession, user_id: uuidSchema }),
    output: sessionSchema,
  }),
} as const;
