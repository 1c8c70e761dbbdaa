import type { Database } from '../../database/open-database.ts';
import { type Deps, timestamp } from '../../deps.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { CountStore } from './count-store.ts';

const secondMs = 1_000;

interface Here {
  /** Since when each one's time is not written down yet, ms. */
  since: Map<string, number>;
}

/** How long people are in sessions, and how many at most. Being there is activity: a session that is only listened to lives. */
export function createPresenceClock({
  db,
  deps,
  sessions,
  counts,
  onFailure,
}: {
  db: Database;
  deps: Deps;
  sessions: SessionStore;
  counts: CountStore;
  onFailure: (error: unknown) => void;
}) {
  const places = new Map<string, Here>();

  /** A disk that is full costs the time that it does not take, and holds up nobody who comes or goes. */
  function writeDown(sessionId: string, here: Here): void {
    try {
      write(sessionId, here);
    } catch (error) {
      onFailure(error);
    }
  }

  function write(sessionId: string, here: Here): void {
    const now = deps.clock.now();
    const at = timestamp(deps.clock);
    db.transact(() => {
      const session = sessions.find(sessionId);
      if (session === undefined || session.status === 'deleted') return;
      for (const [userId, since] of here.since) {
        const seconds = Math.floor(Math.max(0, now - since) / secondMs);
        if (seconds > 0) counts.add(sessionId, userId, at.slice(0, 10), { seconds_present: seconds });
        here.since.set(userId, since + seconds * secondMs);
        sessions.noteSeen(sessionId, userId, at);
      }
      const peak = Math.max(session.peak_peers, here.since.size);
      sessions.update(sessionId, { last_activity_at: at, peak_peers: peak });
    });
  }

  return {
    /** Who is in a session now; told whenever that may have changed. Answers whether it has. */
    note(sessionId: string, users: ReadonlySet<string>): boolean {
      const here: Here = places.get(sessionId) ?? { since: new Map() };
      const isSame = here.since.size === users.size && [...users].every((userId) => here.since.has(userId));
      if (isSame) return false;
      const now = deps.clock.now();
      if (here.since.size > 0) writeDown(sessionId, here);
      here.since = new Map([...users].map((userId) => [userId, here.since.get(userId) ?? now]));
      if (users.size === 0) {
        places.delete(sessionId);
        return true;
      }
      places.set(sessionId, here);
      writeDown(sessionId, here);
      return true;
    },
    /** A chore: what would be lost by a crash is a minute. */
    tick(): void {
      for (const [sessionId, here] of places) writeDown(sessionId, here);
    },
  };
}
