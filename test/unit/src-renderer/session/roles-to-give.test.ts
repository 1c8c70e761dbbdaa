import { expect, test } from 'vitest';
import type { Permission, Role } from '../../../../shared/session/roles.ts';
import { rolesToGive } from '../../../../src-renderer/features/session/use-managing.tsx';
import type { PresentPerson } from '../../../../src-renderer/session/live-session.ts';

function person(role: Role | null, isSelf = false): PresentPerson {
  return { user_id: 'x', name: 'Bob', color: '', role, is_self: isSelf, is_present: true, is_typing: false, song_id: null };
}

const manages: readonly Permission[] = ['manage_participants'];

test.each([
  ['owner', 'viewer', manages, ['editor', 'commenter', 'viewer']],
  ['editor', 'commenter', manages, ['editor', 'commenter', 'viewer']],
  ['commenter', 'editor', manages, []],
  ['commenter', 'viewer', manages, ['commenter', 'viewer']],
  ['editor', 'owner', manages, []],
  ['editor', null, manages, []],
  ['owner', 'viewer', [], []],
  [null, 'viewer', manages, []],
] as const)('%s gives to %s with %j: %j', (role, target, permissions, given) => {
  expect(rolesToGive(person(target), { role, permissions })).toEqual(given);
});

test('nobody gives a role to themselves', () => {
  expect(rolesToGive(person('editor', true), { role: 'editor', permissions: manages })).toEqual([]);
});
