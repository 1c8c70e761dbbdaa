import { Fault } from '../../../shared/base/errors.ts';
import { type LifecycleMove, statusAfter } from '../../../shared/session/lifecycle.ts';
import type { ActivityType } from '../../../shared/session/history-schemas.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf, type Caller } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { SessionParts } from './parts.ts';

const noted: Record<LifecycleMove, ActivityType> = {
  start: 'session_started',
  pause: 'session_paused',
  resume: 'session_resumed',
  end: 'session_ended',
  archive: 'session_archived',
  reopen: 'session_reopened',
};

export type Lifecycle = ReturnType<typeof createLifecycle>;

export function createLifecycle(parts: SessionParts) {
  const { db, deps, sessions, present, changes, activities } = parts;

  /**
   * Inside a transaction. Throws 'wrong-status'.
   * @param by null: the server by itself, when the time has come; then ending and archiving leave the session dormant (R-MEM-1)
   */
  function move(session: SessionRow, verb: LifecycleMove, by: Caller | { user_id: string } | null): void {
    const status = statusAfter(verb, session.status);
    if (status === null) throw new Fault('wrong-status');
    const now = timestamp(deps.clock);
    const isRest = status === 'ended' || status === 'archived';
    sessions.update(session.id, {
      status,
      // What a person paused or ended stays read-only, though the clock puts it away.
      is_dormant: isRest && by === null && (session.status === 'active' || session.is_dormant === 1) ? 1 : 0,
      // Ending a session is no sign of life in it.
      last_activity_at: isRest ? session.last_activity_at : now,
      started_at: status === 'active' ? (session.started_at ?? now) : session.started_at,
      ended_at: status === 'ended' ? now : status === 'active' ? null : session.ended_at,
    });
    activities.note({ session_id: session.id, type: noted[verb], by, is_private: by === null && isRest });
    advanceEpoch(db, sessions, session.id);
  }

  const verb = (name: LifecycleMove) => async (input: { id: string }, caller: Caller) => {
    const userId = userOf(caller);
    db.transact(() => move(enter(sessions, input.id, userId, 'manage_session').session, name, caller));
    changes.announce([input.id]);
    const { session, participant } = enter(sessions, input.id, userId, null);
    return present(session, participant);
  };

  const handlers: Pick<Handlers, 'startSession' | 'pauseSession' | 'resumeSession' | 'endSession' | 'archiveSession' | 'reopenSession'> = {
    startSession: verb('start'),
    pauseSession: verb('pause'),
    resumeSession: verb('resume'),
    endSession: verb('end'),
    archiveSession: verb('archive'),
    reopenSession: verb('reopen'),
  };

  return {
    handlers,
    move,
    /** Starts scheduled sessions whose time has come. */
    startDue(): void {
      const due = sessions.scheduledUntil(timestamp(deps.clock));
      if (due.length === 0) return;
      db.transact(() => {
        for (const id of due) {
          const session = sessions.find(id);
          if (session !== undefined) move(session, 'start', null);
        }
      });
      changes.announce(due);
    },
    /** R-MEM-1: somebody who may wrote into a session at rest; it is active before that counts. */
    wake(sessionId: string, userId: string): void {
      const isWoken = db.transact(() => {
        const session = sessions.find(sessionId);
        if (session?.is_dormant !== 1) return false;
        move(session, 'reopen', { user_id: userId });
        return true;
      });
      if (isWoken) changes.announce([sessionId]);
    },
  };
}
