import type { Migration } from '../migration.ts';

/** For the export and the end of an account: every invitation to an address, whatever became of it. */
export const personRows: Migration = {
  id: '0021-person-rows',
  up: (raw) => raw.exec('CREATE INDEX invitations_by_address ON invitations (email)'),
};
