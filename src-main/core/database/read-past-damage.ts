import type { Database } from 'better-sqlite3';

type Row = Record<string, unknown>;

/** Rows of one table, and whether the table could be read to its end. */
export interface Readable {
  rows: Iterable<Row>;
  /** True once something was met that cannot be read; asked after the last row. */
  hasGaps: () => boolean;
}

/** So far a search for the next readable row goes, doubling its steps from 1: no table has so many rows in one broken place. */
const furthestStep = 2 ** 32;

/** Runs a query row by row until it ends (true) or meets a page that cannot be read (false). */
function* untilDamage(db: Database, sql: string, values: readonly unknown[]): Generator<Row, boolean> {
  try {
    for (const row of db.prepare(sql).iterate(...values)) yield row as Row;
    return true;
  } catch {
    return false;
  }
}

/**
 * A table with row ids: onward to the damage, past it by steps that double, and back to it from behind, so that only what
 * stands in a damaged place is missing.
 */
export function readRowsPastDamage(db: Database, table: string, columns: readonly string[]): Readable {
  const wanted = `SELECT rowid AS salvaged_id, ${columns.join(', ')} FROM ${table}`;
  let hasGaps = false;
  const firstAfter = (id: number): number | null | 'unreadable' => {
    try {
      const found = db.prepare(`SELECT rowid AS id FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1`).get(id) as
        | { id: number }
        | undefined;
      return found?.id ?? null;
    } catch {
      return 'unreadable';
    }
  };
  function* read(): Generator<Row> {
    for (let last = -1; ;) {
      const onward = untilDamage(db, `${wanted} WHERE rowid > ? ORDER BY rowid`, [last]);
      let step = onward.next();
      for (; step.done !== true; step = onward.next()) {
        last = step.value['salvaged_id'] as number;
        yield step.value;
      }
      if (step.value) return;
      hasGaps = true;
      const gapAfter = last;
      let beyond: number | null | 'unreadable' = 'unreadable';
      for (let skip = 1; beyond === 'unreadable' && skip <= furthestStep; skip *= 2) beyond = firstAfter(gapAfter + skip);
      if (beyond === null || beyond === 'unreadable') return;
      yield* untilDamage(db, `${wanted} WHERE rowid > ? AND rowid < ? ORDER BY rowid DESC`, [gapAfter, beyond]);
      last = beyond - 1;
    }
  }
  return { rows: read(), hasGaps: () => hasGaps };
}

/** A table without row ids: onward to the damage and back to it from the end, once for each value of `part`. */
export function readKeysPastDamage(
  db: Database,
  table: string,
  columns: readonly string[],
  keys: readonly string[],
  part: { column: string; values: readonly string[] } | null,
): Readable {
  let hasGaps = false;
  const wanted = `SELECT ${columns.join(', ')} FROM ${table}${part === null ? '' : ` WHERE ${part.column} = ?`}`;
  function* read(): Generator<Row> {
    for (const value of part?.values ?? [null]) {
      const values = value === null ? [] : [value];
      const onward = untilDamage(db, `${wanted} ORDER BY ${keys.join(', ')}`, values);
      if (yield* onward) continue;
      hasGaps = true;
      yield* untilDamage(db, `${wanted} ORDER BY ${keys.map((key) => `${key} DESC`).join(', ')}`, values);
    }
  }
  return { rows: read(), hasGaps: () => hasGaps };
}
