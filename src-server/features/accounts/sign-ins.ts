import type { DeviceStore } from '../devices/store.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { AccessTokens } from './tokens.ts';

export interface SignInParts {
  refreshTokens: RefreshTokens;
  accessTokens: AccessTokens;
  devices: DeviceStore;
  /** Ends every socket of a device. */
  closeDevice: (deviceId: string) => void;
  /** Ends the sockets of a person that are of no device. */
  closeUser: (userId: string) => void;
}

/** Ends all sign-ins of a person, inside a transaction. Answers what is to be done after it: their sockets end too. */
export type EndSignIns = (userId: string) => () => void;

export function createEndSignIns({ refreshTokens, accessTokens, devices, closeDevice, closeUser }: SignInParts): EndSignIns {
  return (userId) => {
    refreshTokens.revokeAllOf(userId);
    accessTokens.endAllOf(userId);
    return () => {
      for (const { device_id } of devices.of(userId)) closeDevice(device_id);
      closeUser(userId);
    };
  };
}
