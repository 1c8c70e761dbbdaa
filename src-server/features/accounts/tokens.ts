import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { toHex, uuidSchema, type RandomBytes } from '../../../shared/base/ids.ts';

/** Short, since it cannot be called back; the refresh token can. */
export const accessTokenSeconds = 15 * 60;
const issuer = 'chordme';
/** A token of ours has about 300 characters; the bound keeps strangers from having megabytes hashed. */
const longestToken = 2_048;

const payloadSchema = z.strictObject({
  iss: z.literal(issuer),
  jti: z.string(),
  sub: uuidSchema,
  iat: z.int(),
  exp: z.int(),
});

export interface AccessTokens {
  issue(userId: string): string;
  /** Throws 'unauthorized' for anything but a token of ours that has not ended. `exp` in seconds since 1970. */
  verify(token: string): { user_id: string; exp: number };
}

/** Access tokens: JWT with HS256, which only this server makes and reads. */
export function createAccessTokens(secret: Uint8Array, clock: Clock, random: RandomBytes): AccessTokens {
  const key = Buffer.from(secret);
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  return {
    issue(userId) {
      const iat = nowSeconds();
      const payload: z.infer<typeof payloadSchema> = {
        iss: issuer,
        jti: toHex(random(16)),
        sub: userId,
        iat,
        exp: iat + accessTokenSeconds,
      };
      return jsonwebtoken.sign(payload, key, { algorithm: 'HS256' });
    },
    verify(token) {
      if (token.length > longestToken) throw new Fault('unauthorized');
      try {
        const payload = payloadSchema.parse(
          jsonwebtoken.verify(token, key, { algorithms: ['HS256'], issuer, clockTimestamp: nowSeconds() }),
        );
        return { user_id: payload.sub, exp: payload.exp };
      } catch {
        throw new Fault('unauthorized');
      }
    },
  };
}
