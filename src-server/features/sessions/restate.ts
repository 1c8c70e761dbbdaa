import { advanceEpoch } from './epoch.ts';
import type { SessionParts } from './parts.ts';

/**
 * Inside a transaction: every session that the person takes part in says anew who they are and what devices they have.
 * Answers what announces it, to be called after the commit.
 */
export function createRestate({ db, sessions, changes }: Pick<SessionParts, 'db' | 'sessions' | 'changes'>) {
  return (userId: string): (() => void) => {
    const affected = sessions.sessionsOf(userId);
    for (const sessionId of affected) advanceEpoch(db, sessions, sessionId);
    return () => changes.announce(affected);
  };
}
