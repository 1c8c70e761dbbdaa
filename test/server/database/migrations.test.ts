import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { builtInTemplates } from '../../../shared/session/templates.ts';
import { migrate, type Migration } from '../../../src-server/database/migration.ts';
import { migrations, openDatabase } from '../../../src-server/database/open-database.ts';
import { callApi } from '../../support/api-client.ts';
import { expectDone, startTestServer, testPassword } from '../../support/server.ts';
import { testDirectory } from '../../support/test-core.ts';

const then = '2025-01-02T03:04:05.678Z';
const userId = '01900000-0000-7000-8000-000000000001';
const sessionId = '01900000-0000-7000-8000-000000000002';
/** Every version but the newest: the steps it has, and the one that comes next. */
const earlier = migrations.slice(1).map((next, at) => [migrations[at]?.id ?? '', migrations.slice(0, at + 1), next.id] as const);

interface Column {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
}

function tablesOf(db: BetterSqlite3.Database): string[] {
  const names = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  return names.pluck().all();
}
const columnsOf = (db: BetterSqlite3.Database, table: string) => db.pragma(`table_info(${table})`) as Column[];

/** Values that mean something, where the program reads them; columns without one get one of their type. */
const [template] = builtInTemplates;
const meant: Record<string, unknown> = {
  'users.id': userId,
  'users.email': 'ada@example.org',
  'users.name': 'Ada',
  'users.color': '#0072b2',
  'sessions.id': sessionId,
  'sessions.name': 'Tuesday',
  'sessions.status': 'active',
  'sessions.access_mode': 'link-access',
  'sessions.default_role': 'editor',
  'sessions.max_participants': 8,
  'sessions.song_id': null,
  'sessions.permission_table': JSON.stringify(template?.permissions),
  'sessions.role_labels': JSON.stringify(template?.role_labels),
  'sessions.auto_cleanup_after': 1_000_000_000,
  'sessions.archive_after': 1_000_000_000,
  'participants.role': 'owner',
  'participants.status': 'joined',
  'session_devices.had': '[]',
};

function valueOf(table: string, { name, type }: Column): unknown {
  const known = meant[`${table}.${name}`];
  if (known !== undefined) return known;
  if (name === 'user_id') return userId;
  if (name === 'session_id') return sessionId;
  if (`${table}.${name}` === 'recordings.id' || name === 'recording_id') return 'one recording';
  if (name.endsWith('_at'))
    return ['revoked_at', 'disabled_at', 'deleted_at', 'erased_at', 'ended_at', 'starts_at'].includes(name) ? null : then;
  if (type === 'INTEGER') return 1;
  return type === 'BLOB' ? Buffer.from([1, 2, 3]) : `${table}.${name}`;
}

/** A database as the program of those steps left it, with a row in each table. */
async function oldDatabase(path: string, steps: readonly Migration[]): Promise<Map<string, { columns: string[]; rows: unknown[] }>> {
  const password_hash = await hash(testPassword);
  const db = new BetterSqlite3(path);
  db.pragma('journal_mode = WAL');
  migrate(db, steps, then);
  const left = new Map<string, { columns: string[]; rows: unknown[] }>();
  // What a row refers to comes first.
  const first = ['users', 'sessions', 'recordings'];
  const order = (table: string) => (first.includes(table) ? first.indexOf(table) : first.length);
  for (const table of tablesOf(db).toSorted((a, b) => order(a) - order(b))) {
    const columns = columnsOf(db, table);
    if (table !== 'migrations') {
      const values = columns.map((column) => (column.name === 'password_hash' ? password_hash : valueOf(table, column)));
      db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
    }
    const names = columns.map(({ name }) => name);
    left.set(table, {
      columns: names,
      rows: db
        .prepare(`SELECT ${names.join(', ')} FROM ${table}`)
        .raw()
        .all(),
    });
  }
  db.close();
  return left;
}

const byName = (a: Column, b: Column) => a.name.localeCompare(b.name);

/** Tables, columns and indices, whatever the way they came. */
function shapeOf(db: BetterSqlite3.Database): unknown {
  return tablesOf(db).map((table) => ({
    table,
    columns: columnsOf(db, table).toSorted(byName),
    indices: (db.pragma(`index_list(${table})`) as { name: string }[]).map(({ name }) => name).toSorted(),
  }));
}

test.each(earlier)('a database after %s comes to the newest form with its rows, and is copied before', async (_id, steps, next) => {
  const path = join(testDirectory(), 'chordme.db');
  const before = await oldDatabase(path, steps);
  openDatabase(path, then).close();

  const db = new BetterSqlite3(path, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  for (const [table, { columns, rows }] of before) {
    const now = db
      .prepare(`SELECT ${columns.join(', ')} FROM ${table}`)
      .raw()
      .all();
    expect(table === 'migrations' ? now.slice(0, rows.length) : now, table).toEqual(rows);
  }
  const fresh = openDatabase(':memory:', then);
  expect(shapeOf(db)).toEqual(shapeOf(fresh.raw));
  fresh.close();
  db.close();

  const copy = `${path}.before-${next}`;
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const kept = new BetterSqlite3(copy, { readonly: true });
  expect(kept.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(tablesOf(kept)).toEqual([...before.keys()].toSorted());
  for (const [table, { columns, rows }] of before)
    expect(
      kept
        .prepare(`SELECT ${columns.join(', ')} FROM ${table}`)
        .raw()
        .all(),
      table,
    ).toEqual(rows);
  kept.close();
});

test.each(earlier.filter(([id]) => id >= '0004'))(
  'the server goes on with a database after %s: one signs in and finds the session',
  async (_id, steps) => {
    const dataDir = testDirectory();
    await oldDatabase(join(dataDir, 'chordme.db'), steps);
    const server = await startTestServer({ dataDir });
    const { access_token, user } = expectDone(await callApi(server.url, 'login', { email: 'ada@example.org', password: testPassword }));
    expect(user).toMatchObject({ id: userId, name: 'Ada' });
    const { items } = expectDone(await callApi(server.url, 'mySessions', {}, access_token));
    expect(items).toMatchObject([{ id: sessionId, name: 'Tuesday', role: 'owner' }]);
    await server.close();
  },
);

test('a new database, and one in its newest form, is not copied; a step that failed leaves the copy and the old form', () => {
  const directory = testDirectory();
  const path = join(directory, 'chordme.db');
  openDatabase(path, then).close();
  openDatabase(path, then).close();
  expect(readdirSync(directory)).toEqual(['chordme.db']);

  const db = new BetterSqlite3(path);
  // The last step is undone but for its index, over which it stumbles.
  db.prepare('DELETE FROM migrations WHERE id = ?').run(migrations.at(-1)?.id);
  db.close();
  for (let time = 0; time < 2; time++) expect(() => openDatabase(path, then)).toThrow(/already exists/);
  expect(readdirSync(directory).toSorted()).toEqual(['chordme.db', `chordme.db.before-${migrations.at(-1)?.id}`]);
});
