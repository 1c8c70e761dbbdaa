import { expect, test } from 'vitest';
import { activityTypes, type Activity, type ActivityType } from '../../../../shared/session/history-schemas.ts';
import { activityWords } from '../../../../src-renderer/features/activity/activity-words.ts';
import { endOfDay } from '../../../../src-renderer/features/activity/use-activities.ts';
import { dayBars, shownDays } from '../../../../src-renderer/features/stats/day-bars.ts';
import { sessionOf } from '../session/snapshot.ts';

const lesson = sessionOf('music-lesson');
const [ann, bob] = [
  { id: '01934567-89ab-7def-8123-456789abcd01', name: 'Ann' },
  { id: '01934567-89ab-7def-8123-456789abcd02', name: 'Bob' },
];

function activity(type: ActivityType, more: Partial<Activity> = {}): Activity {
  return {
    id: '01934567-89ab-7def-8123-456789abcdef',
    type,
    actor: ann,
    subject: null,
    description: '',
    details: {},
    is_private: false,
    created_at: '2026-11-20T19:00:00.000Z',
    address: null,
    user_agent: null,
    ...more,
  };
}

function day(name: string, edits: number) {
  return { day: name, entries: edits, edits, comments: 0, messages: 0 };
}

test('what happened is told in the words of the session', () => {
  const role = activity('role_changed', { subject: bob, details: { from: 'viewer', to: 'editor' } });
  expect(activityWords(role, lesson)).toBe('Ann made Bob Student, before Listener.');
  const joined = activity('participant_joined', { actor: bob, details: { way: 'link', role: 'viewer' } });
  expect(activityWords(joined, lesson)).toBe('Bob joined by a link as Listener.');
  const changed = activity('session_settings_changed', { details: { changed: ['name', 'permission_table'] } });
  expect(activityWords(changed, lesson)).toBe('Ann changed the name and who may do what.');
  expect(activityWords(activity('session_archived', { actor: null }), lesson)).toBe('The server put the session into the archive.');
  expect(activityWords(activity('song_edited', { details: { edits: 1 } }), lesson)).toBe('Ann made 1 change in the songs.');
});

test('every kind of row has its words, also where a newer server says nothing more', () => {
  for (const type of activityTypes) {
    const told = activityWords(activity(type, { actor: { ...ann, name: '' }, details: {} }), lesson);
    expect(told, type).toMatch(/^\S.*\.$/u);
    expect(told, type).not.toMatch(/undefined|null|NaN|_/u);
  }
});

test('a day ends when the next one begins here', () => {
  expect(endOfDay('2026-11-25')).toBe(new Date(2026, 10, 26).toISOString());
  expect(endOfDay('2026-12-31')).toBe(new Date(2027, 0, 1).toISOString());
  expect(endOfDay('today')).toBeNull();
});

test('days without anything stand between those with something; at most a month is drawn', () => {
  const bars = dayBars([day('2026-10-30', 3), day('2026-11-02', 5)]);
  expect(bars.map((bar) => [bar.day, bar.edits])).toEqual([
    ['2026-10-30', 3],
    ['2026-10-31', 0],
    ['2026-11-01', 0],
    ['2026-11-02', 5],
  ]);
  expect(dayBars([day('2025-01-01', 1), day('2026-11-02', 5)])).toHaveLength(shownDays);
  expect(dayBars([])).toEqual([]);
});
