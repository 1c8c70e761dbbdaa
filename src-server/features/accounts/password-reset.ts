import { Fault } from '../../../shared/base/errors.ts';
import type { ServerConfig } from '../../config.ts';
import type { Handlers } from '../handlers.ts';
import { resetLetter, tellOfNewPassword } from './notices.ts';
import { refuseWeakPassword } from './passwords.ts';
import type { AccountParts } from './service.ts';

/** Codes of one person that are good at a time: a mailbox is not to be filled by strangers. */
const openCodes = 3;

export function createPasswordReset(
  parts: AccountParts & { config: Pick<ServerConfig, 'name' | 'public_url'> },
): Pick<Handlers, 'forgotPassword' | 'resetPassword'> {
  const { db, deps, config, users, passwords, oneTimeTokens, mail } = parts;

  async function sendCode(email: string): Promise<void> {
    const user = users.byEmail(email);
    if (user === undefined || users.openById(user.id) === undefined) return;
    const token = db.transact(() =>
      oneTimeTokens.countOf(user.id, 'password-reset') < openCodes ? oneTimeTokens.issue(user.id, 'password-reset').token : null,
    );
    if (token !== null) await mail.sendMail(resetLetter(config, email, token));
  }

  function holderOf(token: string): string {
    const userId = oneTimeTokens.holderOf(token, 'password-reset');
    if (userId === null) throw new Fault('unprocessable', undefined, [{ path: 'token', message: 'This code is not good, or no longer.' }]);
    return userId;
  }

  return {
    async forgotPassword({ email }) {
      if (!mail.isSetUp) throw new Fault('mail-not-set-up');
      // After the answer, so that neither its words nor its time tell whether somebody has that address.
      deps.timers.after(0, () => void sendCode(email.toLowerCase()).catch(parts.onFailure));
      return null;
    },

    async resetPassword({ token, password }) {
      const user = users.openById(holderOf(token));
      if (user === undefined) throw new Fault('account-disabled');
      refuseWeakPassword(password, user.email, user.name);
      const password_hash = await passwords.hash(password);
      const cutOff = db.transact(() => {
        // Asked again: of two who use one code at once, one is too late.
        holderOf(token);
        users.update(user.id, { password_hash });
        oneTimeTokens.revokeAllOf(user.id);
        return parts.endSignIns(user.id);
      });
      cutOff();
      if (user.email !== null) tellOfNewPassword(mail, user.email);
      return null;
    },
  };
}
