import { Fault } from '../../shared/base/errors.ts';
import type { AccessTokens } from '../features/accounts/tokens.ts';
import type { UserStore } from '../features/accounts/user-store.ts';
import type { DeviceStore } from '../features/devices/store.ts';

/** Who stands behind a socket; `exp` in seconds since 1970: then it is closed with 'unauthorized'. */
interface SocketUser {
  user_id: string;
  exp: number;
}

export interface SocketAuth {
  /** The user of an access token. Throws 'unauthorized'. */
  verifyToken(token: string): SocketUser;
  /** The same, for a device of that user which is not revoked. Throws 'unauthorized'. */
  verifyDevice(token: string, deviceId: string): SocketUser;
}

/** How every socket is authenticated: by its first message, never by its URL, which proxies log. */
export function createSocketAuth(tokens: AccessTokens, users: UserStore, devices: DeviceStore): SocketAuth {
  function verifyToken(token: string): SocketUser {
    const { user_id, exp } = tokens.verify(token);
    if (users.openById(user_id) === undefined) throw new Fault('unauthorized');
    return { user_id, exp };
  }
  return {
    verifyToken,
    verifyDevice(token, deviceId) {
      const user = verifyToken(token);
      if (!devices.isPresent(deviceId, user.user_id)) throw new Fault('unauthorized');
      return user;
    },
  };
}
