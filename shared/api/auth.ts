import { z } from 'zod';
import { emailSchema, personNameSchema, userSchema, timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';

const tenAMinute = { max: 10, windowMs: minuteMs };
const sixtyAMinute = { max: 60, windowMs: minuteMs };
const none = z.strictObject({});

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

export const authOperations = {
  register: operation({
    method: 'POST',
    path: '/auth/register',
    gate: 'open',
    status: 201,
    rate: tenAMinute,
    summary: 'Create an account.',
    input: z.strictObject({ email: emailSchema, name: personNameSchema.optional(), password: z.string().min(10).max(256) }),
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
    summary: 'New access token; the refresh token is rotated, using one twice ends its family.',
    input: z.strictObject({ refresh_token: z.string().min(1).max(512) }),
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
    summary: 'Change name or password.',
    input: z.strictObject({
      name: personNameSchema.optional(),
      password: z.string().min(10).max(256).optional(),
      current_password: z.string().max(256).optional(),
    }),
    output: userSchema,
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
