import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/core/database/open-database.ts';
import { migrations } from '../../../src-main/core/database/migrations.ts';
import { importedSql } from '../../../src-main/core/library/song-store.ts';
import { createSecretFiles } from '../../../src-main/core/secret-files.ts';
import { openTestCore, testDirectory } from '../../support/test-core.ts';

describe('data directory', () => {
  test('is readable by its owner only, and so are database and secrets', async () => {
    const { dataDir } = await openTestCore();
    createSecretFiles(dataDir).write('refresh-embedded', 'token');
    const modes = ['.', 'chordme.sqlite', 'refresh-embedded.secret'].map((name) => statSync(join(dataDir, name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  test('two instances on one directory: the second says so, and works when the first is closed', async () => {
    const first = await openTestCore();
    await expect(openTestCore({ dataDir: first.dataDir })).rejects.toThrow(/already open/);
    await first.close();
    await openTestCore({ dataDir: first.dataDir });
  });

  test('a killed instance leaves no lock behind', async () => {
    const directory = join(testDirectory(), 'data');
    const module = JSON.stringify(new URL('../../../src-main/core/data-directory.ts', import.meta.url).href);
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const { openDataDirectory } = await import(${module}); globalThis.kept = openDataDirectory(${JSON.stringify(directory)}); console.log('held'); setInterval(() => {}, 1e6);`,
    ]);
    await once(holder.stdout, 'data');
    await expect(openTestCore({ dataDir: directory })).rejects.toThrow(/already open/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await openTestCore({ dataDir: directory });
  });

  test('a directory that cannot be made is a clear message', async () => {
    const file = join(testDirectory(), 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, join(file, 'data')]) await expect(openTestCore({ dataDir })).rejects.toThrow(/cannot be used/);
  });
});

describe('database', () => {
  test('a migration copies the file before it, keeps what is there, and runs once', async () => {
    const file = join(testDirectory(), 'db.sqlite');
    const first = await openDatabase(file, ['CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7);']);
    first.close();
    const steps = [
      'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (7);',
      'ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = 8;',
    ];
    for (let time = 0; time < 2; time++) {
      const db = await openDatabase(file, steps);
      expect(db.prepare('SELECT x, y FROM a').all()).toEqual([{ x: 7, y: 8 }]);
      db.close();
    }
    const copy = new Database(`${file}.before-2`, { readonly: true });
    expect(copy.prepare('SELECT * FROM a').all()).toEqual([{ x: 7 }]);
    copy.close();
  });

  test('a migration that fails leaves the version before it', async () => {
    const file = join(testDirectory(), 'db.sqlite');
    (await openDatabase(file, ['CREATE TABLE a (x INTEGER) STRICT;'])).close();
    await expect(
      openDatabase(file, ['CREATE TABLE a (x INTEGER) STRICT;', 'CREATE TABLE b (x INTEGER) STRICT; nonsense;']),
    ).rejects.toThrow();
    const db = await openDatabase(file, ['CREATE TABLE a (x INTEGER) STRICT;']);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'a' }]);
    db.close();
  });

  test('a file of a newer program and a damaged one are refused, untouched', async () => {
    const directory = testDirectory();
    mkdirSync(join(directory, 'x'));
    const newer = join(directory, 'newer.sqlite');
    (await openDatabase(newer, ['CREATE TABLE a (x INTEGER) STRICT;', 'CREATE TABLE b (x INTEGER) STRICT;'])).close();
    await expect(openDatabase(newer, ['CREATE TABLE a (x INTEGER) STRICT;'])).rejects.toThrow(/newer version/);
    const damaged = join(directory, 'damaged.sqlite');
    writeFileSync(damaged, 'not a database, but long enough to be taken for one'.repeat(100));
    await expect(openDatabase(damaged, migrations)).rejects.toThrow(/damaged/);
    expect(existsSync(`${damaged}-wal`)).toBe(false);
  });

  test('an acknowledged write survives power loss: WAL, synchronous full, foreign keys', async () => {
    const db = await openDatabase(join(testDirectory(), 'db.sqlite'), migrations);
    const read = (name: string): unknown => db.pragma(name, { simple: true });
    expect([read('journal_mode'), read('synchronous'), read('foreign_keys')]).toEqual(['wal', 2, 1]);
    db.close();
  });

  test('whether a file was imported is looked up by its name, not by reading all songs', async () => {
    const db = await openDatabase(join(testDirectory(), 'db.sqlite'), migrations);
    const [step] = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${importedSql}`).all('', '');
    expect(step?.detail).toContain('SEARCH songs USING INDEX songs_by_file');
    db.close();
  });
});
