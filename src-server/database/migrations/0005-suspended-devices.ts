import type { Migration } from '../migration.ts';

/** A device that contradicted itself in a session takes no part in it any more (R-ENT-3). */
export const suspendedDevices: Migration = {
  id: '0005-suspended-devices',
  up: (raw) => raw.exec('ALTER TABLE session_devices ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0'),
};
