import type { Device } from '../../../shared/api/auth.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { fromHex, toHex, uuidToBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';
import { concat, utf8 } from '../../../shared/ledger/bytes.ts';
import { deviceIdOf, type Verifier } from '../../../shared/ledger/keys.ts';
import type { DeviceRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from '../sessions/epoch.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { DeviceStore } from './store.ts';

const dayMs = 24 * 60 * 60 * 1_000;

function toDevice(row: DeviceRow): Device {
  const { public_key: _key, user_id: _user, ...device } = row;
  return device;
}

export interface DeviceParts extends Pick<SessionParts, 'db' | 'deps' | 'sessions' | 'changes' | 'ledger'> {
  devices: DeviceStore;
  /** RFC 7638 thumbprint of the authority's key: the proof is good for this server only. */
  thumbprintBytes: Uint8Array;
  verifier: Pick<Verifier, 'verify'>;
  /** The person has a device more than before. */
  tellOfNewDevice(userId: string, name: string): void;
  /** Ends the other sockets of a device that was revoked. */
  closeSockets(deviceId: string): void;
}

export function createDevices(parts: DeviceParts): Pick<Handlers, 'listDevices' | 'registerDevice' | 'revokeDevice'> {
  const { db, deps, sessions, changes, ledger, devices } = parts;

  /** Inside a transaction: every session that lists its user's devices says so. */
  function restateSessionsOf(userId: string): string[] {
    const affected = sessions.sessionsOf(userId);
    for (const sessionId of affected) advanceEpoch(db, sessions, sessionId);
    return affected;
  }

  function revoke(rows: readonly DeviceRow[]): void {
    for (const row of rows) devices.revoke(row.device_id, timestamp(deps.clock));
  }

  function closeAll(rows: readonly DeviceRow[]): void {
    for (const row of rows) {
      ledger.closeDevice(row.device_id);
      parts.closeSockets(row.device_id);
    }
  }

  return {
    async listDevices(_input, caller) {
      return { items: devices.of(userOf(caller)).map(toDevice), next_cursor: null };
    },

    async registerDevice(input, caller) {
      const userId = userOf(caller);
      const publicKey = fromHex(input.public_key);
      const message = concat(utf8('chordme-device-v1'), uuidToBytes(userId), parts.thumbprintBytes);
      if (!(await parts.verifier.verify(input.public_key, publicKey, fromHex(input.signature), message))) throw new Fault('proof-failed');

      const deviceId = toHex(deviceIdOf(publicKey));
      const done = db.transact(() => {
        const known = devices.find(deviceId);
        if (known !== undefined) {
          if (known.user_id !== userId) throw new Fault('device-known');
          // Revoked is for good: the app makes itself a new key.
          if (known.revoked_at !== null) throw new Fault('forbidden');
          return { row: known, retired: [], affected: [], isFurther: false };
        }
        if (devices.countMadeSince(userId, timestamp(deps.clock, -dayMs)) >= limits.devicesPerDay) throw new Fault('rate-limited');
        const row: DeviceRow = {
          device_id: deviceId,
          public_key: input.public_key,
          user_id: userId,
          name: input.name,
          created_at: timestamp(deps.clock),
          last_seen_at: null,
          revoked_at: null,
        };
        // A browser whose data was cleared leaves its device behind: those not seen for longest make room. R-LIM-1.
        const present = devices.presentOf(userId);
        const retired = present.slice(limits.presentDevicesPerUser - 1);
        revoke(retired);
        devices.insert(row);
        return { row, retired, affected: restateSessionsOf(userId), isFurther: present.length > 0 };
      });
      changes.announce(done.affected);
      closeAll(done.retired);
      if (done.isFurther) parts.tellOfNewDevice(userId, input.name);
      return toDevice(done.row);
    },

    async revokeDevice(input, caller) {
      const userId = userOf(caller);
      const done = db.transact(() => {
        const row = devices.find(input.device_id);
        if (row === undefined || row.user_id !== userId) throw new Fault('not-found');
        if (row.revoked_at !== null) return null;
        revoke([row]);
        return { row, affected: restateSessionsOf(userId) };
      });
      if (done !== null) {
        changes.announce(done.affected);
        closeAll([done.row]);
      }
      return null;
    },
  };
}
