import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { backup } from '../../src-server/commands/backup.ts';
import { restore } from '../../src-server/commands/restore.ts';
import { ConfigFault } from '../../src-server/config.ts';
import type { Session } from '../../shared/session/schemas.ts';
import { callApi } from '../support/api-client.ts';
import { LedgerClient, ledgerPerson, placeOf, until } from '../support/ledger-client.ts';
import { testSongId } from '../support/ledger-session.ts';
import { createSession, expectDone, registerUser, startTestServer } from '../support/server.ts';
import { runServerCommand, startServerProcess } from '../support/server-process.ts';
import { testDirectory } from '../support/test-core.ts';

const environmentOf = (dataDir: string) => ({
  CHORDME_PORT: '0',
  CHORDME_DATA_DIR: dataDir,
  CHORDME_LOG_LEVEL: 'warn',
  CHORDME_RATE_LIMITS: 'off',
});

test('a backup under load has everything acknowledged before it, is sound, and restores the same server', async () => {
  const dataDir = testDirectory();
  const environment = environmentOf(dataDir);
  const first = await startServerProcess(environment);
  const ann = await ledgerPerson(first.url, 'Ann');
  const before = await createSession(first.url, ann.user, { name: 'Before' });
  const client = new LedgerClient(await placeOf(first.url), ann, before.id, testSongId);
  await client.online();
  await client.say('said before');
  await until(() => client.isSettled && client.ledger.n > 0, 'the record of what was said');

  // Writes of all kinds go on during the whole backup.
  const over = new AbortController();
  const during: Session[] = [];
  const load = (async () => {
    for (let at = 0; !over.signal.aborted; at++) {
      during.push(await createSession(first.url, ann.user, { name: `During ${at}` }));
      await client.say(`said during ${at}`);
    }
  })();
  await until(() => during.length > 2, 'the load');
  const target = join(testDirectory(), 'band.backup');
  const done = await runServerCommand(['backup', target], environment);
  const whileCopied = during.length;
  over.abort();
  await load;
  expect(done).toMatchObject({ status: 0, stdout: `written ${target}\n` });
  expect(whileCopied).toBeGreaterThan(3);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  await client.close();
  expect(await first.stop()).toBe(0);

  const restored = join(testDirectory(), 'new');
  expect(await runServerCommand(['restore', target], environmentOf(restored))).toMatchObject({
    status: 0,
    stdout: `restored ${restored}\n`,
  });
  const beside = new BetterSqlite3(join(restored, 'chordme.db'), { readonly: true });
  expect(beside.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(beside.pragma('foreign_key_check')).toEqual([]);
  expect(beside.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'backup%'").all()).toEqual([]);
  beside.close();
  for (const name of ['authority-key.pkcs8', 'token-secret']) {
    expect(readFileSync(join(restored, name))).toEqual(readFileSync(join(dataDir, name)));
    expect(statSync(join(restored, name)).mode & 0o777).toBe(0o600);
  }

  const second = await startServerProcess(environmentOf(restored));
  onTestFinished(async () => void (await second.stop()));
  // The same key, the same tokens, what had been acknowledged, and no half session.
  for (const { id, name } of [before, ...during.slice(0, 3)]) {
    expect(expectDone(await callApi(second.url, 'getSession', { id }, ann.user.token)).name).toBe(name);
  }
  const again = new LedgerClient(await placeOf(second.url), ann, before.id, testSongId);
  await again.online();
  await until(() => again.ledger.fold.chat.size > 0, 'the chat');
  expect([...again.ledger.fold.chat.values()].map(({ words }) => (words.type === 'message' ? words.text : ''))).toContain('said before');
  await again.close();
});

test('nothing is replaced: an existing file, a folder with a server; and what is no backup is refused', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const dataDir = testDirectory();
  const environment = environmentOf(dataDir);
  await expect(backup.run([join(dataDir, 'x')], environment)).rejects.toThrow(ConfigFault);
  const server = await startTestServer({ dataDir });
  await registerUser(server.url);
  await server.close();
  const target = join(testDirectory(), 'a.backup');
  await backup.run([target], environment);
  const bytes = readFileSync(target);
  await expect(backup.run([target], environment)).rejects.toThrow('replaces nothing');
  await expect(backup.run([], environment)).rejects.toThrow(ConfigFault);
  expect(readFileSync(target).equals(bytes)).toBe(true);
  await expect(restore.run([target], environment)).rejects.toThrow('has a server already');

  const fresh = environmentOf(join(testDirectory(), 'fresh'));
  const damaged = join(testDirectory(), 'damaged');
  writeFileSync(damaged, bytes.subarray(0, bytes.length / 2));
  for (const file of [join(dataDir, 'chordme.db'), join(dataDir, 'token-secret'), damaged, join(dataDir, 'none')]) {
    await expect(restore.run([file], fresh)).rejects.toThrow(ConfigFault);
  }
  // None of these left anything that a good one would stumble over.
  await restore.run([target], fresh);
  expect(readdirSync(fresh.CHORDME_DATA_DIR).toSorted()).toEqual(['authority-key.pkcs8', 'chordme.db', 'token-secret']);
});
