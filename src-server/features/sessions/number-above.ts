import { advanceEpoch } from './epoch.ts';
import type { SessionParts } from './parts.ts';

/**
 * An app has a statement of this authority that is above the database (a restored backup): the next one is numbered above
 * it, and says what the database says. R-MEM-2.
 */
export function createNumberAbove({ db, sessions, changes }: Pick<SessionParts, 'db' | 'sessions' | 'changes'>) {
  return (sessionId: string, shown: { generation: number; epoch: number }): void => {
    const isBehind = db.transact(() => {
      const session = sessions.find(sessionId);
      const isAbove =
        session !== undefined &&
        (shown.generation > session.generation || (shown.generation === session.generation && shown.epoch >= session.epoch));
      if (!isAbove) return false;
      db.run(
        db.query
          .updateTable('sessions')
          .set({ generation: shown.generation, epoch: Math.max(shown.epoch, session.epoch) })
          .where('id', '=', sessionId),
      );
      advanceEpoch(db, sessions, sessionId);
      return true;
    });
    if (isBehind) changes.announce([sessionId]);
  };
}
