import { expect, test } from 'vitest';
import { isStatusFilter, sessionsOf, statusFilters } from '../../../../src-renderer/features/sessions/session-filter.ts';
import { sessionOf } from '../session/snapshot.ts';

const old = sessionOf('band-practice', { name: 'old', last_activity_at: '2026-11-01T10:00:00.000Z' });
const ended = sessionOf('band-practice', { name: 'ended', status: 'ended', last_activity_at: '2026-11-10T10:00:00.000Z' });
const deleted = sessionOf('band-practice', { name: 'deleted', status: 'deleted' });
const recent = sessionOf('band-practice', { name: 'recent', last_activity_at: '2026-11-19T12:00:00.000Z' });
const all = [old, deleted, ended, recent];
const names = (filter: Parameters<typeof sessionsOf>[1]): string[] => sessionsOf(all, filter).map((session) => session.name);

test('all of them, newest activity first, never a deleted one', () => {
  expect(names('all')).toEqual(['recent', 'ended', 'old']);
});

test('one state at a time', () => {
  expect(names('active')).toEqual(['recent', 'old']);
  expect(names('ended')).toEqual(['ended']);
  expect(names('archived')).toEqual([]);
});

test('the filter offers every state that can be listed', () => {
  expect(statusFilters).toEqual(['all', 'scheduled', 'active', 'paused', 'ended', 'archived']);
  expect(isStatusFilter('deleted')).toBe(false);
});
