import Database from 'better-sqlite3';
import { parseEntry } from '../../../shared/ledger/entry.ts';
import type { LedgerStore } from '../../../shared/ledger/ledger-store.ts';
import { createMemoryLedgerStore } from '../../../shared/ledger/memory-ledger-store.ts';
import { createSqlLedgerStore, ledgerCheckpointsSql, ledgerTablesSql } from '../../../shared/ledger/sql-ledger-store.ts';

/** What happens to a store's writes. Either may throw: before, nothing was written; after, it was. */
export interface WriteFate {
  before(): void;
  after(): void;
}

/** A real store whose disk can fill up and whose owner can die at any write. */
export function fatedStore(inner: LedgerStore, fate: WriteFate): LedgerStore {
  const write = <A extends unknown[]>(run: (...args: A) => void): ((...args: A) => void) => {
    return (...args) => {
      fate.before();
      run(...args);
      fate.after();
    };
  };
  return {
    ...inner,
    putStatement: write<Parameters<LedgerStore['putStatement']>>((...args) => inner.putStatement(...args)),
    appendEntries: write<Parameters<LedgerStore['appendEntries']>>((...args) => inner.appendEntries(...args)),
    appendRecords: write<Parameters<LedgerStore['appendRecords']>>((...args) => inner.appendRecords(...args)),
    appendSequenced: write<Parameters<LedgerStore['appendSequenced']>>((...args) => inner.appendSequenced(...args)),
    reformEntries: write<Parameters<LedgerStore['reformEntries']>>((...args) => inner.reformEntries(...args)),
    beginGeneration: write<Parameters<LedgerStore['beginGeneration']>>((...args) => inner.beginGeneration(...args)),
    putCheckpoint: write<Parameters<LedgerStore['putCheckpoint']>>((...args) => inner.putCheckpoint(...args)),
  };
}

/** A store on a real SQLite database, in memory. The second value ends it. */
export function openSqlStore(): [LedgerStore, () => void] {
  const db = new Database(':memory:');
  db.exec(ledgerTablesSql + ledgerCheckpointsSql);
  return [createSqlLedgerStore(db), () => void db.close()];
}

/** A new store in memory with all that another has of a session. */
export function copyOf(store: LedgerStore, sessionId: string): LedgerStore {
  const copy = createMemoryLedgerStore();
  const statement = store.readStatement(sessionId);
  if (statement !== null) copy.putStatement(sessionId, statement);
  const { entries } = store.readEntries(sessionId, 0, Number.MAX_SAFE_INTEGER);
  copy.appendEntries(
    sessionId,
    entries.flatMap((bytes) => parseEntry(bytes) ?? []),
    false,
  );
  const checkpoint = store.readCheckpoint(sessionId);
  // Records that one stands for may not be there: it is where they begin.
  if (checkpoint !== null) copy.putCheckpoint(sessionId, checkpoint);
  const from = checkpoint?.n ?? 0;
  const { records, heads } = store.readRecords(sessionId, from, Number.MAX_SAFE_INTEGER);
  const last = heads.at(-1);
  if (records.length > 0 && last !== undefined) copy.appendRecords(sessionId, from + 1, records, { n: from + records.length, bytes: last });
  return copy;
}

export function openFuzzStore(isSql: boolean): [LedgerStore, () => void] {
  return isSql ? openSqlStore() : [createMemoryLedgerStore(), () => undefined];
}
