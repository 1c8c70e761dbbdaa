import { Fault } from '../../../shared/base/errors.ts';
import { isWritable, type Permission } from '../../../shared/session/roles.ts';
import { type Caller, userOf } from '../caller.ts';
import { enter, type Entered } from '../sessions/gate.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/**
 * The door of everything that writes into a ledger by REST: the permission, and a session in which writing counts (R-MEM-1).
 * Throws as `enter` does, and 'wrong-status'.
 */
export function enterToWrite(sessions: SessionStore, id: string, caller: Caller, permission: Permission): Entered & { userId: string } {
  const userId = userOf(caller);
  const entered = enter(sessions, id, userId, permission);
  const { session, role } = entered;
  if (!isWritable(session.status, role, session.is_dormant === 1)) throw new Fault('wrong-status');
  return { ...entered, userId };
}
