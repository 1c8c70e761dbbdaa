import { z } from 'zod';

/** From most to least; `outranks` compares by this order. */
export const roles = ['owner', 'editor', 'commenter', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const permissions = [
  'read',
  'edit',
  'comment',
  'chat',
  'add_participants',
  'manage_participants',
  'manage_session',
  'record',
  'moderate',
  'delete',
] as const;
export const permissionSchema = z.enum(permissions);
export type Permission = z.infer<typeof permissionSchema>;

/** A session's own table, copied from its template at creation. The owner's row is not in it: the owner always has all. */
export const permissionTableSchema = z.strictObject({
  editor: z.array(permissionSchema).max(permissions.length),
  commenter: z.array(permissionSchema).max(permissions.length),
  viewer: z.array(permissionSchema).max(permissions.length),
});
export type PermissionTable = z.infer<typeof permissionTableSchema>;

/** All that a role may do by a session's table. `null` is somebody without a role: nothing. */
export function permissionsOf(role: Role | null, table: PermissionTable): readonly Permission[] {
  if (role === null) return [];
  return role === 'owner' ? permissions : table[role];
}

/**
 * The one policy function of authority, peers and interface.
 * @param role the person's present role, null when they have none
 * @param table the session's own table
 */
export function can(permission: Permission, role: Role | null, table: PermissionTable): boolean {
  return permissionsOf(role, table).includes(permission);
}

/** Whether `role` stands above `other`: an inviter never gives more than their own. */
export function outranks(role: Role, other: Role): boolean {
  return roles.indexOf(role) < roles.indexOf(other);
}

export const sessionStatuses = ['scheduled', 'active', 'paused', 'ended', 'archived', 'deleted'] as const;
export const sessionStatusSchema = z.enum(sessionStatuses);
export type SessionStatus = z.infer<typeof sessionStatusSchema>;

/** Whether entries made in this state count for that role: R-MEM-1. */
export function isWritable(status: SessionStatus, role: Role | null, isDormant = false): boolean {
  if (status === 'active') return true;
  if (status === 'scheduled') return role === 'owner' || role === 'editor';
  return isDormant && (status === 'ended' || status === 'archived');
}
