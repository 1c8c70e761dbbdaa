import { advanceEpoch } from './epoch.ts';
import type { SessionParts } from './parts.ts';

/** What the ledger finds out about a device of a session; the next statement says it. Nothing happens twice. */
export interface DeviceMarks {
  /** It contradicted itself: it takes no part in the session any more. R-ENT-3. */
  suspend(sessionId: string, deviceId: string): void;
  /** Its void entries used up their budget. R-AUT-2. */
  bar(sessionId: string, deviceId: string): void;
}

export function createDeviceMarks({ db, sessions, changes }: Pick<SessionParts, 'db' | 'sessions' | 'changes'>): DeviceMarks {
  function mark(sessionId: string, deviceId: string, column: 'suspended' | 'barred'): void {
    const isNew = db.transact(() => {
      const changed = db.run(
        db.query
          .updateTable('session_devices')
          .set({ [column]: 1 })
          .where('session_id', '=', sessionId)
          .where('device_id', '=', deviceId)
          .where(column, '=', 0),
      );
      if (changed > 0) advanceEpoch(db, sessions, sessionId);
      return changed > 0;
    });
    if (isNew) changes.announce([sessionId]);
  }
  return {
    suspend: (sessionId, deviceId) => mark(sessionId, deviceId, 'suspended'),
    bar: (sessionId, deviceId) => mark(sessionId, deviceId, 'barred'),
  };
}
