import { Fault } from '../../shared/base/errors.ts';

/** Who asks: on open operations `user_id` is null. */
export interface Caller {
  user_id: string | null;
  is_admin: boolean;
  /** Where the request came from, for the owner's list of what happened. */
  address?: string;
  user_agent?: string;
  /** The Idempotency-Key of the request; absent where it has none. */
  request_key?: string;
}

/** The caller's id where an operation needs a token. The gate has seen to it; throws 'unauthorized' otherwise. */
export function userOf(caller: Caller): string {
  if (caller.user_id === null) throw new Fault('unauthorized');
  return caller.user_id;
}
