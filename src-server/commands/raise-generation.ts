import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { uuidSchema } from '../../shared/base/ids.ts';
import { ConfigFault, readConfig } from '../config.ts';
import { databaseFile } from '../data-files.ts';
import { openDatabase } from '../database/open-database.ts';
import { timestamp } from '../deps.ts';
import { createSessionStore } from '../features/sessions/session-store.ts';
import { createStatementSource } from '../features/sessions/statement-source.ts';
import { openAuthorityKeys } from '../keys/authority-keys.ts';
import { raiseGeneration } from '../ledger/raise-generation.ts';
import { randomBytes } from 'node:crypto';
import type { Command } from './command.ts';

/** For a session whose apps have another history than this server, which was restored from a backup and went on. R-AUT-5. */
export const raiseGenerationCommand: Command = {
  takes: 'SESSION_ID',
  says: 'makes this server’s history of a session the one that counts; stop the server first',
  async run([sessionId, ...rest], environment) {
    const id = uuidSchema.safeParse(sessionId);
    if (!id.success || rest.length > 0) throw new ConfigFault('raise-generation takes one SESSION_ID. See --help.');
    const { data_dir } = readConfig(environment);
    const path = join(data_dir, databaseFile);
    if (!existsSync(path)) throw new ConfigFault(`There is no database in ${data_dir}: see CHORDME_DATA_DIR.`);
    const clock = { now: () => Date.now() };
    const keys = await openAuthorityKeys(data_dir, (length) => new Uint8Array(randomBytes(length)));
    const db = openDatabase(path, timestamp(clock));
    try {
      if (!isAlone(db.raw)) throw new ConfigFault('The server is running on this database: stop it first.');
      const sessions = createSessionStore(db);
      const raised = await raiseGeneration({ db, sessions, keys, statements: createStatementSource(db, sessions, clock) }, id.data);
      if (raised === 'not-found') throw new ConfigFault(`There is no session ${id.data}.`);
      if (raised === 'empty') throw new ConfigFault('This server has nothing of that session: it takes all of it from the apps by itself.');
      console.log(`generation ${raised.generation} of ${id.data} begins after ${raised.n} records`);
    } finally {
      db.close();
    }
  },
};

/** A running server has the database in memory too: what another process writes would go past it. Only who is alone may leave the log. */
function isAlone(raw: ReturnType<typeof openDatabase>['raw']): boolean {
  raw.pragma('busy_timeout = 0');
  try {
    return raw.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch {
    return false;
  }
}
