import { toHex } from '../../shared/base/ids.ts';
import { limits } from '../../shared/base/limits.ts';
import { deviceIdOf } from '../../shared/ledger/keys.ts';
import { Ledger } from '../../shared/ledger/ledger.ts';
import { generationOf, loadLedger, readStoredLedger } from '../../shared/ledger/load.ts';
import { makeCheckpoint } from '../../shared/ledger/make-checkpoint.ts';
import { createSqlLedgerStore } from '../../shared/ledger/sql-ledger-store.ts';
import { signStatement } from '../../shared/ledger/statement.ts';
import type { Database } from '../database/open-database.ts';
import { advanceEpoch } from '../features/sessions/epoch.ts';
import type { SessionStore } from '../features/sessions/session-store.ts';
import type { StatementSource } from '../features/sessions/statement-source.ts';
import type { AuthorityKeys } from '../keys/authority-keys.ts';
import { authoritySigner } from './session-room.ts';

export interface RaiseParts {
  db: Database;
  sessions: SessionStore;
  statements: StatementSource;
  keys: AuthorityKeys;
}

/**
 * The next generation of a session begins with a checkpoint at this authority's own n and chain: apps take it as their base,
 * and what else they have is pending again. R-AUT-5.
 */
export async function raiseGeneration(
  { db, sessions, statements, keys }: RaiseParts,
  sessionId: string,
): Promise<{ generation: number; n: number } | 'not-found' | 'empty'> {
  const claims = statements.readStatementClaims(sessionId);
  if (claims === null || claims.status === 'deleted') return 'not-found';
  const store = createSqlLedgerStore(db.raw);
  const stored = readStoredLedger(store, sessionId, limits.messageBytes);
  const ledger = new Ledger(sessionId, toHex(deviceIdOf(keys.publicKeyBytes)), generationOf(stored) ?? claims.generation);
  ledger.setStatement(await signStatement(claims, keys.privateKey));
  loadLedger(ledger, stored);
  const generation = Math.max(claims.generation, ledger.generation) + 1;
  const made = await makeCheckpoint(ledger, authoritySigner(keys.privateKey, keys.publicKeyBytes), generation);
  if (made === null) return 'empty';
  const { headBytes: head, body } = made.checkpoint;
  db.transact(() => {
    store.putCheckpoint(sessionId, { n: ledger.n, head, body });
    db.run(db.query.updateTable('sessions').set({ generation }).where('id', '=', sessionId));
    advanceEpoch(db, sessions, sessionId);
  });
  return { generation, n: ledger.n };
}
