import type { Database } from 'better-sqlite3';
import { recoverySchema, type Recovery } from '../../../shared/ipc/contract.ts';

const name = 'recovery';

/** What a damaged file was replaced by, told until the person has read it. */
export function writeRecovery(db: Database, recovery: Omit<Recovery, 'at'> & { at: number }): void {
  const told: Recovery = { ...recovery, at: new Date(recovery.at).toISOString() };
  db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, JSON.stringify(told));
}

export function readRecovery(db: Database): Recovery | null {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?').get(name);
  if (row === undefined) return null;
  return recoverySchema.parse(JSON.parse(row.value));
}

export function dropRecovery(db: Database): void {
  db.prepare('DELETE FROM settings WHERE name = ?').run(name);
}
