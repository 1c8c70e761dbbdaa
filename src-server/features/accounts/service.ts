import { Fault } from '../../../shared/base/errors.ts';
import type { Database } from '../../database/open-database.ts';
import type { UserRow } from '../../database/schema.ts';
import { type Deps, newId, timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { MailPort } from '../mail/port.ts';
import type { Admission } from './admission.ts';
import type { IssueCredentials } from './credentials.ts';
import type { OneTimeTokens } from './one-time-tokens.ts';
import { refuseWeakPassword, type Passwords } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { EndSignIns } from './sign-ins.ts';
import { isOpenAccount, toUser, type UserStore } from './user-store.ts';

export interface AccountParts {
  db: Database;
  deps: Deps;
  users: UserStore;
  passwords: Passwords;
  admission: Admission;
  credentials: IssueCredentials;
  refreshTokens: RefreshTokens;
  endSignIns: EndSignIns;
  oneTimeTokens: OneTimeTokens;
  mail: MailPort;
  /** Inside a transaction: the person stands otherwise in the statements of their sessions. Answers what is to be done after it. */
  restate(userId: string): () => void;
  /** Something failed that nobody waits for. */
  onFailure: (error: unknown) => void;
}

/** The row of a new person. */
export function newUser(deps: Deps, users: UserStore, given: Pick<UserRow, 'email' | 'name' | 'password_hash' | 'is_admin'>): UserRow {
  return {
    id: newId(deps),
    ...given,
    color: users.nextColor(),
    created_at: timestamp(deps.clock),
    last_seen_at: null,
    disabled_at: null,
    deleted_at: null,
    erased_at: null,
  };
}

export function createAccounts(
  parts: AccountParts,
): Pick<Handlers, 'register' | 'login' | 'refresh' | 'logout' | 'logoutEverywhere' | 'me'> {
  const { db, deps, users, passwords, admission, credentials, refreshTokens } = parts;

  return {
    async register(input) {
      const email = input.email.toLowerCase();
      const name = input.name ?? (email.split('@')[0] ?? email).slice(0, 80);
      admission.admit(email, input.code);
      refuseWeakPassword(input.password, email, name);
      const password_hash = await passwords.hash(input.password);
      return db.transact(() => {
        // Asked again: somebody else may have been first while the password was hashed.
        const { is_admin } = admission.admit(email, input.code);
        if (users.byEmail(email) !== undefined) throw new Fault('email-taken');
        const user = newUser(deps, users, { email, name, password_hash, is_admin: is_admin ? 1 : 0 });
        users.insert(user);
        return credentials(user, refreshTokens.open(user.id));
      });
    },

    async login(input) {
      const user = users.byEmail(input.email.toLowerCase());
      const isRight = await passwords.matches(user?.password_hash ?? null, input.password);
      if (user === undefined || !isRight) throw new Fault('wrong-credentials');
      // Asked again, since the password took its time.
      return db.transact(() => {
        const now = users.byId(user.id);
        if (now === undefined || now.password_hash !== user.password_hash) throw new Fault('wrong-credentials');
        if (!isOpenAccount(now)) throw new Fault('account-disabled');
        return credentials(now, refreshTokens.open(now.id));
      });
    },

    async refresh(input) {
      const { user_id, refresh_token } = refreshTokens.rotate(input.refresh_token, input.attempt);
      const user = users.openById(user_id);
      if (user === undefined) throw new Fault('unauthorized');
      return credentials(user, refresh_token);
    },

    async logout(input) {
      refreshTokens.revoke(input.refresh_token);
      return null;
    },

    async logoutEverywhere(_input, caller) {
      const userId = userOf(caller);
      db.transact(() => parts.endSignIns(userId))();
      return null;
    },

    async me(_input, caller) {
      const user = users.openById(userOf(caller));
      if (user === undefined) throw new Fault('unauthorized');
      return toUser(user);
    },
  };
}
