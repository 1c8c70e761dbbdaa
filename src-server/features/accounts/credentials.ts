import type { Credentials } from '../../../shared/api/auth.ts';
import type { Clock } from '../../../shared/base/clock.ts';
import type { UserRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { accessTokenSeconds, type AccessTokens } from './tokens.ts';
import { toUser, type UserStore } from './user-store.ts';

/** What a sign-in answers. Part of it is that the person was here now. */
export function createCredentials(parts: { clock: Clock; users: UserStore; accessTokens: AccessTokens }) {
  return (user: UserRow, refreshToken: string): Credentials => {
    parts.users.update(user.id, { last_seen_at: timestamp(parts.clock) });
    return {
      user: toUser(user),
      access_token: parts.accessTokens.issue(user.id),
      refresh_token: refreshToken,
      expires_in: accessTokenSeconds,
    };
  };
}
export type IssueCredentials = ReturnType<typeof createCredentials>;
