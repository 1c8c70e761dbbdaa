import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { emailSchema } from '../../shared/session/schemas.ts';
import { ConfigFault, readConfig } from '../config.ts';
import { databaseFile } from '../data-files.ts';
import { openDatabase } from '../database/open-database.ts';
import { timestamp } from '../deps.ts';
import { createOneTimeTokens } from '../features/accounts/one-time-tokens.ts';
import { createUserStore, isOpenAccount } from '../features/accounts/user-store.ts';
import type { Command } from './command.ts';

/** For a server without mail: the code that the mail would have had. The server may run, it asks the database at each use. */
export const newPassword: Command = {
  takes: 'EMAIL',
  says: 'prints a code with which this person sets a new password in the app',
  async run([given, ...rest], environment) {
    const email = emailSchema.safeParse(given);
    if (!email.success || rest.length > 0) throw new ConfigFault('new-password takes one EMAIL. See --help.');
    const { data_dir } = readConfig(environment);
    const path = join(data_dir, databaseFile);
    if (!existsSync(path)) throw new ConfigFault(`There is no database in ${data_dir}: see CHORDME_DATA_DIR.`);
    const clock = { now: () => Date.now() };
    const db = openDatabase(path, timestamp(clock));
    try {
      const user = createUserStore(db).byEmail(email.data.toLowerCase());
      if (user === undefined || !isOpenAccount(user)) throw new ConfigFault(`No account that is open has ${email.data}.`);
      const tokens = createOneTimeTokens(db, { clock, random: (length) => new Uint8Array(randomBytes(length)) });
      const { token } = tokens.issue(user.id, 'password-reset');
      console.log(`${token}\nGood once, for an hour. In the app: Sign in, Forgot password, I have a code.`);
    } finally {
      db.close();
    }
  },
};
