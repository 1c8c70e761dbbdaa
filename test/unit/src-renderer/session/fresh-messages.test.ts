import { expect, test } from 'vitest';
import { freshMessages } from '../../../../src-renderer/features/session/fresh-messages.ts';
import type { ChatLine, LiveSnapshot } from '../../../../src-renderer/session/live-session.ts';
import { snapshotOf } from './snapshot.ts';

function line(id: string, is_own = false): ChatLine {
  const said = { id, user_id: 'u', name: 'Ben', color: '#000', text: id, at: '2026-11-20T19:00:00.000Z', is_pending: false };
  return { ...said, is_own, reply_to: null, reactions: [] };
}
function level(...chat: ChatLine[]): LiveSnapshot {
  return snapshotOf({ phase: 'ready', connection: { kind: 'alone' }, chat });
}

test('what others said since the picture before is fresh; what oneself said is not', () => {
  const before = level(line('a'));
  expect(freshMessages(before, level(line('a'), line('b'), line('c', true))).map(({ id }) => id)).toEqual(['b']);
  expect(freshMessages(before, before)).toEqual([]);
});

test('what was read from disk, or comes while catching up, is old', () => {
  const now = level(line('a'));
  expect(freshMessages(null, now)).toEqual([]);
  expect(freshMessages(snapshotOf({ phase: 'opening', chat: [] }), now)).toEqual([]);
  const catchingUp = snapshotOf({ phase: 'ready', connection: { kind: 'catching-up', percent: 50 }, chat: [line('a')] });
  expect(freshMessages(level(), catchingUp)).toEqual([]);
  expect(freshMessages(catchingUp, level(line('a'), line('b')))).toEqual([]);
});
