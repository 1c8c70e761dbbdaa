import { expect, test } from 'vitest';
import { permissionsOf, type Role, type SessionStatus } from '../../../../shared/session/roles.ts';
import { builtInTemplates } from '../../../../shared/session/templates.ts';
import { lifecycleActions } from '../../../../src-renderer/features/session/use-session-actions.tsx';
import { labelsOfThoseWho, mayWrite, statusBar, whyReadOnly } from '../../../../src-renderer/features/session/session-rights.ts';
import { sessionOf, snapshotOf } from './snapshot.ts';

const lesson = sessionOf('music-lesson');

function at(role: Role | null, status: SessionStatus = 'active') {
  return snapshotOf({ role, status, permissions: permissionsOf(role, lesson.permission_table) });
}

test('who may write is told nothing, who may not is told why in the words of the session', () => {
  expect(whyReadOnly(at('owner'), lesson)).toBeNull();
  expect(whyReadOnly(at('editor'), lesson)).toBeNull();
  expect(whyReadOnly(at('viewer'), lesson)).toBe('You are here as Listener. Only Teacher and Student can change songs.');
  expect(whyReadOnly(at('owner', 'paused'), lesson)).toBe('Paused: the songs cannot be changed now.');
  expect(whyReadOnly(at('editor', 'ended'), lesson)).toBe('Ended: the songs cannot be changed any more.');
  expect(whyReadOnly(at(null), lesson)).toContain('no longer take part');
});

test('a planned session is prepared by those who lead and write, and chat waits for nobody else', () => {
  expect(mayWrite('edit', at('editor', 'scheduled'))).toBe(true);
  expect(mayWrite('chat', at('commenter', 'scheduled'))).toBe(false);
  expect(mayWrite('chat', at('commenter'))).toBe(true);
  expect(mayWrite('chat', at('viewer'))).toBe(false);
});

test('labels are named once, even where two roles share one', () => {
  expect(labelsOfThoseWho('comment', sessionOf('quick-review'))).toBe('Author and Reviewer');
});

test('a bar stands over every session that is not simply open', () => {
  expect(statusBar(at('owner'))).toBeNull();
  for (const status of ['scheduled', 'paused', 'ended', 'archived', 'deleted'] as const)
    expect(statusBar(at('owner', status))).not.toBeNull();
});

test('the menu offers the moves of the lifecycle and no other', () => {
  expect(lifecycleActions('active')).toEqual(['pause', 'end']);
  expect(lifecycleActions('paused')).toEqual(['resume', 'end']);
  expect(lifecycleActions('ended')).toEqual(['reopen']);
  expect(lifecycleActions('archived')).toEqual(['reopen']);
  expect(lifecycleActions('deleted')).toEqual([]);
});

test('every built-in template names who may change its songs', () => {
  for (const template of builtInTemplates) expect(labelsOfThoseWho('edit', sessionOf(template.id))).not.toBe('');
});
