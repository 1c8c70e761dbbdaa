import { z } from 'zod';
import { isWritable, type Permission, permissions, permissionSchema, permissionsOf } from '../../../shared/session/roles.ts';
import type { Database } from '../../database/open-database.ts';
import type { SessionDeviceRow } from '../../database/schema.ts';
import { permissionTableOf, presentRole, type SessionStore } from './session-store.ts';

const hadText = z.string().transform((text) => z.array(permissionSchema).parse(JSON.parse(text)));

export function hadOf(row: Pick<SessionDeviceRow, 'had'>): Permission[] {
  return hadText.parse(row.had);
}

/**
 * Part of every transaction that changes what a session's statement says: the epoch grows by one, and each present device
 * of those who take part is listed with all that it has had so far. R-MEM-1, R-MEM-3.
 */
export function advanceEpoch(db: Database, sessions: SessionStore, sessionId: string): void {
  const session = sessions.find(sessionId);
  if (session === undefined) throw new Error(`no session ${sessionId}`);
  db.run(
    db.query
      .updateTable('sessions')
      .set({ epoch: session.epoch + 1 })
      .where('id', '=', sessionId),
  );

  const table = permissionTableOf(session);
  const roles = new Map(sessions.participants(sessionId).map((participant) => [participant.user_id, presentRole(participant)]));
  const listed = new Map(
    db
      .all(db.query.selectFrom('session_devices').selectAll().where('session_id', '=', sessionId))
      .map((row) => [row.device_id, { row, had: hadOf(row) }]),
  );
  const present = db.all(
    db.query
      .selectFrom('devices')
      .innerJoin('participants', 'participants.user_id', 'devices.user_id')
      .select(['devices.device_id', 'devices.public_key', 'devices.user_id'])
      .where('participants.session_id', '=', sessionId)
      .where('participants.status', '=', 'joined')
      .where('devices.revoked_at', 'is', null),
  );
  for (const device of present) {
    const before = listed.get(device.device_id);
    const role = roles.get(device.user_id) ?? null;
    const permitted = permissionsOf(role, table);
    const now = new Set([...(before?.had ?? []), ...permitted]);
    // Whatever it wrote in vain it may write again.
    const isFree = isWritable(session.status, role, session.is_dormant === 1) && permitted.length === now.size;
    const barred = isFree ? 0 : (before?.row.barred ?? 0);
    if (before !== undefined && now.size === before.had.length && barred === before.row.barred) continue;
    const had = JSON.stringify(permissions.filter((permission) => now.has(permission)));
    const row: SessionDeviceRow = { session_id: sessionId, ...device, had, barred, suspended: before?.row.suspended ?? 0 };
    db.run(
      db.query
        .insertInto('session_devices')
        .values(row)
        .onConflict((conflict) => conflict.columns(['session_id', 'device_id']).doUpdateSet({ had, barred })),
    );
  }
}
