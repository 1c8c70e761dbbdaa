import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import type { Clock } from '../../../shared/base/clock.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { toHex, uuidSchema, type RandomBytes } from '../../../shared/base/ids.ts';

/** Short: after a restart of the server nothing remembers which ones were ended before their time. */
export const accessTokenSeconds = 15 * 60;
const issuer = 'chordme';
/** A token of ours has about 300 characters; the bound keeps strangers from having megabytes hashed. */
const longestToken = 2_048;

const payloadSchema = z.strictObject({
  iss: z.literal(issuer),
  jti: z.string(),
  sub: uuidSchema,
  /** With milliseconds: tokens are ended by when they were made. */
  iat: z.number(),
  exp: z.int(),
});

export interface AccessTokens {
  issue(userId: string): string;
  /** Throws 'unauthorized' for anything but a token of ours that has not ended. `exp` in seconds since 1970. */
  verify(token: string): { user_id: string; exp: number };
  /** Those that this person has are no longer good; what is issued from now on is. */
  endAllOf(userId: string): void;
}

/** Access tokens: JWT with HS256, which only this server makes and reads. */
export function createAccessTokens(secret: Uint8Array, clock: Clock, random: RandomBytes): AccessTokens {
  const key = Buffer.from(secret);
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  /** Milliseconds up to which a person's tokens are ended; kept while one of them could still be good. */
  const endedUpTo = new Map<string, number>();
  return {
    issue(userId) {
      const iat = Math.max(clock.now(), (endedUpTo.get(userId) ?? 0) + 1) / 1000;
      const payload: z.infer<typeof payloadSchema> = {
        iss: issuer,
        jti: toHex(random(16)),
        sub: userId,
        iat,
        exp: nowSeconds() + accessTokenSeconds,
      };
      return jsonwebtoken.sign(payload, key, { algorithm: 'HS256' });
    },
    verify(token) {
      if (token.length > longestToken) throw new Fault('unauthorized');
      try {
        const payload = payloadSchema.parse(
          jsonwebtoken.verify(token, key, { algorithms: ['HS256'], issuer, clockTimestamp: nowSeconds() }),
        );
        if (Math.round(payload.iat * 1000) <= (endedUpTo.get(payload.sub) ?? 0)) throw new Fault('unauthorized');
        return { user_id: payload.sub, exp: payload.exp };
      } catch {
        throw new Fault('unauthorized');
      }
    },
    endAllOf(userId) {
      const now = clock.now();
      for (const [id, at] of endedUpTo) if (at + accessTokenSeconds * 1000 < now) endedUpTo.delete(id);
      endedUpTo.set(userId, now);
    },
  };
}
