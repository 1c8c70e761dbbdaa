import { lifecycleMovesOf, type LifecycleMove } from './lifecycle.ts';
import type { GivenRole } from './invitation-schemas.ts';
import { can, outranks, roles, type PermissionTable, type Role, type SessionStatus } from './roles.ts';

/** Who asks, in the session it is about. */
export interface Standing {
  /** Null: takes no part. */
  role: Role | null;
  table: PermissionTable;
}

/** Somebody of the session, whether they take part or did. */
export interface Subject {
  role: Role | null;
  is_joined: boolean;
}

/** Roles, removal, bans: nobody touches the owner, or one who takes part and stands above them. */
export function mayManagePerson({ role, table }: Standing, subject: Subject): boolean {
  if (role === null || !can('manage_participants', role, table) || subject.role === 'owner') return false;
  return !subject.is_joined || subject.role === null || !outranks(subject.role, role);
}

/** To whomever, by an invitation, by a link or to one who takes part: never a role above one's own. */
export function mayGiveRole({ role }: Standing, given: Role): boolean {
  return role !== null && given !== 'owner' && !outranks(given, role);
}

/** The roles that one may give, from most to least. */
export function rolesToGive(by: Standing): readonly GivenRole[] {
  return roles.filter((role): role is GivenRole => role !== 'owner').filter((role) => mayGiveRole(by, role));
}

export function mayAddPeople({ role, table }: Standing): boolean {
  return can('add_participants', role, table);
}

/** Giving the session away, writing its table, hiding what happened: whoever else might would give themselves everything. */
export function isOwner({ role }: Standing): boolean {
  return role === 'owner';
}

export function mayManageSession({ role, table }: Standing): boolean {
  return can('manage_session', role, table);
}

export function mayDelete({ role, table }: Standing): boolean {
  return can('delete', role, table);
}

/** The moves of the session's state that this person may make now. */
export function movesOf(by: Standing, status: SessionStatus): readonly LifecycleMove[] {
  return mayManageSession(by) ? lifecycleMovesOf(status) : [];
}
