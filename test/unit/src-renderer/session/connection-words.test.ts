import { expect, test } from 'vitest';
import { connectionTone, connectionWords } from '../../../../src-renderer/features/session/connection-words.ts';
import type { ConnectionState } from '../../../../src-renderer/session/live-session.ts';

const rows: [ConnectionState, string][] = [
  [{ kind: 'live', others: 2, isServerReachable: true }, 'Live with 2 others'],
  [{ kind: 'live', others: 1, isServerReachable: true }, 'Live with 1 other'],
  [{ kind: 'live', others: 3, isServerReachable: false }, 'Live with 3 others, server not reachable'],
  [{ kind: 'live', others: 1, isServerReachable: false }, 'Live with 1 other, server not reachable'],
  [{ kind: 'through-server' }, 'Connected through the server'],
  [{ kind: 'alone' }, 'Only you are here'],
  [{ kind: 'catching-up', percent: 41.9 }, 'Catching up… 41 %'],
  [{ kind: 'offline', unsent: 5 }, 'Offline, 5 changes not sent yet'],
  [{ kind: 'offline', unsent: 1 }, 'Offline, 1 change not sent yet'],
  [{ kind: 'offline', unsent: 0 }, 'Offline, all saved here'],
];

test.each(rows)('%o is said as "%s"', (state, words) => {
  expect(connectionWords(state)).toBe(words);
});

test('the dot warns exactly while the server or everyone is out of reach', () => {
  expect(rows.filter(([state]) => connectionTone(state) === 'warn').map(([state]) => state.kind)).toEqual([
    'live',
    'live',
    'offline',
    'offline',
    'offline',
  ]);
});
