import { outranks, permissions, roles, type Permission, type PermissionTable, type Role } from '../../../shared/session/roles.ts';

export type MemberRole = Exclude<Role, 'owner'>;
export const memberRoles = roles.filter((role): role is MemberRole => outranks('owner', role));

/** The table with one permission given or taken, in the order of all permissions. */
export function withPermission(table: PermissionTable, role: MemberRole, permission: Permission, isGiven: boolean): PermissionTable {
  const has = (each: Permission): boolean => (each === permission ? isGiven : table[role].includes(each));
  return { ...table, [role]: permissions.filter(has) };
}
