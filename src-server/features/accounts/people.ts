import type { ServerConfig } from '../../config.ts';
import { createAdministration } from '../admin/service.ts';
import type { SettingsStore } from '../admin/settings.ts';
import type { Caller } from '../caller.ts';
import type { DeviceStore } from '../devices/store.ts';
import type { Handlers } from '../handlers.ts';
import type { MailPort } from '../mail/port.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { createAdmission, type Welcome } from './admission.ts';
import { createAccountClosing } from './closing.ts';
import { createCredentials } from './credentials.ts';
import { createPersonExport } from './export.ts';
import { createGuests } from './guests.ts';
import { createOneTimeTokens } from './one-time-tokens.ts';
import { createPasswordReset } from './password-reset.ts';
import type { Passwords } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { createAccounts } from './service.ts';
import { createEndSignIns } from './sign-ins.ts';
import type { AccessTokens } from './tokens.ts';
import { createUpdateMe } from './update-me.ts';

export interface PeopleParts extends Pick<
  SessionParts,
  'db' | 'deps' | 'users' | 'sessions' | 'activities' | 'recordings' | 'changes' | 'ledger'
> {
  config: Pick<ServerConfig, 'admin' | 'name' | 'public_url'>;
  keyThumbprint: string;
  settings: SettingsStore;
  mail: MailPort;
  devices: DeviceStore;
  passwords: Passwords;
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  welcome: Welcome & { admitsGuests(code: string): boolean };
  /** The operation joinByCode. */
  join(input: { code: string }, caller: Caller): Promise<unknown>;
  /** Inside a transaction: the person stands otherwise in the statements of their sessions. Answers what is to be done after it. */
  restate(userId: string): () => void;
  /** Ends the sockets of a device but those of the ledger. */
  closeSockets(deviceId: string): void;
  /** Ends the sockets of a person that are of no device. */
  closeUser(userId: string): void;
  /** Something failed that nobody waits for. */
  onFailure: (error: unknown) => void;
}

/** Accounts, guests and their administration: all operations on people, and what the clock does to them. */
export function createPeople(parts: PeopleParts) {
  const { db, deps, users, ledger } = parts;
  const oneTimeTokens = createOneTimeTokens(db, deps);
  const closeDevice = (deviceId: string) => {
    ledger.closeDevice(deviceId);
    parts.closeSockets(deviceId);
  };
  const accounts = {
    ...parts,
    oneTimeTokens,
    endSignIns: createEndSignIns({ ...parts, closeDevice, closeUser: (userId) => parts.closeUser(userId) }),
    admission: createAdmission(parts),
    credentials: createCredentials({ clock: deps.clock, users, accessTokens: parts.accessTokens }),
  };
  const closing = createAccountClosing(accounts);
  const guests = createGuests({ ...accounts, closing, admitsGuests: (code) => parts.welcome.admitsGuests(code) });
  const handlers = {
    ...createAccounts(accounts),
    ...createUpdateMe(accounts),
    ...createPasswordReset(accounts),
    ...guests.handlers,
    ...closing.handlers,
    ...createPersonExport(parts),
    ...createAdministration({
      ...accounts,
      closeUser: (userId) => parts.closeUser(userId),
      closeDevice,
    }),
  } satisfies Partial<Handlers>;

  return {
    handlers,
    /** Whoever is named in CHORDME_ADMIN and has an account already is administrator from now on. */
    appointAdministrator(): void {
      const user = parts.config.admin === '' ? undefined : users.byEmail(parts.config.admin);
      if (user?.is_admin === 0) users.update(user.id, { is_admin: 1 });
    },
    hourly(): void {
      oneTimeTokens.removeExpired();
      parts.refreshTokens.removeExpired();
      guests.removeForgotten();
      void closing.eraseRest().catch(parts.onFailure);
    },
  };
}
