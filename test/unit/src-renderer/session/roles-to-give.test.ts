import { expect, test } from 'vitest';
import type { Permission, PermissionTable, Role } from '../../../../shared/session/roles.ts';
import { rolesFor } from '../../../../src-renderer/features/session/use-managing.tsx';
import type { PresentPerson } from '../../../../src-renderer/session/live-session.ts';

function person(role: Role | null, isSelf = false): PresentPerson {
  return { user_id: 'x', name: 'Bob', color: '', role, is_self: isSelf, is_present: true, is_typing: false, song_id: null };
}

const manages: readonly Permission[] = ['manage_participants'];

/** The owner has all in any case. */
function tableOf(permissions: readonly Permission[]): PermissionTable {
  return { editor: [...permissions], commenter: [...permissions], viewer: [...permissions] };
}

test.each([
  ['owner', 'viewer', manages, ['editor', 'commenter', 'viewer']],
  ['editor', 'commenter', manages, ['editor', 'commenter', 'viewer']],
  ['commenter', 'editor', manages, []],
  ['commenter', 'viewer', manages, ['commenter', 'viewer']],
  ['editor', 'owner', manages, []],
  ['editor', null, manages, []],
  ['editor', 'viewer', [], []],
  ['owner', 'viewer', [], ['editor', 'commenter', 'viewer']],
  [null, 'viewer', manages, []],
] as const)('%s gives to %s with %j: %j', (role, target, permissions, given) => {
  expect(rolesFor(person(target), { role, table: tableOf(permissions) })).toEqual(given);
});

test('nobody gives a role to themselves', () => {
  expect(rolesFor(person('editor', true), { role: 'editor', table: tableOf(manages) })).toEqual([]);
});
