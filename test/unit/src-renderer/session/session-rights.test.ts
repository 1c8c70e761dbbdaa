import { expect, test } from 'vitest';
import { permissionsOf, type Role, type SessionStatus } from '../../../../shared/session/roles.ts';
import { builtInTemplates } from '../../../../shared/session/templates.ts';
import { movesOf } from '../../../../shared/session/people-policy.ts';
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

function moves(role: Role | null, status: SessionStatus) {
  return movesOf({ role, table: lesson.permission_table }, status);
}

test('whoever manages the session is offered the moves of its state and no other; who does not, none', () => {
  expect(moves('owner', 'scheduled')).toEqual(['start', 'end']);
  expect(moves('owner', 'active')).toEqual(['pause', 'end']);
  expect(moves('owner', 'paused')).toEqual(['resume', 'end']);
  expect(moves('owner', 'ended')).toEqual(['reopen', 'archive']);
  expect(moves('owner', 'archived')).toEqual(['reopen']);
  expect(moves('owner', 'deleted')).toEqual([]);
  for (const role of ['editor', 'commenter', 'viewer', null] as const) expect(moves(role, 'active')).toEqual([]);
});

test('every built-in template names who may change its songs', () => {
  for (const template of builtInTemplates) expect(labelsOfThoseWho('edit', sessionOf(template.id))).not.toBe('');
});
