import { z } from 'zod';
import { serverSettingsSchema, type ServerSettings } from '../../../shared/api/admin.ts';
import type { Registration } from '../../../shared/api/server.ts';
import { Fault } from '../../../shared/base/errors.ts';
import type { Database } from '../../database/open-database.ts';

const yearSeconds = 366 * 24 * 60 * 60;
const defaults: ServerSettings = {
  registration: 'open',
  max_users: null,
  max_sessions_per_user: null,
  auto_cleanup_after: { min: 60, max: yearSeconds },
  archive_after: { min: 60, max: yearSeconds },
};
const storedSchema = serverSettingsSchema.partial();
const storedText = z.string().transform((text) => storedSchema.parse(JSON.parse(text)));
type SettingsChange = z.output<typeof storedSchema>;
const order: readonly Registration[] = ['open', 'invited', 'closed'];

/** What lets fewer people in. */
export const narrower = (one: Registration, other: Registration) => (order.indexOf(one) > order.indexOf(other) ? one : other);

export type SettingsStore = ReturnType<typeof createSettingsStore>;

/**
 * What administrators have set, within what the operator permits; asked at each use, so that a change holds at once.
 * @param widest registration that the operator permits now
 */
export function createSettingsStore(db: Database, widest: () => Registration) {
  function stored(): SettingsChange {
    const row = db.first(db.query.selectFrom('server_settings').select('settings').where('id', '=', 1));
    return row === undefined ? {} : storedText.parse(row.settings);
  }
  const current = (): ServerSettings => {
    const settings = serverSettingsSchema.parse({ ...defaults, ...stored() });
    return { ...settings, registration: narrower(settings.registration, widest()) };
  };
  return {
    current,
    widestRegistration: widest,
    /** Throws 'unprocessable' for a registration that the operator does not permit. */
    update(change: SettingsChange): void {
      if (change.registration !== undefined && narrower(change.registration, widest()) !== change.registration) {
        throw new Fault('unprocessable', undefined, [{ path: 'registration', message: `The operator permits ${widest()} at most.` }]);
      }
      db.transact(() => {
        const settings = JSON.stringify({ ...stored(), ...change });
        db.run(
          db.query
            .insertInto('server_settings')
            .values({ id: 1, settings })
            .onConflict((conflict) => conflict.column('id').doUpdateSet({ settings })),
        );
      });
    },
  };
}
