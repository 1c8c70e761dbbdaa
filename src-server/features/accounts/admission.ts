import { Fault } from '../../../shared/base/errors.ts';
import type { ServerConfig } from '../../config.ts';
import type { SettingsStore } from '../admin/settings.ts';
import type { UserStore } from './user-store.ts';

/** What lets somebody in where `registration` is `invited`; asked of sessions. */
export interface Welcome {
  /** Whether an invitation to this address is open. */
  isInvited(email: string): boolean;
  /** Whether somebody may join by this code now. */
  isJoinCode(code: string): boolean;
  /** Whether the first of a new server becomes its administrator: not where strangers could be first. */
  isFirstWelcome(): boolean;
}

export type Admission = ReturnType<typeof createAdmission>;

/** Who may make an account. */
export function createAdmission(parts: {
  config: Pick<ServerConfig, 'admin'>;
  users: UserStore;
  settings: SettingsStore;
  welcome: Welcome;
}) {
  const { config, users, settings, welcome } = parts;

  function refuseWhenFull(): void {
    const { max_users } = settings.current();
    if (max_users !== null && users.countAccounts() >= max_users) throw new Fault('registration-closed');
  }

  return {
    /**
     * The administrator, or the first of a new server, gets in whatever the setting says: else nobody could. Throws
     * 'registration-closed'.
     */
    admit(email: string, code: string | undefined): { is_admin: boolean } {
      const is_admin = config.admin === '' ? welcome.isFirstWelcome() && users.isEmpty() : email === config.admin;
      if (is_admin) return { is_admin };
      const { registration } = settings.current();
      const isWelcome =
        registration === 'open' ||
        (registration === 'invited' && (welcome.isInvited(email) || (code !== undefined && welcome.isJoinCode(code))));
      if (!isWelcome) throw new Fault('registration-closed');
      refuseWhenFull();
      return { is_admin };
    },

    /** A guest was let in by a link already: only `closed` and a full server keep them from having an account. */
    admitGuest(): void {
      if (settings.current().registration === 'closed') throw new Fault('registration-closed');
      refuseWhenFull();
    },

    /** That address makes an administrator at registration, and is given to nobody who has an account already. */
    isReserved: (email: string): boolean => config.admin !== '' && email === config.admin,
  };
}
