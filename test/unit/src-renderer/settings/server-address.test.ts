import { expect, test } from 'vitest';
import { readServerAddress } from '../../../../src-renderer/features/settings/server-address.ts';

test.each([
  ['chords.example.org', 'https://chords.example.org'],
  [' https://chords.example.org/some/page?x=1 ', 'https://chords.example.org'],
  ['http://192.168.1.20:4777', 'http://192.168.1.20:4777'],
  ['localhost:4777', 'http://localhost:4777'],
  ['127.0.0.1:4777/', 'http://127.0.0.1:4777'],
])('%o is the server %o', (typed, origin) => {
  expect(readServerAddress(typed)).toBe(origin);
});

test.each(['', '   ', 'ftp://example.org', 'javascript://x', 'https://me:pass@example.org', 'http://', 'two words'])(
  '%o is no server',
  (typed) => {
    expect(readServerAddress(typed)).toBeNull();
  },
);
