import { Fault } from '../../../shared/base/errors.ts';
import { timestamp } from '../../deps.ts';
import type { Caller } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { AccountClosing } from './closing.ts';
import { type AccountParts, newUser } from './service.ts';

const forgottenMs = 90 * 24 * 60 * 60 * 1000;
/** So many at a time, that nobody waits. */
const removedAtOnce = 200;

export interface GuestParts extends Pick<AccountParts, 'db' | 'deps' | 'users' | 'credentials' | 'refreshTokens'> {
  closing: AccountClosing;
  /** Whether a link with this code is open and admits guests. */
  admitsGuests(code: string): boolean;
  /** The operation joinByCode. */
  join(input: { code: string }, caller: Caller): Promise<unknown>;
}

export function createGuests(parts: GuestParts): { handlers: Pick<Handlers, 'guest'>; removeForgotten(): void } {
  const { db, deps, users, credentials, refreshTokens } = parts;

  return {
    handlers: {
      async guest({ code, name }) {
        if (!parts.admitsGuests(code)) throw new Fault('invalid-code');
        const user = newUser(deps, users, { email: null, name, password_hash: '', is_admin: 0 });
        users.insert(user);
        try {
          await parts.join({ code }, { user_id: user.id, is_admin: false });
        } catch (error) {
          // All seats are taken, say: a guest of no session is nobody.
          users.remove(user.id);
          throw error;
        }
        return credentials(user, refreshTokens.open(user.id));
      },
    },

    /**
     * Guests who for 90 days were in no session that goes on or that somebody was in. Their names stay in the sessions that
     * have them: it is the band's history.
     */
    removeForgotten(): void {
      const since = timestamp(deps.clock, -forgottenMs);
      const forgotten = db.all(
        db.query
          .selectFrom('users')
          .select('users.id')
          .where('users.email', 'is', null)
          .where('users.deleted_at', 'is', null)
          .where('users.created_at', '<', since)
          .where((guest) =>
            guest.not(
              guest.exists(
                guest
                  .selectFrom('participants')
                  .innerJoin('sessions', 'sessions.id', 'participants.session_id')
                  .select('participants.session_id')
                  .whereRef('participants.user_id', '=', 'users.id')
                  .where('sessions.status', '!=', 'deleted')
                  .where((where) =>
                    where.or([
                      where('participants.last_seen_at', '>=', since),
                      where.and([
                        where('participants.status', '=', 'joined'),
                        where.or([
                          where('sessions.status', 'in', ['scheduled', 'active', 'paused']),
                          where('sessions.last_activity_at', '>=', since),
                        ]),
                      ]),
                    ]),
                  ),
              ),
            ),
          )
          .limit(removedAtOnce),
      );
      for (const { id } of forgotten) parts.closing.forgetGuest(id);
    },
  };
}
