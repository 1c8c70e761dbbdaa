import { z } from 'zod';
import { minuteMs, operation } from './operation.ts';

export const serverDescriptionSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** JWK thumbprint (RFC 7638, SHA-256, base64url) of the key that signs statements. */
  key_thumbprint: z.string(),
  registration: z.enum(['open', 'invited', 'closed']),
  features: z.array(z.string()),
  ice_servers: z.array(
    z.strictObject({
      urls: z.union([z.string(), z.array(z.string())]),
      username: z.string().optional(),
      credential: z.string().optional(),
    }),
  ),
});
export type ServerDescription = z.infer<typeof serverDescriptionSchema>;

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
} as const;
