import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { limits } from '../base/limits.ts';
import { givenRoleSchema, invitationSchema, joinLinkSchema, sentInvitationSchema } from '../session/invitation-schemas.ts';
import { emailSchema, sessionSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';
import { page, pageOf } from './page-of.ts';

const twentyAMinute = { max: 20, windowMs: minuteMs };
const thirtyAMinute = { max: 30, windowMs: minuteMs };
const sixtyAMinute = { max: 60, windowMs: minuteMs };
const ofSession = { id: uuidSchema };

/** Ways into a session: invitations to an e-mail address, and links. */
export const sessionPeopleOperations = {
  invite: operation({
    method: 'POST',
    path: '/sessions/:id/invite',
    gate: 'participant',
    status: 200,
    rate: twentyAMinute,
    summary: 'Invite by e-mail, never to a role above one’s own. Inviting again renews the invitation.',
    input: z.strictObject({
      ...ofSession,
      users: z
        .array(z.strictObject({ email: emailSchema, role: givenRoleSchema }))
        .min(1)
        .max(limits.invitationsAtOnce),
      message: z.string().trim().max(1_000).optional(),
    }),
    output: z.strictObject({
      /** `mail_sent` false: pass the link on yourself. */
      invited: z.array(sentInvitationSchema.extend({ mail_sent: z.boolean() })),
      errors: z.array(z.strictObject({ email: z.string(), code: z.string(), message: z.string() })),
    }),
  }),
  listInvitations: operation({
    method: 'GET',
    path: '/sessions/:id/invitations',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Invitations to this session, newest first.',
    input: z.strictObject({ ...ofSession, ...page }),
    output: pageOf(sentInvitationSchema),
  }),
  revokeInvitation: operation({
    method: 'DELETE',
    path: '/sessions/:id/invitations/:invitation_id',
    gate: 'participant',
    status: 204,
    rate: thirtyAMinute,
    summary: 'Take an invitation back.',
    input: z.strictObject({ ...ofSession, invitation_id: uuidSchema }),
    output: z.null(),
  }),
  myInvitations: operation({
    method: 'GET',
    path: '/invitations',
    gate: 'user',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Open invitations to my e-mail address, newest first.',
    input: z.strictObject({ ...page }),
    output: pageOf(invitationSchema),
  }),
  acceptInvitation: operation({
    method: 'POST',
    path: '/invitations/:id/accept',
    gate: 'user',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Accept: takes a seat, when there is one.',
    input: z.strictObject(ofSession),
    output: sessionSchema,
  }),
  declineInvitation: operation({
    method: 'POST',
    path: '/invitations/:id/decline',
    gate: 'user',
    status: 200,
    rate: thirtyAMinute,
    summary: 'Decline.',
    input: z.strictObject(ofSession),
    output: invitationSchema,
  }),
  listLinks: operation({
    method: 'GET',
    path: '/sessions/:id/links',
    gate: 'participant',
    status: 200,
    rate: sixtyAMinute,
    summary: 'Open join links, newest first.',
    input: z.strictObject(ofSession),
    output: pageOf(joinLinkSchema),
  }),
  createLink: operation({
    method: 'POST',
    path: '/sessions/:id/links',
    gate: 'participant',
    status: 201,
    rate: twentyAMinute,
    summary: 'A join link: never to a role above one’s own; 30 days and the default role unless given.',
    input: z.strictObject({
      ...ofSession,
      role: givenRoleSchema.optional(),
      /** Seconds; at most a year. */
      expires_in: z
        .int()
        .min(60)
        .max(366 * 24 * 60 * 60)
        .optional(),
      max_uses: z.int().min(1).max(1_000).optional(),
      admits_guests: z.boolean().optional(),
    }),
    output: joinLinkSchema,
  }),
  revokeLink: operation({
    method: 'DELETE',
    path: '/sessions/:id/links/:link_id',
    gate: 'participant',
    status: 204,
    rate: thirtyAMinute,
    summary: 'Revoke a join link.',
    input: z.strictObject({ ...ofSession, link_id: uuidSchema }),
    output: z.null(),
  }),
} as const;
