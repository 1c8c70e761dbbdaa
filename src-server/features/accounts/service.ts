import type { Credentials } from '../../../shared/api/auth.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { ServerConfig } from '../../config.ts';
import type { Database } from '../../database/open-database.ts';
import type { UserRow } from '../../database/schema.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { refuseWeakPassword, type Passwords } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { accessTokenSeconds, type AccessTokens } from './tokens.ts';
import { toUser, type UserStore } from './user-store.ts';

export interface AccountParts {
  db: Database;
  deps: Deps;
  config: Pick<ServerConfig, 'registration' | 'admin'>;
  users: UserStore;
  passwords: Passwords;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  /** After a name changed: it stands in the statements of the person's sessions. Runs inside the transaction, answers what is to be done after it. */
  onRenamed(userId: string): () => void;
}

export type AccountHandlers = Pick<Handlers, 'register' | 'login' | 'refresh' | 'logout' | 'me' | 'updateMe'>;

export function createAccounts(parts: AccountParts): AccountHandlers {
  const { db, deps, config, users, passwords, accessTokens, refreshTokens } = parts;

  function credentials(user: UserRow, refreshToken: string): Credentials {
    return {
      user: toUser(user),
      access_token: accessTokens.issue(user.id),
      refresh_token: refreshToken,
      expires_in: accessTokenSeconds,
    };
  }

  function userById(id: string): UserRow {
    const row = users.byId(id);
    if (row === undefined) throw new Fault('unauthorized');
    return row;
  }

  /** The administrator, or the first of a new server, gets in whatever the setting says: else nobody could. */
  function mayRegister(email: string): { is_admin: boolean } {
    const is_admin = config.admin === '' ? users.isEmpty() : email === config.admin;
    if (config.registration !== 'open' && !is_admin) throw new Fault('registration-closed');
    return { is_admin };
  }

  return {
    async register(input) {
      const email = input.email.toLowerCase();
      const name = input.name ?? (email.split('@')[0] ?? email).slice(0, 80);
      mayRegister(email);
      refuseWeakPassword(input.password, email, name);
      const password_hash = await passwords.hash(input.password);
      return db.transact(() => {
        // Asked again: somebody else may have been first while the password was hashed.
        const { is_admin } = mayRegister(email);
        if (users.byEmail(email) !== undefined) throw new Fault('email-taken');
        const user: UserRow = {
          id: newId(deps),
          email,
          name,
          color: users.nextColor(),
          password_hash,
          is_admin: is_admin ? 1 : 0,
          created_at: timestamp(deps.clock),
        };
        users.insert(user);
        return credentials(user, refreshTokens.open(user.id));
      });
    },

    async login(input) {
      const user = users.byEmail(input.email.toLowerCase());
      const isRight = await passwords.matches(user?.password_hash ?? null, input.password);
      if (user === undefined || !isRight) throw new Fault('wrong-credentials');
      return credentials(user, refreshTokens.open(user.id));
    },

    async refresh(input) {
      const { user_id, refresh_token } = refreshTokens.rotate(input.refresh_token);
      return credentials(userById(user_id), refresh_token);
    },

    async logout(input) {
      refreshTokens.revoke(input.refresh_token);
      return null;
    },

    async me(_input, caller) {
      return toUser(userById(userOf(caller)));
    },

    async updateMe(input, caller) {
      const before = userById(userOf(caller));
      const change: Partial<Pick<UserRow, 'name' | 'password_hash'>> = {};
      if (input.name !== undefined && input.name !== before.name) change.name = input.name;
      if (input.password !== undefined) {
        // A stolen access token alone must not take the account over.
        const isRight = await passwords.matches(before.password_hash, input.current_password ?? '');
        if (!isRight) throw new Fault('wrong-credentials');
        refuseWeakPassword(input.password, before.email, input.name ?? before.name);
        change.password_hash = await passwords.hash(input.password);
      }
      if (Object.keys(change).length === 0) return toUser(before);
      const after = db.transact(() => {
        users.update(before.id, change);
        if (change.password_hash !== undefined) refreshTokens.revokeAllOf(before.id);
        return { run: change.name === undefined ? () => {} : parts.onRenamed(before.id) };
      });
      after.run();
      return toUser(userById(before.id));
    },
  };
}
