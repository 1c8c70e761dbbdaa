import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { personSchema } from './invitation-schemas.ts';
import { sessionStatuses } from './roles.ts';
import { timeSchema } from './schemas.ts';

/** Every kind of change that is kept: product.md, Activity. */
export const activityTypes = [
  'session_created',
  'session_started',
  'session_paused',
  'session_resumed',
  'session_ended',
  'session_archived',
  'session_reopened',
  'session_settings_changed',
  'ownership_transferred',
  'participant_joined',
  'participant_left',
  'participant_invited',
  'participant_declined',
  'participant_removed',
  'participant_banned',
  'participant_unbanned',
  'role_changed',
  'song_added',
  'song_edited',
  'song_removed',
  'comment_added',
  'comment_resolved',
  'message_sent',
  'recording_started',
  'recording_stopped',
  'recording_deleted',
  'entry_refused',
] as const;
export const activityTypeSchema = z.enum(activityTypes);
export type ActivityType = z.infer<typeof activityTypeSchema>;

/** Never words that people wrote: counts, names of settings, ids. */
export const activityDetailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));
export type ActivityDetails = z.infer<typeof activityDetailsSchema>;

export const activitySchema = z.strictObject({
  id: uuidSchema,
  type: activityTypeSchema,
  /** Null: the server did it by itself. */
  actor: personSchema.nullable(),
  /** Whom it was done to, where that is somebody else. */
  subject: personSchema.nullable(),
  /** One English sentence; the interface has its own words. */
  description: z.string(),
  details: activityDetailsSchema,
  is_private: z.boolean(),
  created_at: timeSchema,
  /** Both for the owner only. */
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

const factorSchema = z.strictObject({ points: z.int(), max: z.int(), value: z.number().nullable() });

export const healthLevels = ['excellent', 'good', 'fair', 'poor'] as const;
/** 0 to 100 with its factors: product.md, Health. `value` is what the points were given for; null: there is nothing to measure. */
export const healthSchema = z.strictObject({
  score: z.int().min(0).max(100),
  level: z.enum(healthLevels),
  factors: z.strictObject({
    /** Value: members that took part in the last day ÷ joined members. */
    participation: factorSchema,
    /** Value: hours since the last activity. */
    recency: factorSchema,
    /** Value: hours since the start. */
    duration: factorSchema,
    /** Value: refused entries in the last day. */
    continuity: factorSchema,
  }),
});
export type Health = z.infer<typeof healthSchema>;

const counts = { entries: z.int(), edits: z.int(), comments: z.int(), messages: z.int() };
const dayCountsSchema = z.strictObject({ day: z.iso.date(), ...counts });

export const sessionStatsSchema = z.strictObject({
  session_id: uuidSchema,
  ...counts,
  /** The most people that were here at once. */
  peak_peers: z.int(),
  /** Of its ledger. */
  bytes: z.int(),
  participants: z.array(z.strictObject({ user: personSchema, ...counts, seconds_present: z.int() })),
  /** Days on which something was written, oldest first; at most the last 366. */
  days: z.array(dayCountsSchema),
  /** Where songs were edited, most first; the section is the label or kind of its heading, empty above the first. */
  sections: z.array(z.strictObject({ song_id: uuidSchema, section: z.string(), edits: z.int() })),
});
export type SessionStats = z.infer<typeof sessionStatsSchema>;

const byStatus = z.record(z.enum(sessionStatuses).exclude(['deleted']), z.int());
const sums = {
  sessions_by_status: byStatus,
  sessions_total: z.int(),
  /** Of sessions that were started, until they ended or until now; null: none was. */
  average_duration_seconds: z.int().nullable(),
  ...counts,
};

export const userStatsSchema = z.strictObject({ ...sums, seconds_present: z.int(), bytes: z.int() });

export const serverStatsSchema = z.strictObject({
  ...sums,
  users_total: z.int(),
  /** Of the database file. */
  storage_bytes: z.int(),
  /** Activities of the last 24 hours. */
  activities_last_day: z.int(),
});

export const cleanupReportSchema = z.strictObject({
  sessions_checked: z.int(),
  sessions_ended: z.int(),
  sessions_archived: z.int(),
  /** What could not be done; the next run tries again. */
  errors: z.array(z.strictObject({ session_id: uuidSchema, code: z.string() })),
});
export type CleanupReport = z.infer<typeof cleanupReportSchema>;

export const cleanupPlanSchema = z.strictObject({
  every_seconds: z.int(),
  next_run_at: timeSchema,
  /** The run that is under way: sessions moved so far, and all that are to be moved. */
  running: z.strictObject({ done: z.int(), all: z.int() }).nullable(),
  /** Since the server started. */
  last_run: z.strictObject({ at: timeSchema, report: cleanupReportSchema }).nullable(),
  /** Sessions that a run now would move. */
  due_total: z.int(),
  /** The first hundred of them. */
  due: z.array(
    z.strictObject({
      session_id: uuidSchema,
      /** Null where the asking administrator does not take part. */
      name: z.string().nullable(),
      leader: personSchema.nullable(),
      last_activity_at: timeSchema,
      move: z.enum(['end', 'archive']),
    }),
  ),
});
export type CleanupPlan = z.infer<typeof cleanupPlanSchema>;
