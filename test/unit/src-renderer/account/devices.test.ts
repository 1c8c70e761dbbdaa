import { expect, test } from 'vitest';
import type { Device } from '../../../../shared/api/auth.ts';
import { gateRefusal, mayCall } from '../../../../shared/api/gate-policy.ts';
import { checkChange } from '../../../../src-renderer/features/account/check-account.ts';
import { sortDevices } from '../../../../src-renderer/features/account/sort-devices.ts';
import { deviceName } from '../../../../src-renderer/session/device-name.ts';

const device = (id: string, seen: string | null, revoked: string | null = null): Device => ({
  device_id: id,
  name: id,
  created_at: '2026-01-01T00:00:00.000Z',
  last_seen_at: seen,
  revoked_at: revoked,
});

test('this device comes first, then those seen last; revoked ones are apart', () => {
  const { present, revoked } = sortDevices(
    [
      device('old', null),
      device('new', '2026-03-01T00:00:00.000Z'),
      device('gone', null, '2026-02-01T00:00:00.000Z'),
      device('this', '2026-01-02T00:00:00.000Z'),
    ],
    'this',
  );
  expect(present.map(({ name }) => name)).toEqual(['this', 'new', 'old']);
  expect(revoked.map(({ name }) => name)).toEqual(['gone']);
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', 'Chrome on Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge on Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on macOS'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 chordme/0.1.0 Chrome/140.0.0.0 Electron/45.4.1 Safari/537.36',
    'ChordMe on macOS',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari on iOS'],
  ['something else', 'ChordMe'],
])('a device is named so that its person knows it: %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});

test('of a change only what is asked for is looked at', () => {
  expect(checkChange({ name: 'Ann' })).toEqual({});
  expect(checkChange({ email: 'ann@', present: '' })).toMatchObject({ email: expect.any(String), present: expect.any(String) });
  expect(checkChange({ password: 'nine char', present: 'x' })).toEqual({ password: 'Use at least 10 characters.' });
});

test('who passes which gate: the server refuses by it, the interface shows by it', () => {
  const guest = { email: null, is_admin: false };
  const user = { email: 'ann@example.org', is_admin: false };
  const admin = { email: 'ann@example.org', is_admin: true };
  const gates = ['open', 'user', 'participant', 'account', 'admin'] as const;
  expect([null, guest, user, admin].map((person) => gates.map((gate) => gateRefusal(gate, person)))).toEqual([
    [null, 'unauthorized', 'unauthorized', 'unauthorized', 'unauthorized'],
    [null, null, null, 'account-needed', 'forbidden'],
    [null, null, null, null, 'forbidden'],
    [null, null, null, null, null],
  ]);
  expect([mayCall('listUsers', user), mayCall('listUsers', admin), mayCall('createTemplate', guest)]).toEqual([false, true, false]);
});
