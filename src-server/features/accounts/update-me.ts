import type { ParsedInputOf } from '../../../shared/api/operations.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { UserRow } from '../../database/schema.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { refuseWeakPassword } from './passwords.ts';
import type { AccountParts } from './service.ts';
import { toUser } from './user-store.ts';
import { tellOfNewEmail, tellOfNewPassword } from './notices.ts';

type Change = Partial<Pick<UserRow, 'name' | 'email' | 'password_hash'>>;

export function createUpdateMe(parts: AccountParts): Pick<Handlers, 'updateMe'> {
  const { db, users, passwords, admission, oneTimeTokens, mail } = parts;

  function present(id: string): UserRow {
    const row = users.openById(id);
    if (row === undefined) throw new Fault('unauthorized');
    return row;
  }

  /** A stolen access token alone must not take an account over; a guest has nothing else to show. */
  async function expectPassword(user: UserRow, given: string | undefined): Promise<void> {
    if (user.email === null) return;
    if (!(await passwords.matches(user.password_hash, given ?? ''))) throw new Fault('wrong-credentials');
  }

  function expectWholeUpgrade(user: UserRow, change: Change): void {
    if (user.email !== null) return;
    const missing = (['email', 'password'] as const).filter((key) => change[key === 'email' ? 'email' : 'password_hash'] === undefined);
    if (missing.length === 1) {
      throw new Fault(
        'unprocessable',
        undefined,
        missing.map((path) => ({ path, message: 'An account needs e-mail and password.' })),
      );
    }
    if (missing.length === 0) admission.admitGuest();
  }

  async function changeOf(before: UserRow, input: ParsedInputOf<'updateMe'>): Promise<Change> {
    const change: Change = {};
    if (input.name !== undefined && input.name !== before.name) change.name = input.name;
    const email = input.email?.toLowerCase();
    if (email !== undefined && email !== before.email) change.email = email;
    if (change.email !== undefined || input.password !== undefined) await expectPassword(before, input.current_password);
    if (input.password !== undefined) {
      refuseWeakPassword(input.password, change.email ?? before.email, input.name ?? before.name);
      change.password_hash = await passwords.hash(input.password);
    }
    return change;
  }

  return {
    async updateMe(input, caller) {
      const before = present(userOf(caller));
      const change = await changeOf(before, input);
      if (Object.keys(change).length === 0) return toUser(before);
      const after = db.transact(() => {
        // Asked again: it was changed, disabled or ended while the password was hashed.
        const now = present(before.id);
        if (now.email !== before.email || now.password_hash !== before.password_hash) throw new Fault('unauthorized');
        expectWholeUpgrade(now, change);
        if (change.email !== undefined && change.email !== null) {
          if (users.byEmail(change.email) !== undefined || admission.isReserved(change.email)) throw new Fault('email-taken');
        }
        users.update(before.id, change);
        const isNewPassword = change.password_hash !== undefined && before.email !== null;
        const cutOff = isNewPassword ? parts.endSignIns(before.id) : () => {};
        // A code that went to the old mailbox, or was asked for with the old password, is worth nothing now.
        if (change.email !== undefined || change.password_hash !== undefined) oneTimeTokens.revokeAllOf(before.id);
        return { cutOff, restated: change.name === undefined ? () => {} : parts.restate(before.id) };
      });
      after.restated();
      after.cutOff();
      if (before.email !== null) {
        if (change.email !== undefined && change.email !== null) tellOfNewEmail(mail, before.email, change.email);
        else if (change.password_hash !== undefined) tellOfNewPassword(mail, before.email);
      }
      return toUser(present(before.id));
    },
  };
}
