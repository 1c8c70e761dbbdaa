import type { FaultCode } from '../base/errors.ts';
import type { Gate } from './operation.ts';
import { operations, type OperationName } from './operations.ts';

/** What a gate looks at; null: nobody is signed in. */
export type GatePerson = { email: string | null; is_admin: boolean } | null;

/**
 * Why somebody does not pass a gate, null when they do: the server refuses by it, and the interface shows only what it lets
 * through. `participant` is decided from the session's own table, with `can`.
 */
export function gateRefusal(gate: Gate, person: GatePerson): FaultCode | null {
  if (gate === 'open') return null;
  if (person === null) return 'unauthorized';
  if (gate === 'admin' && !person.is_admin) return 'forbidden';
  if (gate === 'account' && person.email === null) return 'account-needed';
  return null;
}

/** Whether the server would hear this operation of that person. */
export function mayCall(name: OperationName, person: GatePerson): boolean {
  return gateRefusal(operations[name].gate, person) === null;
}
