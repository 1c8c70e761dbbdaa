import { expect, test } from 'vitest';
import { operations } from '../../../../shared/api/operations.ts';
import { changeOf, problemsOf, remaining, valuesOf } from '../../../../src-renderer/features/session-settings/settings-values.ts';
import { withPermission } from '../../../../src-renderer/features/permissions/with-permission.ts';
import { sessionOf } from '../session/snapshot.ts';

const session = sessionOf('music-lesson');
const values = valuesOf(session);

test('what a session says needs no correction, and is no change', () => {
  expect(problemsOf(values)).toEqual(new Set());
  expect(remaining(values, values)).toEqual({});
});

test('only what was changed goes to the server, in its words', () => {
  const edits = { name: ' Lesson ', max_participants: '6', cleanup_days: '1.5', access_mode: session.access_mode };
  const change = changeOf(remaining(edits, values));
  expect(change).toEqual({ name: 'Lesson', max_participants: 6, auto_cleanup_after: 129_600 });
  expect(operations.updateSession.input.parse({ id: session.id, ...change })).toBeDefined();
});

test('an edit that somebody else made too is none any more', () => {
  expect(remaining({ name: 'Saturday' }, { ...values, name: 'Saturday' })).toEqual({});
});

test.each([
  ['name', '  '],
  ['max_participants', '1'],
  ['max_participants', '51'],
  ['max_participants', 'many'],
  ['cleanup_days', ''],
  ['cleanup_days', '0'],
  ['cleanup_days', 'a week'],
  ['archive_days', '-3'],
] as const)('%s of %j is said before the server is asked', (name, value) => {
  expect(problemsOf({ ...values, [name]: value })).toEqual(new Set([name]));
});

test('a permission is given and taken in the order of all of them, for one role', () => {
  const given = withPermission(session.permission_table, 'viewer', 'comment', true);
  expect(given).toEqual({ ...session.permission_table, viewer: ['read', 'comment'] });
  expect(withPermission(given, 'viewer', 'comment', false)).toEqual(session.permission_table);
});
