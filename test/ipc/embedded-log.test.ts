import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import { startEmbeddedWith } from '../../src-main/core/embedded-authority.ts';
import { systemClock, systemRandom, systemTimers } from '../../src-main/core/system.ts';
import { ask, refusal } from '../support/ask.ts';
import { openTestCore } from '../support/test-core.ts';

test('what nobody foresaw in the server inside an app is in the log of the app, without who it was', async () => {
  const lines: string[] = [];
  const embedded = startEmbeddedWith({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    logger: silentLogger,
    serverLogger: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
    computerName: 'The Cellar',
  });
  const core = await openTestCore({ embedded });
  await ask(core, 'account.register', { email: 'annabelle@example.org', name: 'Annabelle', password: 'silent night holy night' });
  expect(lines).toEqual([]);
  const beside = new BetterSqlite3(join(core.dataDir, 'authority', 'chordme.db'));
  onTestFinished(() => void beside.close());
  beside.exec('ALTER TABLE templates RENAME TO gone');
  expect(await refusal(core, 'authority.request', { operation: 'listTemplates', input: {} })).toBe('internal');
  expect(lines.join()).toContain('no such table: templates');
  expect(lines.join().toLowerCase()).not.toContain('annabelle');
});
