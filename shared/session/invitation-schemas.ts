import { z } from 'zod';
import { uuidSchema } from '../base/ids.ts';
import { roleSchema } from './roles.ts';
import { joinCodeSchema, timeSchema } from './schemas.ts';

/** Somebody as lists name them; the name is empty when their account is gone. */
export const personSchema = z.strictObject({ id: uuidSchema, name: z.string() });
export type Person = z.infer<typeof personSchema>;

/** A role that can be given away. */
export const givenRoleSchema = roleSchema.exclude(['owner']);
export type GivenRole = z.infer<typeof givenRoleSchema>;

export const invitationStatusSchema = z.enum(['pending', 'accepted', 'declined', 'revoked', 'expired']);
export type InvitationStatus = z.infer<typeof invitationStatusSchema>;

/** For one e-mail address, known to the server or not. */
export const invitationSchema = z.strictObject({
  id: uuidSchema,
  session_id: uuidSchema,
  session_name: z.string(),
  email: z.string(),
  role: givenRoleSchema,
  role_label: z.string(),
  /** Empty when there is none. */
  message: z.string(),
  status: invitationStatusSchema,
  invited_by: personSchema,
  created_at: timeSchema,
  expires_at: timeSchema,
  answered_at: timeSchema.nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** What the inviter sees besides: the way in, to be passed on where no mail was sent. */
export const sentInvitationSchema = invitationSchema.extend({
  code: joinCodeSchema.nullable(),
  /** `chordme://join?server=…&key=…&code=…`; null when the invitation is no longer open. */
  link: z.string().nullable(),
});
export type SentInvitation = z.infer<typeof sentInvitationSchema>;

/** A way in for whoever holds its code. */
export const joinLinkSchema = z.strictObject({
  id: uuidSchema,
  code: joinCodeSchema,
  /** `chordme://join?server=…&key=…&code=…` */
  link: z.string(),
  role: givenRoleSchema,
  role_label: z.string(),
  /** Lets people in who have no account, by a name. */
  admits_guests: z.boolean(),
  created_by: personSchema,
  created_at: timeSchema,
  expires_at: timeSchema,
  /** Null: as often as there are seats. */
  max_uses: z.int().nullable(),
  uses: z.int(),
});
export type JoinLink = z.infer<typeof joinLinkSchema>;
