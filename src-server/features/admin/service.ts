import type { Account } from '../../../shared/api/admin.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { Database } from '../../database/open-database.ts';
import type { UserRow } from '../../database/schema.ts';
import { type Deps, timestamp } from '../../deps.ts';
import type { OneTimeTokens } from '../accounts/one-time-tokens.ts';
import type { RefreshTokens } from '../accounts/refresh-tokens.ts';
import { isOpenAccount, type UserStore } from '../accounts/user-store.ts';
import type { DeviceStore } from '../devices/store.ts';
import type { Handlers } from '../handlers.ts';
import { likePattern, pageFrom, readCursor } from '../page.ts';
import type { SettingsStore } from './settings.ts';
import { sql, type SqlBool } from 'kysely';

export interface AdminParts {
  db: Database;
  deps: Deps;
  users: UserStore;
  devices: DeviceStore;
  settings: SettingsStore;
  refreshTokens: RefreshTokens;
  oneTimeTokens: OneTimeTokens;
  /** Inside a transaction: the person's devices stand otherwise in the statements of their sessions. Answers what is to be done after it. */
  restate(userId: string): () => void;
  /** Ends every socket of a device. */
  closeDevice(deviceId: string): void;
  /** Ends the sockets of a person that are of no device. */
  closeUser(userId: string): void;
}

export function createAdministration(
  parts: AdminParts,
): Pick<Handlers, 'getServerSettings' | 'updateServerSettings' | 'listUsers' | 'updateUser'> {
  const { db, deps, users, devices, settings, refreshTokens, oneTimeTokens } = parts;

  const shownSettings = () => ({ ...settings.current(), widest_registration: settings.widestRegistration() });

  function toAccount(row: UserRow): Account {
    const sessions = db.query
      .selectFrom('participants')
      .select((all) => all.fn.countAll<number>().as('count'))
      .where('user_id', '=', row.id)
      .where('status', '=', 'joined');
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      color: row.color,
      is_admin: row.is_admin === 1,
      is_guest: row.email === null,
      is_disabled: row.disabled_at !== null,
      created_at: row.created_at,
      last_seen_at: row.last_seen_at,
      session_count: db.first(sessions)?.count ?? 0,
    };
  }

  function refuseLosingTheLast(user: UserRow): void {
    const others = users.administrators().filter(({ id }) => id !== user.id);
    if (others.length === 0) throw new Fault('last-administrator');
  }

  return {
    async getServerSettings() {
      return shownSettings();
    },

    async updateServerSettings(change) {
      settings.update(change);
      return shownSettings();
    },

    async listUsers({ q, kind, limit, cursor }) {
      // Newest first is by id: version 7 begins with the time.
      let query = db.query
        .selectFrom('users')
        .selectAll()
        .where('deleted_at', 'is', null)
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (kind === 'account') query = query.where('email', 'is not', null);
      if (kind === 'guest') query = query.where('email', 'is', null);
      if (kind === 'administrator') query = query.where('is_admin', '=', 1);
      if (kind === 'disabled') query = query.where('disabled_at', 'is not', null);
      if (q !== undefined && q.trim() !== '') {
        const pattern = likePattern(q.trim());
        query = query.where((where) =>
          where.or([sql<SqlBool>`name LIKE ${pattern} ESCAPE '\\'`, sql<SqlBool>`email LIKE ${pattern} ESCAPE '\\'`]),
        );
      }
      if (cursor !== undefined) query = query.where('id', '<', readCursor(cursor)[1]);
      const { shown, next_cursor } = pageFrom(db.all(query), limit, (row) => [row.created_at, row.id]);
      return { items: shown.map(toAccount), next_cursor };
    },

    async updateUser({ user_id, is_disabled, is_admin }) {
      const devicesBefore = devices.of(user_id).map(({ device_id }) => device_id);
      const after = db.transact(() => {
        const before = users.byId(user_id);
        if (before === undefined || before.deleted_at !== null) throw new Fault('not-found');
        const willBe: UserRow = {
          ...before,
          ...(is_admin !== undefined && { is_admin: is_admin ? 1 : 0 }),
          ...(is_disabled !== undefined && { disabled_at: is_disabled ? (before.disabled_at ?? timestamp(deps.clock)) : null }),
        };
        if (willBe.is_admin === 1 && willBe.email === null) throw new Fault('account-needed');
        const wasAdmin = before.is_admin === 1 && isOpenAccount(before);
        if (wasAdmin && (willBe.is_admin === 0 || !isOpenAccount(willBe))) refuseLosingTheLast(before);
        users.update(user_id, { is_admin: willBe.is_admin, disabled_at: willBe.disabled_at });
        const isNowDisabled = isOpenAccount(before) && !isOpenAccount(willBe);
        if (isNowDisabled) {
          refreshTokens.revokeAllOf(user_id);
          oneTimeTokens.revokeAllOf(user_id);
        }
        const isOther = isOpenAccount(before) !== isOpenAccount(willBe);
        return { account: toAccount(willBe), isNowDisabled, run: isOther ? parts.restate(user_id) : () => {} };
      });
      after.run();
      if (after.isNowDisabled) {
        for (const deviceId of devicesBefore) parts.closeDevice(deviceId);
        parts.closeUser(user_id);
      }
      return after.account;
    },
  };
}
