import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { z } from 'zod';
import { ConfigFault, readConfig } from '../config.ts';
import { databaseFile, secretFiles } from '../data-files.ts';
import type { Command } from './command.ts';

const rowsSchema = z.array(z.strictObject({ name: z.enum(secretFiles), bytes: z.instanceof(Buffer) })).length(secretFiles.length);

/** Takes the keys out of a copy of a backup, after a look at whether the whole is sound. Throws ConfigFault for what is no backup. */
function takeKeys(path: string, source: string) {
  const copy = new BetterSqlite3(path, { fileMustExist: true });
  try {
    // The keys are not to stay behind in free pages.
    copy.pragma('secure_delete = ON');
    const health = copy.pragma('integrity_check', { simple: true });
    if (health !== 'ok') throw new ConfigFault(`${source} is damaged: ${String(health)}`);
    const rows = rowsSchema.safeParse(copy.prepare('SELECT name, bytes FROM backup_files').all());
    if (!rows.success) throw new ConfigFault(`${source} is no backup of this server.`);
    copy.exec('DROP TABLE backup_files');
    return rows.data;
  } catch (error) {
    // No database, half of one, or one without the table.
    if (error instanceof BetterSqlite3.SqliteError)
      throw new ConfigFault(`${source} is no backup of this server, or damaged: ${error.message}`);
    throw error;
  } finally {
    copy.close();
  }
}

function writeSecret(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The database comes last and at once: a restore that was cut short is none, and can be begun anew. */
function restoreInto(dataDir: string, source: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const part = join(dataDir, `${databaseFile}.part`);
  rmSync(part, { force: true });
  closeSync(openSync(part, 'wx', 0o600));
  try {
    copyFileSync(source, part);
    for (const { name, bytes } of takeKeys(part, source)) writeSecret(join(dataDir, name), bytes);
    const file = openSync(part, 'r');
    fsyncSync(file);
    closeSync(file);
    renameSync(part, join(dataDir, databaseFile));
  } finally {
    rmSync(part, { force: true });
  }
}

export const restore: Command = {
  takes: 'FILE',
  says: 'puts a backup into CHORDME_DATA_DIR, which must be empty of a server',
  async run([source, ...rest], environment) {
    if (source === undefined || rest.length > 0) throw new ConfigFault('restore takes one FILE. See --help.');
    const { data_dir } = readConfig(environment);
    if (!existsSync(source)) throw new ConfigFault(`There is no ${source}.`);
    // Keys alone are of a restore that was cut short, or of a server that never had anything.
    if (existsSync(join(data_dir, databaseFile))) {
      throw new ConfigFault(`${data_dir} has a server already: stop it and move the folder away, or name another one.`);
    }
    restoreInto(data_dir, source);
    console.log(`restored ${data_dir}`);
  },
};
