import { createHmac } from 'node:crypto';
import type { Clock } from '../../../shared/base/clock.ts';
import type { ServerConfig } from '../../config.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';

/** Longer than a day of rehearsing; a credential that leaked is of use no longer than that. */
const credentialSeconds = 12 * 60 * 60;

/**
 * TURN credentials by the REST scheme that coturn and others know (draft-uberti-behave-turn-rest): the user name is the time of
 * its end, the password its HMAC with the secret that this server shares with the TURN server. Only who is signed in
 * is given one: an open relay would be everybody's. R-MSH-4.
 */
export function createIceServers(
  config: Pick<ServerConfig, 'ice_servers' | 'turn_urls' | 'turn_secret'>,
  clock: Clock,
): Pick<Handlers, 'iceServers'> {
  return {
    iceServers: async (_input, caller) => {
      const userId = userOf(caller);
      if (config.turn_urls.length === 0) return { ice_servers: [...config.ice_servers], expires_at: null };
      const expires = Math.floor(clock.now() / 1_000) + credentialSeconds;
      const username = `${expires}:${userId}`;
      const credential = createHmac('sha1', config.turn_secret).update(username).digest('base64');
      return {
        ice_servers: [...config.ice_servers, { urls: [...config.turn_urls], username, credential }],
        expires_at: new Date(expires * 1_000).toISOString(),
      };
    },
  };
}
