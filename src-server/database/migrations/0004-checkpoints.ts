import { ledgerCheckpointsSql } from '../../../shared/ledger/sql-ledger-store.ts';
import type { Migration } from '../migration.ts';

/** The same step that the app takes on its side. */
export const checkpoints: Migration = { id: '0004-checkpoints', up: (raw) => raw.exec(ledgerCheckpointsSql) };
