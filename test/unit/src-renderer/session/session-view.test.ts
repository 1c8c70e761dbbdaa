import { expect, test } from 'vitest';
import type { ChatLine, PresentPerson } from '../../../../src-renderer/session/live-session.ts';
import { shareView } from '../../../../src-renderer/features/session/session-view.ts';
import { snapshotOf } from './snapshot.ts';

function line(id: string, isPending: boolean): ChatLine {
  const at = '2026-11-20T19:00:00.000Z';
  const said = { id, user_id: 'a', name: 'Ann', color: '#0072b2', text: id, at, is_own: true, is_pending: isPending };
  return { ...said, reply_to: null, reactions: [{ emoji: '🎵', names: ['Ann'], is_own: true }] };
}

function person(id: string, isTyping: boolean): PresentPerson {
  const role = 'editor' as const;
  return { user_id: id, name: id, color: '#0072b2', role, is_self: false, is_present: true, is_typing: isTyping, song_id: null };
}

test('a picture that says the same is the former one, whatever waits to be sent', () => {
  const before = shareView(null, snapshotOf({ chat: [line('1', false)], people: [person('a', false)], permissions: ['read'] }));
  const again = snapshotOf({ chat: [line('1', false)], people: [person('a', false)], permissions: ['read'], pendingCount: 7 });
  expect(shareView(before, again)).toBe(before);
});

test('what changed is new, what stands beside it is the former', () => {
  const people = [person('a', false), person('b', false)];
  const before = shareView(null, snapshotOf({ chat: [line('1', true)], people }));
  const after = shareView(
    before,
    snapshotOf({ chat: [line('1', false), line('2', true)], people: [person('a', false), person('b', true)] }),
  );
  expect(after.chat.map((each) => [each.id, each.is_pending])).toEqual([
    ['1', false],
    ['2', true],
  ]);
  expect(after.people[0]).toBe(before.people[0]);
  expect(after.people[1]).not.toBe(before.people[1]);
  expect(after.people[1]?.is_typing).toBe(true);
  expect(after.setlist).toBe(before.setlist);
});

test('a new order is a change, and so is another connection', () => {
  const before = shareView(null, snapshotOf({ people: [person('a', false), person('b', false)] }));
  const swapped = shareView(before, snapshotOf({ people: [person('b', false), person('a', false)] }));
  expect(swapped.people.map((each) => each.user_id)).toEqual(['b', 'a']);
  const offline = shareView(before, snapshotOf({ people: before.people, connection: { kind: 'offline', unsent: 1 } }));
  expect(offline).not.toBe(before);
  expect(shareView(offline, snapshotOf({ people: before.people, connection: { kind: 'offline', unsent: 2 } }))).not.toBe(offline);
});
