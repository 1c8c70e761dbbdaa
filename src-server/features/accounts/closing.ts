import { Fault } from '../../../shared/base/errors.ts';
import { roles } from '../../../shared/session/roles.ts';
import type { ParticipantRow, SessionRow, UserRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { DeviceStore } from '../devices/store.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from '../sessions/epoch.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { AccountParts } from './service.ts';

/** What stands in statements and lists where a name was. */
const pseudonym = 'Former member';

export interface ClosingParts
  extends
    Pick<AccountParts, 'passwords' | 'refreshTokens' | 'oneTimeTokens'>,
    Pick<SessionParts, 'db' | 'deps' | 'users' | 'sessions' | 'activities' | 'recordings' | 'changes'> {
  devices: DeviceStore;
  ledger: Pick<SessionParts['ledger'], 'closeDevice' | 'takeBackWords'>;
  /** Ends the other sockets of a device. */
  closeSockets(deviceId: string): void;
  /** Ends the sockets of a person that are of no device. */
  closeUser(userId: string): void;
  onFailure: (error: unknown) => void;
}

export type AccountClosing = ReturnType<typeof createAccountClosing>;

/**
 * The end of accounts. First, in one transaction, the account is over: no way in, no name, no address, no devices; its
 * sessions have another leader or are gone. Then its words are taken back in every ledger, which takes longer and is taken up
 * again after a crash.
 */
export function createAccountClosing(parts: ClosingParts) {
  const { db, deps, users, sessions, activities, changes, devices, ledger, oneTimeTokens, refreshTokens, passwords } = parts;

  const participations = (userId: string): ParticipantRow[] =>
    db.all(db.query.selectFrom('participants').selectAll().where('user_id', '=', userId));

  /** Who leads on: the one with the highest role, among equals who came first; guests lead nothing. */
  function heirOf(sessionId: string, ownerId: string): { row: ParticipantRow; user: UserRow } | undefined {
    return sessions
      .participants(sessionId)
      .filter((row) => row.status === 'joined' && row.user_id !== ownerId)
      .flatMap((row) => {
        const user = users.openById(row.user_id);
        return user === undefined || user.email === null ? [] : [{ row, user }];
      })
      .sort((one, other) => roles.indexOf(one.row.role) - roles.indexOf(other.row.role))[0];
  }

  function led(userId: string) {
    return participations(userId).flatMap((row) => {
      const session: SessionRow | undefined = row.role === 'owner' && row.status === 'joined' ? sessions.find(row.session_id) : undefined;
      return session === undefined || session.status === 'deleted' ? [] : [{ session, row, heir: heirOf(session.id, userId) }];
    });
  }

  /** Whoever runs the server must not lock everybody out of its administration. */
  function refuseLastAdministrator(user: UserRow): void {
    const isLast = user.is_admin === 1 && users.administrators().length === 1 && users.countAccounts() > 1;
    if (isLast) throw new Fault('last-administrator');
  }

  /** Inside a transaction. Answers the sessions whose statements changed. */
  function end(userId: string, change: Partial<UserRow>): string[] {
    const now = timestamp(deps.clock);
    const email = users.byId(userId)?.email ?? null;
    if (email !== null) db.run(db.query.deleteFrom('invitations').where('email', '=', email));
    db.run(db.query.deleteFrom('templates').where('owner_id', '=', userId));
    db.run(db.query.updateTable('activities').set({ address: null, user_agent: null }).where('actor_id', '=', userId));
    for (const { session, row, heir } of led(userId)) {
      if (heir === undefined) sessions.update(session.id, { status: 'deleted' });
      else {
        sessions.putParticipant({ ...heir.row, role: 'owner' });
        const details = { from: heir.row.role };
        activities.note({
          session_id: session.id,
          type: 'ownership_transferred',
          by: { user_id: userId },
          subject_id: heir.user.id,
          details,
        });
      }
      sessions.putParticipant({ ...row, role: 'editor' });
    }
    const affected = participations(userId);
    for (const row of affected) {
      if (row.status !== 'joined') continue;
      sessions.putParticipant({ ...row, status: 'left' });
      activities.note({ session_id: row.session_id, type: 'participant_left', by: { user_id: userId } });
    }
    devices.removeAllOf(userId);
    refreshTokens.revokeAllOf(userId);
    oneTimeTokens.revokeAllOf(userId);
    db.run(db.query.deleteFrom('idempotency_keys').where('user_id', '=', userId));
    users.update(userId, { email: null, password_hash: '', is_admin: 0, deleted_at: now, ...change });
    for (const { session_id } of affected) advanceEpoch(db, sessions, session_id);
    return affected.map(({ session_id }) => session_id);
  }

  function cutOff(userId: string, deviceIds: readonly string[], affected: readonly string[]): void {
    changes.announce(affected);
    for (const deviceId of deviceIds) {
      ledger.closeDevice(deviceId);
      parts.closeSockets(deviceId);
    }
    parts.closeUser(userId);
  }

  /** A session whose ledger cannot be read holds up no other one, and no other person. */
  async function takeBackWords(userId: string): Promise<void> {
    let isWhole = true;
    for (const { session_id } of participations(userId)) {
      const status = sessions.find(session_id)?.status;
      if (status === undefined || status === 'deleted') continue;
      try {
        parts.recordings.forgetPerson(session_id, userId);
        await ledger.takeBackWords(session_id, userId);
      } catch (error) {
        isWhole = false;
        parts.onFailure(error);
      }
    }
    if (isWhole) users.update(userId, { erased_at: timestamp(deps.clock) });
  }

  const handlers: Pick<Handlers, 'requestDeletion' | 'deleteMe'> = {
    async requestDeletion({ current_password }, caller) {
      const user = users.openById(userOf(caller));
      if (user === undefined) throw new Fault('unauthorized');
      // A stolen access token alone must not end an account; a guest has nothing else to show.
      const isRight = user.email === null || (await passwords.matches(user.password_hash, current_password ?? ''));
      if (!isRight) throw new Fault('wrong-credentials');
      refuseLastAdministrator(user);
      const { token, expires_at } = oneTimeTokens.issue(user.id, 'deletion');
      const plan = led(user.id);
      return {
        deletion_token: token,
        expires_at,
        sessions_handed_over: plan.flatMap(({ session, heir }) =>
          heir === undefined ? [] : [{ id: session.id, name: session.name, to: { id: heir.user.id, name: heir.user.name } }],
        ),
        sessions_deleted: plan.flatMap(({ session, heir }) => (heir === undefined ? [{ id: session.id, name: session.name }] : [])),
      };
    },

    async deleteMe({ deletion_token }, caller) {
      const userId = userOf(caller);
      const devicesBefore = devices.of(userId).map(({ device_id }) => device_id);
      const affected = db.transact(() => {
        const user = users.openById(userId);
        if (user === undefined) throw new Fault('unauthorized');
        if (oneTimeTokens.holderOf(deletion_token, 'deletion') !== userId) {
          throw new Fault('unprocessable', undefined, [{ path: 'deletion_token', message: 'This token is not good, or no longer.' }]);
        }
        refuseLastAdministrator(user);
        return end(userId, { name: pseudonym, last_seen_at: null, disabled_at: null, erased_at: null });
      });
      cutOff(userId, devicesBefore, affected);
      // The account is over already; what fails here is taken up again by `eraseRest`.
      await takeBackWords(userId).catch(parts.onFailure);
      return null;
    },
  };

  return {
    handlers,

    /** Ends a guest's account and leaves what they said; a guest whom no session names leaves nothing. */
    forgetGuest(userId: string): void {
      const devicesBefore = devices.of(userId).map(({ device_id }) => device_id);
      const affected = db.transact(() => {
        if (participations(userId).length === 0) {
          users.remove(userId);
          return [];
        }
        return end(userId, { erased_at: timestamp(deps.clock) });
      });
      cutOff(userId, devicesBefore, affected);
    },

    /** Takes up what a crash or a full disk left undone. */
    async eraseRest(): Promise<void> {
      const rest = db.all(
        db.query.selectFrom('users').select('id').where('deleted_at', 'is not', null).where('erased_at', 'is', null).limit(100),
      );
      for (const { id } of rest) await takeBackWords(id);
    },
  };
}
