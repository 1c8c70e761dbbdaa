import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { LedgerClient, ledgerPerson, placeOf, settled } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { createSession, expectDone, registerUser, startTestServer, testPassword } from '../../support/server.ts';
import { testDirectory } from '../../support/test-core.ts';

const secrets = ['heliotrope-one', 'heliotrope-two', 'heliotrope-three'];

/** Which of them the files still hold, in whatever page. */
function found(...files: string[]): string[] {
  const bytes = files.map((file) => readFileSync(file));
  return secrets.filter((secret) => bytes.some((part) => part.includes(secret)));
}

test('what was deleted is in no page of the database, nor after an hour in the log beside it', async () => {
  const dataDir = testDirectory();
  const hours = new FakeTime();
  const server = await startTestServer({
    dataDir,
    time: { ...systemTimers, now: () => Date.now(), every: (ms, run) => hours.every(ms, run) },
  });
  onTestFinished(() => server.close());
  const { url } = server;
  await registerUser(url, 'Root');
  const ann = await ledgerPerson(url, 'Ann');
  const ben = await registerUser(url, 'Ben');
  const session = await createSession(url, ann.user);
  const { id } = session;
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const [one = '', two = '', three = ''] = secrets;
  const client = new LedgerClient(await placeOf(url), ann, id, testSongId);
  await client.online();
  // Some before and after it, so that its page stays in use.
  for (const text of ['before', `I said ${one}`, 'between', `and ${two}`, 'after']) await client.say(text);
  await settled(client);
  const gone = await createSession(url, ann.user, { name: three });
  const files = [join(dataDir, 'chordme.db'), join(dataDir, 'chordme.db-wal')];
  expect(found(...files)).toEqual(secrets);

  expect((await callApi(url, 'deleteSession', { id: gone.id, confirm: three }, ann.user.token)).status).toBe(204);
  const { deletion_token } = expectDone(await callApi(url, 'requestDeletion', { current_password: testPassword }, ann.user.token));
  expect((await callApi(url, 'deleteMe', { deletion_token }, ann.user.token)).status).toBe(204);
  expect(expectDone(await callApi(url, 'listMessages', { id }, ben.token)).items).toEqual([]);
  await client.close();
  hours.advance(60 * 60_000);
  expect(found(...files)).toEqual([]);
});
