import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import {
  activitySchema,
  activityTypeSchema,
  cleanupReportSchema,
  healthSchema,
  serverStatsSchema,
  sessionStatsSchema,
  userStatsSchema,
} from '../session/history-schemas.ts';
import { timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';
import { page, pageOf } from './page-of.ts';

const sixtyAMinute = { max: 60, windowMs: minuteMs };
const thirtyAMinute = { max: 30, windowMs: minuteMs };
const ofSession = { id: uuidSchema };

/** What happened, how much of it, and what is tidied away. */
export const sessionHistoryOperations = {
  listActivities: operation({
    method: 'GET',
    path: '/sessions/:id/activities',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'What happened, newest first; private rows and addresses are for the owner only, rows of one’s own for oneself.',
    input: z.strictObject({
      ...ofSession,
      type: activityTypeSchema.optional(),
      actor: uuidSchema.optional(),
      /** Rows before this time. */
      before: timeSchema.optional(),
      ...page,
    }),
    output: pageOf(activitySchema),
  }),
  sessionStats: operation({
    method: 'GET',
    path: '/sessions/:id/stats',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Numbers of one session.',
    input: z.strictObject(ofSession),
    output: sessionStatsSchema,
  }),
  sessionHealth: operation({
    method: 'GET',
    path: '/sessions/:id/health',
    gate: 'participant',
    status: 200,
    rate: thirtyAMinute,
    summary: 'How alive a session is, 0 to 100, with its factors.',
    input: z.strictObject(ofSession),
    output: healthSchema,
  }),
  myStats: operation({
    method: 'GET',
    path: '/stats/me',
    gate: 'user',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Numbers of mine.',
    input: z.strictObject({}),
    output: userStatsSchema,
  }),
  serverStats: operation({
    method: 'GET',
    path: '/stats',
    gate: 'admin',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Numbers of this server.',
    input: z.strictObject({}),
    output: serverStatsSchema,
  }),
  cleanUp: operation({
    method: 'POST',
    path: '/sessions/cleanup',
    gate: 'admin',
    status: 200,
    rate: { max: 5, windowMs: 60 * minuteMs },
    summary: 'Put sessions without activity to rest and archive old ones, as happens each hour; `dry_run` only counts.',
    input: z.strictObject({ dry_run: z.boolean().default(false) }),
    output: cleanupReportSchema,
  }),
} as const;
