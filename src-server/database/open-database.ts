import BetterSqlite3 from 'better-sqlite3';
import { copyBefore } from './copy-before.ts';
import { type Compilable, Kysely, SqliteDialect } from 'kysely';
import { migrate, type Migration } from './migration.ts';
import { accounts } from './migrations/0001-accounts.ts';
import { sessions } from './migrations/0002-sessions.ts';
import { ledger } from './migrations/0003-ledger.ts';
import { checkpoints } from './migrations/0004-checkpoints.ts';
import { suspendedDevices } from './migrations/0005-suspended-devices.ts';
import { sessionPeople } from './migrations/0010-session-people.ts';
import { sessionHistory } from './migrations/0011-session-history.ts';
import { people } from './migrations/0020-people.ts';
import { personRows } from './migrations/0021-person-rows.ts';
import { recordings } from './migrations/0022-recordings.ts';
import { recordingStarts } from './migrations/0023-recording-starts.ts';
import type { Schema } from './schema.ts';

/** In the order they are applied; numbers may leave gaps. */
export const migrations: readonly Migration[] = [
  accounts,
  sessions,
  ledger,
  checkpoints,
  suspendedDevices,
  sessionPeople,
  sessionHistory,
  people,
  personRows,
  recordings,
  recordingStarts,
];

/**
 * The one connection. Kysely writes the queries, they run here synchronously: an awaited transaction would let a
 * ledger entry of another request slip into it, and a roll-back would take an acknowledged entry along.
 */
export interface Database {
  /** For the ledger's store, which has tables of its own. */
  readonly raw: BetterSqlite3.Database;
  readonly query: Kysely<Schema>;
  all<Row>(query: Compilable<Row>): Row[];
  first<Row>(query: Compilable<Row>): Row | undefined;
  /** Answers how many rows were changed. */
  run(query: Compilable): number;
  /** All or nothing; `work` cannot wait. Inside another transaction it is a part of that one. */
  transact<Result>(work: () => Result extends PromiseLike<unknown> ? never : Result): Result;
  /** Empties the log beside the file: what was deleted stands in it until it is written over. A reader under way puts it off. */
  emptyLog(): void;
  close(): void;
}

/** Opens or makes the database; `path` may be `:memory:`. Before it is brought to a newer form it is copied beside itself. */
export function openDatabase(path: string, now: string): Database {
  const raw = new BetterSqlite3(path);
  try {
    raw.pragma('journal_mode = WAL');
    // An acknowledged entry survives kill -9 and power loss.
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    // Words that were taken back are not to stay behind in free pages. Appending frees none, so that it costs nothing there.
    raw.pragma('secure_delete = ON');
    // Another process (a backup) may hold the file for a moment.
    raw.pragma('busy_timeout = 5000');
    copyBefore(raw, path, migrations);
    migrate(raw, migrations, now);
  } catch (error) {
    raw.close();
    throw error;
  }
  const query = new Kysely<Schema>({ dialect: new SqliteDialect({ database: raw }) });
  // As many as there are places in the code that ask: their texts do not depend on what is asked for.
  const prepared = new Map<string, BetterSqlite3.Statement>();

  function bind(source: Compilable) {
    const { sql, parameters } = source.compile();
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = raw.prepare(sql);
      prepared.set(sql, statement);
    }
    return { statement, parameters: [...parameters] };
  }

  return {
    raw,
    query,
    all<Row>(source: Compilable<Row>) {
      const { statement, parameters } = bind(source);
      return statement.all(...parameters) as Row[];
    },
    first<Row>(source: Compilable<Row>) {
      const { statement, parameters } = bind(source);
      return statement.get(...parameters) as Row | undefined;
    },
    run(source) {
      const { statement, parameters } = bind(source);
      return statement.run(...parameters).changes;
    },
    transact: (work) => raw.transaction(work).immediate(),
    emptyLog: () => void raw.pragma('wal_checkpoint(TRUNCATE)'),
    close: () => raw.close(),
  };
}
