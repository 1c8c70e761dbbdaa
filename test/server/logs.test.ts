import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { LedgerClient, ledgerPerson, placeOf, settled, until } from '../support/ledger-client.ts';
import { testSongId } from '../support/ledger-session.ts';
import { openMailbox } from '../support/mailbox.ts';
import { createSession, expectDone, registerUser, testPassword } from '../support/server.ts';
import { startServerProcess } from '../support/server-process.ts';
import { testDirectory } from '../support/test-core.ts';

test('a busy evening logged at its loudest has no secret, no name, no e-mail and none of the music; then it stops in the middle of work and loses nothing', async () => {
  const mailbox = await openMailbox({ user: 'mailer', password: 'mail-server-password-1' });
  onTestFinished(() => mailbox.close());
  const dataDir = testDirectory();
  const server = await startServerProcess({
    CHORDME_PORT: '0',
    CHORDME_DATA_DIR: dataDir,
    CHORDME_LOG_LEVEL: 'trace',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_SMTP_URL: mailbox.url,
    CHORDME_MAIL_FROM: 'band@example.org',
    CHORDME_METRICS_TOKEN: 'metrics-token-of-the-band',
  });
  const { url } = server;
  const ann = await ledgerPerson(url, 'Annabelle');
  const email = ann.user.credentials.user.email ?? '';
  const refreshed = expectDone(await callApi(url, 'refresh', { refresh_token: ann.user.credentials.refresh_token }));
  await callApi(url, 'login', { email, password: 'a-wrong-password-9' });
  await callApi(url, 'forgotPassword', { email });
  const code = /^ {4}(\S+)$/m.exec((await mailbox.next(email)).text.replaceAll('\r', ''))?.[1] ?? '';
  mailbox.refuseAll();
  await callApi(url, 'forgotPassword', { email });
  await until(() => server.log.some((line) => line.includes('mail not sent')), 'the failed mail');

  const session = await createSession(url, ann.user, {
    name: 'Wednesday in the crypt',
    song: { id: testSongId, title: 'Ballad of the log', chordpro: 'wandering through lyrics nobody should log' },
  });
  const client = new LedgerClient(await placeOf(url), ann, session.id, testSongId);
  await client.online();
  await client.say('whispered in the chat');
  await settled(client);
  await callApi(url, 'mySessions', { q: 'searched-for-words' }, ann.user.token);
  await callApi(url, 'joinByCode', { code: '22222222' }, ann.user.token);
  await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer metrics-token-of-the-band' } });
  await fetch(`${url}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"half a bo' });
  const plan = expectDone(
    await callApi(url, 'requestDeletion', { current_password: testPassword }, (await registerUser(url, 'Benedict')).token),
  );
  await callApi(url, 'deleteMe', { deletion_token: plan.deletion_token }, ann.user.token);

  // Something nobody foresaw.
  const beside = new BetterSqlite3(join(dataDir, 'chordme.db'));
  onTestFinished(() => void beside.close());
  beside.exec('ALTER TABLE idempotency_keys RENAME TO gone');
  const failed = await callApi(url, 'createSession', { name: 'x' }, ann.user.token, { 'idempotency-key': 'key-of-annabelle' });
  expect(failed.status).toBe(500);

  // Stopped under load: whatever was acknowledged is there, the rest was refused, nothing hangs.
  const names: string[] = [];
  const load = Array.from({ length: 40 }, async (_, at) => {
    const reply = await callApi(url, 'createSession', { name: `Last ${at}` }, ann.user.token).catch(() => null);
    if (reply?.body !== undefined) names.push(reply.body.name);
    return reply?.status ?? null;
  });
  await Promise.race(load);
  const code0 = await server.stop();
  const statuses = new Set(await Promise.all(load));
  expect(code0).toBe(0);
  expect([...statuses].filter((status) => status !== 201 && status !== 503 && status !== null)).toEqual([]);
  const kept = beside.prepare<[], string>("SELECT name FROM sessions WHERE name LIKE 'Last %'").pluck().all();
  expect(kept).toEqual(expect.arrayContaining(names));
  await client.close();

  const log = server.log.join('\n');
  expect(server.log.length).toBeGreaterThan(40);
  for (const line of server.log) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number) });
  expect(log).toContain('/api/v1/sessions/my-sessions');
  expect(log).toContain('unforeseen');
  const secrets = {
    password: testPassword,
    wrongPassword: 'a-wrong-password-9',
    mailPassword: 'mail-server-password-1',
    accessToken: ann.user.token,
    signatureOfToken: ann.user.token.split('.')[2] ?? '',
    refreshToken: ann.user.credentials.refresh_token,
    nextRefreshToken: refreshed.refresh_token,
    mailedCode: code,
    deletionToken: plan.deletion_token,
    joinCode: session.join_code,
    metricsToken: 'metrics-token-of-the-band',
    email,
    name: 'Annabelle',
    session: 'Wednesday in the crypt',
    title: 'Ballad of the log',
    lyrics: 'lyrics nobody should log',
    chat: 'whispered in the chat',
    query: 'searched-for-words',
    body: 'half a bo',
  };
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(5);
  expect(Object.entries(secrets).filter(([, secret]) => log.includes(secret))).toEqual([]);
});
