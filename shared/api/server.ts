import { z } from 'zod';
import { timeSchema } from '../session/schemas.ts';
import { minuteMs, operation } from './operation.ts';

const iceServersSchema = z.array(
  z.strictObject({
    urls: z.union([z.string(), z.array(z.string())]),
    username: z.string().optional(),
    credential: z.string().optional(),
  }),
);

/** Who may make an account, from most to least. */
export const registrationSchema = z.enum(['open', 'invited', 'closed']);
export type Registration = z.infer<typeof registrationSchema>;

export const serverDescriptionSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** JWK thumbprint (RFC 7638, SHA-256, base64url) of the key that signs statements. */
  key_thumbprint: z.string(),
  registration: registrationSchema,
  features: z.array(z.string()),
  /** Those that anybody may use. With the feature `turn` there are more for who is signed in: `iceServers`. R-MSH-4. */
  ice_servers: iceServersSchema,
});
export type ServerDescription = z.infer<typeof serverDescriptionSchema>;

const usableIceServersSchema = z.strictObject({
  ice_servers: iceServersSchema,
  /** When their credentials end; null: never. */
  expires_at: timeSchema.nullable(),
});

export const serverOperations = {
  describeServer: operation({
    method: 'GET',
    path: '/server',
    gate: 'open',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'Name, version, key and features of this server.',
    input: z.strictObject({}),
    output: serverDescriptionSchema,
  }),
  iceServers: operation({
    method: 'GET',
    path: '/ice-servers',
    gate: 'user',
    status: 200,
    rate: { max: 60, windowMs: minuteMs },
    summary: 'STUN and TURN servers, with credentials of the asking user that end by themselves.',
    input: z.strictObject({}),
    output: usableIceServersSchema,
  }),
} as const;
