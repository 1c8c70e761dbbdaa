import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ConfigFault, readConfig } from '../config.ts';
import { databaseFile, secretFiles } from '../data-files.ts';
import type { Command } from './command.ts';

/** All the rest of the database at once: another connection's write in between would begin the copy anew. */
const allPages = 2 ** 31 - 1;

/**
 * A copy of the database as it is at one moment, with the keys in a table of its own: one file that has everything. The
 * server may run and write meanwhile; the copy reads one snapshot and holds nobody up.
 */
async function writeBackup(dataDir: string, target: string): Promise<void> {
  const source = new BetterSqlite3(join(dataDir, databaseFile), { readonly: true, fileMustExist: true });
  const part = `${target}.part`;
  rmSync(part, { force: true });
  // Made beforehand, so that nobody else can read it for a moment: it has the keys.
  closeSync(openSync(part, 'wx', 0o600));
  try {
    await source.backup(part, { progress: () => allPages });
    const copy = new BetterSqlite3(part);
    try {
      // A file by itself, without a log beside it.
      copy.pragma('journal_mode = DELETE');
      copy.exec('CREATE TABLE backup_files (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT');
      const insert = copy.prepare('INSERT INTO backup_files (name, bytes) VALUES (?, ?)');
      for (const name of secretFiles) insert.run(name, readFileSync(join(dataDir, name)));
      const health = copy.pragma('quick_check', { simple: true });
      if (health !== 'ok') throw new Error(`The database is damaged: ${String(health)}`);
    } finally {
      copy.close();
    }
    const file = openSync(part, 'r');
    fsyncSync(file);
    closeSync(file);
    chmodSync(part, 0o600);
    renameSync(part, target);
  } finally {
    source.close();
    rmSync(part, { force: true });
  }
}

export const backup: Command = {
  takes: 'FILE',
  says: 'writes everything into FILE, while the server runs; FILE holds secrets',
  async run([target, ...rest], environment) {
    if (target === undefined || rest.length > 0) throw new ConfigFault('backup takes one FILE. See --help.');
    const { data_dir } = readConfig(environment);
    if (!existsSync(join(data_dir, databaseFile))) throw new ConfigFault(`There is no database in ${data_dir}: see CHORDME_DATA_DIR.`);
    if (existsSync(target)) throw new ConfigFault(`${target} exists; a backup replaces nothing.`);
    await writeBackup(data_dir, target);
    console.log(`written ${target}`);
  },
};
