import type { FastifyRequest } from 'fastify';
import { gateRefusal } from '../../shared/api/gate-policy.ts';
import type { Gate } from '../../shared/api/operation.ts';
import { Fault } from '../../shared/base/errors.ts';
import type { AccessTokens } from '../features/accounts/tokens.ts';
import type { UserStore } from '../features/accounts/user-store.ts';
import type { Caller } from '../features/caller.ts';

/** As long as browsers' own are; it is kept with what they did. */
const longestAgent = 300;
const nobody: Caller = { user_id: null, is_admin: false };

/** Who asks, from the Authorization header. Throws 'unauthorized', or 'not-found' where only administrators may know of it. */
export function createAuthenticate(tokens: AccessTokens, users: UserStore) {
  return (request: FastifyRequest, gate: Gate): Caller => {
    if (gate === 'open') return nobody;
    const token = /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Fault('unauthorized');
    const user = users.openById(tokens.verify(token).user_id);
    // The account may be gone or disabled before its token ends.
    if (user === undefined) throw new Fault('unauthorized');
    const is_admin = user.is_admin === 1;
    const refusal = gateRefusal(gate, { email: user.email, is_admin });
    if (refusal !== null) throw new Fault(refusal);
    const agent = request.headers['user-agent']?.slice(0, longestAgent);
    return { user_id: user.id, is_admin, address: request.ip, ...(agent !== undefined && { user_agent: agent }) };
  };
}
