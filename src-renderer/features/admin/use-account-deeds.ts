import { useQueryClient } from '@tanstack/react-query';
import type { Account } from '../../../shared/api/admin.ts';
import type { InputOf } from '../../../shared/api/operations.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { request } from '../../app/request.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { sayDone, sayFault } from '../../ui/notices.tsx';

const words = en.admin.users;

export interface AccountDeeds {
  block(account: Account, isBlocked: boolean): void;
  appoint(account: Account, isAdmin: boolean): void;
  sendCode(account: Account): void;
}

function ask(title: string, question: string, onConfirm: () => void, isGrave = false): void {
  confirm({ title, words: question, confirm: title, isGrave, onConfirm });
}

/** What an administrator does with a person. It asks before somebody loses something. */
export function useAccountDeeds(ownId: string): AccountDeeds {
  const bridge = useBridge();
  const client = useQueryClient();
  const update = async (account: Account, change: Omit<InputOf<'updateUser'>, 'user_id'>, done: string): Promise<void> => {
    try {
      await request(bridge, 'updateUser', { user_id: account.id, ...change });
      sayDone(done);
      await client.invalidateQueries({ queryKey: keys.admin });
      // Who gave their own office away does not see this page any more.
      if (account.id === ownId) await request(bridge, 'me', {});
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  return {
    block: (account, isBlocked) => {
      const { name } = account;
      if (!isBlocked) void update(account, { is_disabled: false }, words.isUnblocked(name));
      else ask(words.block, words.blockConfirm(name), () => void update(account, { is_disabled: true }, words.isBlocked(name)), true);
    },
    appoint: (account, isAdmin) => {
      const { name } = account;
      const appoint = (): void => void update(account, { is_admin: isAdmin }, isAdmin ? words.isAdmin(name) : words.isNoAdmin(name));
      if (isAdmin) ask(words.makeAdmin, words.makeAdminConfirm(name), appoint);
      else if (account.id === ownId) ask(words.unmakeAdmin, words.unmakeOwnConfirm, appoint);
      else appoint();
    },
    sendCode: ({ email }) => {
      if (email === null) return;
      void request(bridge, 'forgotPassword', { email }).then(
        () => sayDone(words.isReset(email)),
        (error: unknown) => sayFault(toFault(error)),
      );
    },
  };
}
