import { ledgerTablesSql } from '../../../shared/ledger/sql-ledger-store.ts';
import type { Migration } from '../migration.ts';

/** The same tables that the app keeps on its side. */
export const ledger: Migration = { id: '0003-ledger', up: (raw) => raw.exec(ledgerTablesSql) };
