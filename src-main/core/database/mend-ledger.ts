import type { Database } from 'better-sqlite3';

/**
 * Brings a salvaged ledger back to what its store promises: numbers without a hole, from the first one or from a checkpoint on,
 * closed by a signed head. What stands behind a hole loses its number only; it is learned from the server or the others again.
 */
export function mendLedger(db: Database): void {
  const tables = ['ledger_records', 'ledger_heads', 'ledger_checkpoints', 'ledger_entries'];
  const sessions = db.prepare<[], { session_id: string }>(tables.map((table) => `SELECT session_id FROM ${table}`).join(' UNION ')).all();
  for (const { session_id } of sessions) mendSession(db, session_id);
}

/** The last number before a hole. */
function endOf(all: readonly number[]): number {
  return all.findLast((n, at) => n === (all[0] ?? 0) + at) ?? 0;
}

function mendSession(db: Database, sessionId: string): void {
  const numbersOf = (table: string): number[] =>
    db
      .prepare<[string], { n: number }>(`SELECT n FROM ${table} WHERE session_id = ? ORDER BY n`)
      .all(sessionId)
      .map(({ n }) => n);
  const run = (sql: string, n: number): void => void db.prepare(sql).run(sessionId, n);
  const checkpoints = numbersOf('ledger_checkpoints');
  const newest = checkpoints.at(-1) ?? 0;
  let numbers = numbersOf('ledger_records');
  const first = numbers[0] ?? 1;

  // Records begin at 1, or right after the checkpoint with which a device came late.
  const isWholeToCheckpoint = (first === 1 || checkpoints.includes(first - 1)) && endOf(numbers) >= newest;
  if (!isWholeToCheckpoint) {
    // The newest checkpoint stands for all before it: one begins there as somebody who comes late does.
    for (const table of ['ledger_records', 'ledger_heads']) run(`DELETE FROM ${table} WHERE session_id = ? AND n <= ?`, newest);
    run('DELETE FROM ledger_checkpoints WHERE session_id = ? AND n < ?', newest);
    numbers = numbers.filter((n) => n > newest);
    if (numbers[0] !== newest + 1) numbers = [];
  }
  const head = db
    .prepare<[string, number], { n: number | null }>('SELECT max(n) AS n FROM ledger_heads WHERE session_id = ? AND n <= ?')
    .get(sessionId, endOf(numbers));
  const last = Math.max(head?.n ?? 0, newest);
  for (const table of ['ledger_records', 'ledger_heads']) run(`DELETE FROM ${table} WHERE session_id = ? AND n > ?`, last);
  run('UPDATE ledger_entries SET n = NULL, is_void = 0 WHERE session_id = ? AND n > ?', last);
}
