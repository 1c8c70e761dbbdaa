import type { Database } from '../../database/open-database.ts';
import type { DeviceRow } from '../../database/schema.ts';

export type DeviceStore = ReturnType<typeof createDeviceStore>;

export function createDeviceStore(db: Database) {
  const rows = () => db.query.selectFrom('devices').selectAll();
  return {
    find: (deviceId: string): DeviceRow | undefined => db.first(rows().where('device_id', '=', deviceId)),
    of: (userId: string): DeviceRow[] => db.all(rows().where('user_id', '=', userId).orderBy('created_at').orderBy('device_id')),
    /** Not revoked, those seen (or made) last first. */
    presentOf: (userId: string): DeviceRow[] =>
      db.all(
        rows()
          .where('user_id', '=', userId)
          .where('revoked_at', 'is', null)
          .orderBy((by) => by.fn.coalesce('last_seen_at', 'created_at'), 'desc'),
      ),
    countMadeSince: (userId: string, since: string): number =>
      db.first(
        db.query
          .selectFrom('devices')
          .select((all) => all.fn.countAll<number>().as('count'))
          .where('user_id', '=', userId)
          .where('created_at', '>', since),
      )?.count ?? 0,
    insert(row: DeviceRow): void {
      db.run(db.query.insertInto('devices').values(row));
    },
    revoke(deviceId: string, at: string): void {
      db.run(db.query.updateTable('devices').set({ revoked_at: at }).where('device_id', '=', deviceId));
    },
    /** Names of devices are a person's too: nothing stays but the key in statements. */
    removeAllOf(userId: string): void {
      db.run(db.query.deleteFrom('devices').where('user_id', '=', userId));
    },
    /** Whether it is this user's and not revoked: what every socket asks. */
    isPresent: (deviceId: string, userId: string): boolean => {
      const row = db.first(rows().where('device_id', '=', deviceId));
      return row !== undefined && row.user_id === userId && row.revoked_at === null;
    },
    noteSeen(deviceId: string, at: string): void {
      db.run(db.query.updateTable('devices').set({ last_seen_at: at }).where('device_id', '=', deviceId));
    },
  };
}
