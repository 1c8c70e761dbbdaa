import { z } from 'zod';
import { personNameSchema } from '../session/schemas.ts';

/** An app in the same network that says it hosts. Nothing of it is proved before its key is compared. */
export const nearbyServerSchema = z.strictObject({
  /** Nothing in it that is not seen, or that turns the words around it. */
  name: personNameSchema.regex(/^\P{C}+$/u),
  /** By address and port: a name could be pointed elsewhere. Of IPv6 only what is inside of a house. */
  url: z
    .url()
    .max(100)
    .regex(/^http:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[f[cd][0-9a-f:]{2,37}\]):[1-9]\d{0,4}$/),
  /** JWK thumbprint (RFC 7638) of the key that it says it has. */
  key: z.string().regex(/^[\w-]{43}$/),
});
export type NearbyServer = z.infer<typeof nearbyServerSchema>;
