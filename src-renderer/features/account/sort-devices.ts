import type { Device } from '../../../shared/api/auth.ts';

const lastSign = ({ last_seen_at, created_at }: Device): string => last_seen_at ?? created_at;

/** Those that may write, this one first and then the ones seen last; and those that were revoked, the latest first. */
export function sortDevices(devices: readonly Device[], thisDevice: string | null): { present: Device[]; revoked: Device[] } {
  const isThis = ({ device_id }: Device): number => (device_id === thisDevice ? 0 : 1);
  return {
    present: devices
      .filter(({ revoked_at }) => revoked_at === null)
      .toSorted((a, b) => isThis(a) - isThis(b) || (lastSign(a) < lastSign(b) ? 1 : -1)),
    revoked: devices
      .filter(({ revoked_at }) => revoked_at !== null)
      .toSorted((a, b) => ((a.revoked_at ?? '') < (b.revoked_at ?? '') ? 1 : -1)),
  };
}
