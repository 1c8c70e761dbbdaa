import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import type BetterSqlite3 from 'better-sqlite3';
import { appliedTo, type Migration } from './migration.ts';

/**
 * A database that a step is still to change is copied to `NAME.before-STEP` first: who has to go back to the older program has
 * what it can read. A copy of the same step is replaced: that step was never finished.
 */
export function copyBefore(raw: BetterSqlite3.Database, path: string, migrations: readonly Migration[]): void {
  const applied = appliedTo(raw);
  const next = migrations.find(({ id }) => !applied.has(id));
  if (applied.size === 0 || next === undefined) return;
  const copy = `${path}.before-${next.id}`;
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  // Made beforehand, so that nobody else can read it for a moment: it has hashes of passwords.
  closeSync(openSync(part, 'wx', 0o600));
  raw.prepare('VACUUM INTO ?').run(part);
  renameSync(part, copy);
}
