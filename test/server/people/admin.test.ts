import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { callApi } from '../../support/api-client.ts';
import { LedgerClient, ledgerPerson, placeOf, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { openMailbox } from '../../support/mailbox.ts';
import {
  createSession,
  expectDone,
  registerUser,
  startTestServer,
  testPassword,
  type TestServer,
  type TestUser,
} from '../../support/server.ts';

let server: TestServer;
let chief: TestUser;
beforeAll(async () => {
  server = await startTestServer();
  chief = await registerUser(server.url, 'Chief');
});
afterAll(() => server.close());

async function withSettings(change: Parameters<typeof callApi<'updateServerSettings'>>[2]): Promise<void> {
  const before = expectDone(await callApi(server.url, 'getServerSettings', {}, chief.token));
  expectDone(await callApi(server.url, 'updateServerSettings', change, chief.token));
  onTestFinished(async () => {
    const { widest_registration: _widest, ...settings } = before;
    await callApi(server.url, 'updateServerSettings', settings, chief.token);
  });
}
const newcomer = (email: string, code?: string) =>
  callApi(server.url, 'register', { email, password: testPassword, ...(code !== undefined && { code }) });

test('only administrators see or change settings and people', async () => {
  const ben = await registerUser(server.url, 'Ben');
  for (const reply of [
    await callApi(server.url, 'getServerSettings', {}, ben.token),
    await callApi(server.url, 'updateServerSettings', { registration: 'closed' }, ben.token),
    await callApi(server.url, 'listUsers', {}, ben.token),
    await callApi(server.url, 'updateUser', { user_id: ben.id, is_admin: true }, ben.token),
    await callApi(server.url, 'serverStatus', {}, ben.token),
    await callApi(server.url, 'testMail', {}, ben.token),
  ]) {
    expect(reply.problem?.code).toBe('forbidden');
  }
});

test('closed lets nobody make an account; invited lets those with a join code', async () => {
  const session = await createSession(server.url, chief);
  await withSettings({ registration: 'closed' });
  expect((await newcomer('late@example.org')).problem?.code).toBe('registration-closed');
  expect((await callApi(server.url, 'describeServer', {})).body?.registration).toBe('closed');
  expectDone(await callApi(server.url, 'updateServerSettings', { registration: 'invited' }, chief.token));
  expect((await newcomer('late@example.org')).problem?.code).toBe('registration-closed');
  expect((await newcomer('late@example.org', '22222222')).problem?.code).toBe('registration-closed');
  expect((await newcomer('late@example.org', session.join_code)).status).toBe(201);
});

test('the environment is the widest: an administrator narrows it and cannot widen it', async () => {
  const narrow = await startTestServer({ environment: { CHORDME_REGISTRATION: 'invited' } });
  onTestFinished(() => narrow.close());
  const { token } = await registerUser(narrow.url);
  const shown = expectDone(await callApi(narrow.url, 'getServerSettings', {}, token));
  expect([shown.registration, shown.widest_registration]).toEqual(['invited', 'invited']);
  const wider = await callApi(narrow.url, 'updateServerSettings', { registration: 'open' }, token);
  expect(wider.problem).toMatchObject({ code: 'unprocessable', errors: [{ path: 'registration' }] });
  expect(expectDone(await callApi(narrow.url, 'updateServerSettings', { registration: 'closed' }, token)).registration).toBe('closed');
});

test('settings stay over a restart, and a limit holds at once', async () => {
  const first = await startTestServer();
  onTestFinished(() => first.close());
  const { token, id } = await registerUser(first.url);
  const given = { max_users: 1, auto_cleanup_after: { min: 3_600, max: 7_200 } };
  expectDone(await callApi(first.url, 'updateServerSettings', given, token));
  expect((await callApi(first.url, 'register', { email: 'b@example.org', password: testPassword })).problem?.code).toBe(
    'registration-closed',
  );
  const wrong = await callApi(first.url, 'updateServerSettings', { archive_after: { min: 9_000, max: 60 } }, token);
  expect(wrong.status).toBe(400);
  await first.app.close();
  const second = await startTestServer({ dataDir: first.config.data_dir });
  onTestFinished(() => second.close());
  expect(expectDone(await callApi(second.url, 'getServerSettings', {}, token))).toMatchObject(given);
  expect(expectDone(await callApi(second.url, 'listUsers', {}, token)).items.map((user) => user.id)).toEqual([id]);
});

test('people are listed newest first, in pages, by kind and by a part of name or e-mail', async () => {
  const some = [await registerUser(server.url, 'Zoe 100%'), await registerUser(server.url, 'Yan'), await registerUser(server.url, 'Xi')];
  const first = expectDone(await callApi(server.url, 'listUsers', { limit: 2 }, chief.token));
  expect(first.items.map(({ id }) => id)).toEqual([some[2]?.id, some[1]?.id]);
  const next = expectDone(await callApi(server.url, 'listUsers', { limit: 2, cursor: first.next_cursor ?? '' }, chief.token));
  expect(next.items[0]?.id).toBe(some[0]?.id);
  const found = expectDone(await callApi(server.url, 'listUsers', { q: '100%' }, chief.token));
  expect(found.items.map(({ id }) => id)).toEqual([some[0]?.id]);
  expect(found.items[0]).toMatchObject({
    is_admin: false,
    is_guest: false,
    is_disabled: false,
    session_count: 0,
    last_seen_at: expect.any(String),
  });
  const chiefs = expectDone(await callApi(server.url, 'listUsers', { kind: 'administrator' }, chief.token));
  expect(chiefs.items.map(({ id }) => id)).toEqual([chief.id]);
  expect(expectDone(await callApi(server.url, 'listUsers', { kind: 'guest' }, chief.token)).items).toEqual([]);
});

test('who is disabled is out everywhere at once, and back when enabled', async () => {
  const ann = await ledgerPerson(server.url, 'Ann');
  const bob = await ledgerPerson(server.url, 'Bob');
  const session = await createSession(server.url, bob.user);
  expectDone(await callApi(server.url, 'joinByCode', { code: session.join_code }, ann.user.token));
  const place = await placeOf(server.url);
  const [atAnn, atBob] = [new LedgerClient(place, ann, session.id, testSongId), new LedgerClient(place, bob, session.id, testSongId)];
  await atAnn.online();
  await atBob.online();
  const account = expectDone(await callApi(server.url, 'updateUser', { user_id: ann.user.id, is_disabled: true }, chief.token));
  expect(account.is_disabled).toBe(true);
  await until(() => !atAnn.isLinked, 'her link is cut');
  await until(() => atBob.ledger.device(ann.device)?.role === null, 'the statement says so');
  expect((await callApi(server.url, 'me', {}, ann.user.token)).status).toBe(401);
  expect((await callApi(server.url, 'refresh', { refresh_token: ann.user.credentials.refresh_token })).status).toBe(401);
  const email = ann.user.credentials.user.email ?? '';
  expect((await callApi(server.url, 'login', { email, password: testPassword })).problem?.code).toBe('account-disabled');
  // Who does not know the password learns nothing of it.
  expect((await callApi(server.url, 'login', { email, password: 'not-this-one' })).problem?.code).toBe('wrong-credentials');
  expect(expectDone(await callApi(server.url, 'listUsers', { kind: 'disabled' }, chief.token)).items.map(({ id }) => id)).toEqual([
    ann.user.id,
  ]);

  expectDone(await callApi(server.url, 'updateUser', { user_id: ann.user.id, is_disabled: false }, chief.token));
  expect((await callApi(server.url, 'login', { email, password: testPassword })).status).toBe(200);
  await until(() => atBob.ledger.device(ann.device)?.role === 'editor', 'the statement lists her device again');
  await atAnn.close();
  await atBob.close();
});

test('there is always an administrator', async () => {
  for (const change of [{ is_admin: false }, { is_disabled: true }]) {
    const reply = await callApi(server.url, 'updateUser', { user_id: chief.id, ...change }, chief.token);
    expect(reply.problem?.code).toBe('last-administrator');
  }
  const deputy = await registerUser(server.url, 'Deputy');
  expect(expectDone(await callApi(server.url, 'updateUser', { user_id: deputy.id, is_admin: true }, chief.token)).is_admin).toBe(true);
  expect((await callApi(server.url, 'listUsers', {}, deputy.token)).status).toBe(200);
  expectDone(await callApi(server.url, 'updateUser', { user_id: deputy.id, is_admin: false }, chief.token));
  expect((await callApi(server.url, 'listUsers', {}, deputy.token)).status).toBe(403);
  const nobody = await callApi(server.url, 'updateUser', { user_id: '01900000-0000-7000-8000-000000000000', is_admin: true }, chief.token);
  expect(nobody.problem?.code).toBe('not-found');
});

test('CHORDME_ADMIN appoints who has an account already, and nobody takes that address later', async () => {
  const first = await startTestServer();
  onTestFinished(() => first.close());
  await registerUser(first.url, 'First');
  const ben = await registerUser(first.url, 'Ben');
  await first.app.close();
  const email = ben.credentials.user.email ?? '';
  const second = await startTestServer({ dataDir: first.config.data_dir, environment: { CHORDME_ADMIN: email } });
  onTestFinished(() => second.close());
  expect(expectDone(await callApi(second.url, 'me', {}, ben.token)).is_admin).toBe(true);
  expectDone(await callApi(second.url, 'updateMe', { email: 'other@example.org', current_password: testPassword }, ben.token));
  const cat = await registerUser(second.url, 'Cat');
  const taking = await callApi(second.url, 'updateMe', { email, current_password: testPassword }, cat.token);
  expect(taking.problem?.code).toBe('email-taken');
});

test('the status has figures, and says that no mail is sent', async () => {
  const status = expectDone(await callApi(server.url, 'serverStatus', {}, chief.token));
  expect(status).toMatchObject({ mail_from: null, public_url: '', sockets: { ledger: 0 }, answers: { failed: 0 } });
  for (const figure of [status.memory_bytes, status.database_bytes, status.free_disk_bytes, status.answers.total])
    expect(figure).toBeGreaterThan(0);
  expect((await callApi(server.url, 'testMail', {}, chief.token)).problem?.code).toBe('mail-not-set-up');
});

test('a test mail goes to the administrator who asks, and a refusal of the mail server is told', async () => {
  const mailbox = await openMailbox();
  onTestFinished(() => mailbox.close());
  const own = await startTestServer({ environment: { CHORDME_SMTP_URL: mailbox.url, CHORDME_MAIL_FROM: 'chords@example.org' } });
  onTestFinished(() => own.close());
  const ada = await registerUser(own.url);
  expect((await callApi(own.url, 'testMail', {}, ada.token)).status).toBe(204);
  expect((await mailbox.next(ada.credentials.user.email ?? '')).raw).toContain('sends mail');
  expect(expectDone(await callApi(own.url, 'serverStatus', {}, ada.token)).mail_from).toBe('chords@example.org');
  mailbox.refuseAll();
  expect((await callApi(own.url, 'testMail', {}, ada.token)).problem?.code).toBe('mail-not-sent');
});
