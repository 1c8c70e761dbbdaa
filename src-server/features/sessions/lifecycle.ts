import { Fault } from '../../../shared/base/errors.ts';
import { type LifecycleMove, statusAfter } from '../../../shared/session/lifecycle.ts';
import type { SessionRow } from '../../database/schema.ts';
import { timestamp } from '../../deps.ts';
import { userOf, type Caller } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { advanceEpoch } from './epoch.ts';
import { enter } from './gate.ts';
import type { SessionParts } from './parts.ts';

export function createLifecycle(parts: SessionParts) {
  const { db, deps, sessions, present, changes } = parts;

  /** Inside a transaction. Throws 'wrong-status'. */
  function move(session: SessionRow, verb: LifecycleMove): void {
    const status = statusAfter(verb, session.status);
    if (status === null) throw new Fault('wrong-status');
    const now = timestamp(deps.clock);
    sessions.update(session.id, {
      status,
      is_dormant: 0,
      last_activity_at: now,
      started_at: status === 'active' ? (session.started_at ?? now) : session.started_at,
      ended_at: status === 'ended' ? now : status === 'active' ? null : session.ended_at,
    });
    advanceEpoch(db, sessions, session.id);
  }

  const verb = (name: LifecycleMove) => async (input: { id: string }, caller: Caller) => {
    const userId = userOf(caller);
    db.transact(() => move(enter(sessions, input.id, userId, 'manage_session').session, name));
    changes.announce([input.id]);
    const { session, participant } = enter(sessions, input.id, userId, null);
    return present(session, participant);
  };

  const handlers: Pick<Handlers, 'startSession' | 'pauseSession' | 'resumeSession' | 'endSession' | 'reopenSession'> = {
    startSession: verb('start'),
    pauseSession: verb('pause'),
    resumeSession: verb('resume'),
    endSession: verb('end'),
    reopenSession: verb('reopen'),
  };

  return {
    handlers,
    /** Starts scheduled sessions whose time has come. */
    startDue(): void {
      const due = sessions.scheduledUntil(timestamp(deps.clock));
      if (due.length === 0) return;
      db.transact(() => {
        for (const id of due) {
          const session = sessions.find(id);
          if (session !== undefined) move(session, 'start');
        }
      });
      changes.announce(due);
    },
  };
}
