import { expect, test } from 'vitest';
import { shortQuote } from '../../../../src-renderer/features/session/comment-words.ts';
import { whyNoComment } from '../../../../src-renderer/features/session/session-rights.ts';
import { permissionsOf, type Role, type SessionStatus } from '../../../../shared/session/roles.ts';
import { sessionOf, snapshotOf } from './snapshot.ts';

test('a quote is one line of at most sixty characters, whole ones', () => {
  expect(shortQuote('  holy\n night ')).toBe('holy night');
  expect(shortQuote('a'.repeat(60))).toBe('a'.repeat(60));
  expect(shortQuote('a'.repeat(61))).toBe(`${'a'.repeat(59)}…`);
  expect(shortQuote(`${'a'.repeat(58)}𝄞bc`)).toBe(`${'a'.repeat(58)}…`);
});

const lesson = sessionOf('music-lesson');
function why(role: Role | null, status: SessionStatus = 'active'): string | null {
  return whyNoComment(snapshotOf({ role, status, permissions: permissionsOf(role, lesson.permission_table) }), lesson);
}

test('who may comment is told nothing, who may not is told why', () => {
  for (const role of ['owner', 'editor', 'commenter'] as const) expect(why(role)).toBeNull();
  expect(why('viewer')).toBe('You are here as Listener. Only Teacher, Student, and Parent can comment.');
  expect(why('commenter', 'paused')).toBe('The session is not open: nobody can comment now.');
  expect(why(null)).toContain('no longer take part');
});
