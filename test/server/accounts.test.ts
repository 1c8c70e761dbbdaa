import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemTimers } from '../../src-server/system-timers.ts';
import { callApi } from '../support/api-client.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServerOptions, testPassword } from '../support/server.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

test('the first who registers is the administrator, with an e-mail in lower case and a name from it', async () => {
  const { url } = await server();
  const first = await callApi(url, 'register', { email: 'Ann.Lee@Example.org', password: testPassword });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ expires_in: 900, user: { email: 'ann.lee@example.org', name: 'ann.lee', is_admin: true } });
  const second = await registerUser(url, 'Ben');
  expect(second.credentials.user.is_admin).toBe(false);
  expect(second.credentials.user.color).not.toBe(first.body?.user.color);
  expect(expectDone(await callApi(url, 'me', {}, second.token))).toEqual(second.credentials.user);
});

test('CHORDME_ADMIN names the administrator instead, and gets in where registration is closed', async () => {
  const { url } = await server({ environment: { CHORDME_ADMIN: 'Chief@example.org', CHORDME_REGISTRATION: 'closed' } });
  const other = await callApi(url, 'register', { email: 'a@example.org', password: testPassword });
  expect(other.problem).toMatchObject({ status: 403, code: 'registration-closed' });
  const chief = await callApi(url, 'register', { email: 'chief@example.org', password: testPassword });
  expect(chief.body?.user.is_admin).toBe(true);
});

test('of twenty who register one e-mail at once, one gets it', async () => {
  const { url } = await server();
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      callApi(url, 'register', { email: at % 2 === 0 ? 'x@example.org' : 'X@example.org', password: testPassword }),
    ),
  );
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
  expect(replies.filter((reply) => reply.problem?.code === 'email-taken')).toHaveLength(19);
});

test.each([
  ['short', 'abc', 'bad-request'],
  ['common', 'Password123', 'unprocessable'],
  ['common with an end', 'qwertyuiop2026!', 'unprocessable'],
  ['one letter', 'aaaaaaaaaaaa', 'unprocessable'],
  ['own e-mail', 'carla.long@example.org', 'unprocessable'],
])('a password that is %s is refused and named', async (_why, password, code) => {
  const { url } = await server();
  const reply = await callApi(url, 'register', { email: 'carla.long@example.org', password });
  expect(reply.problem).toMatchObject({ code, errors: [{ path: 'password' }] });
});

test('a wrong password and an unknown e-mail have one answer', async () => {
  const { url } = await server();
  const { credentials } = await registerUser(url);
  const wrong = await callApi(url, 'login', { email: credentials.user.email ?? '', password: 'not-this-one' });
  const unknown = await callApi(url, 'login', { email: 'nobody@example.org', password: 'not-this-one' });
  const { request_id: _first, ...wrongProblem } = wrong.problem ?? { request_id: '' };
  const { request_id: _second, ...unknownProblem } = unknown.problem ?? { request_id: '' };
  expect(wrongProblem).toEqual(unknownProblem);
  expect(wrongProblem).toMatchObject({ status: 401, code: 'wrong-credentials' });
  const right = await callApi(url, 'login', { email: (credentials.user.email ?? '').toUpperCase(), password: testPassword });
  expect(right.body?.user).toEqual(credentials.user);
});

test('a refresh token works once; using it again ends the whole family, the thief included', async () => {
  const { url } = await server();
  const { credentials } = await registerUser(url);
  const second = expectDone(await callApi(url, 'refresh', { refresh_token: credentials.refresh_token }));
  const third = expectDone(await callApi(url, 'refresh', { refresh_token: second.refresh_token }));
  expect(new Set([credentials.refresh_token, second.refresh_token, third.refresh_token]).size).toBe(3);

  expect((await callApi(url, 'refresh', { refresh_token: second.refresh_token })).problem?.code).toBe('unauthorized');
  expect((await callApi(url, 'refresh', { refresh_token: third.refresh_token })).problem?.code).toBe('unauthorized');
  // Another sign-in of the same person is another family.
  const again = expectDone(await callApi(url, 'login', { email: credentials.user.email ?? '', password: testPassword }));
  expect((await callApi(url, 'refresh', { refresh_token: again.refresh_token })).status).toBe(200);
});

test('of ten refreshes with one token at once, at most one succeeds and the family is over', async () => {
  const { url } = await server();
  const { credentials } = await registerUser(url);
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => callApi(url, 'refresh', { refresh_token: credentials.refresh_token })),
  );
  const won = replies.filter((reply) => reply.body !== undefined);
  expect(won).toHaveLength(1);
  expect((await callApi(url, 'refresh', { refresh_token: won[0]?.body?.refresh_token ?? '' })).status).toBe(401);
});

test('access tokens end after 15 minutes, refresh tokens after 30 days', async () => {
  // Only the clock is turned: the hourly chores of a month would all run else.
  let ahead = 0;
  const { url } = await server({ time: { ...systemTimers, now: () => Date.now() + ahead } });
  const { token, credentials } = await registerUser(url);
  ahead += 14 * 60_000;
  expect((await callApi(url, 'me', {}, token)).status).toBe(200);
  ahead += 2 * 60_000;
  expect((await callApi(url, 'me', {}, token)).problem?.code).toBe('unauthorized');
  const next = expectDone(await callApi(url, 'refresh', { refresh_token: credentials.refresh_token }));
  expect((await callApi(url, 'me', {}, next.access_token)).status).toBe(200);
  ahead += 30 * 24 * 60 * 60_000;
  expect((await callApi(url, 'refresh', { refresh_token: next.refresh_token })).status).toBe(401);
});

test.each([
  ['none', undefined],
  ['rubbish', 'rubbish'],
  // {"alg":"none"} with a subject.
  ['unsigned', 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ4In0.'],
  ['long', 'a.'.repeat(50_000)],
])('%s token is no token', async (_what, token) => {
  const { app } = await server();
  const reply = await app.fastify.inject({
    url: '/api/v1/auth/me',
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  });
  expect(reply.statusCode).toBe(401);
});

test('logging out ends the refresh token, and an unknown one is no news', async () => {
  const { url } = await server();
  const { credentials } = await registerUser(url);
  expect((await callApi(url, 'logout', { refresh_token: credentials.refresh_token })).status).toBe(204);
  expect((await callApi(url, 'logout', { refresh_token: 'whatever' })).status).toBe(204);
  expect((await callApi(url, 'refresh', { refresh_token: credentials.refresh_token })).status).toBe(401);
});

test('a new password needs the present one and ends all sign-ins', async () => {
  const { url } = await server();
  const { token, credentials } = await registerUser(url);
  const fresh = 'another-harbour-42';
  expect((await callApi(url, 'updateMe', { password: fresh }, token)).problem?.code).toBe('wrong-credentials');
  expect((await callApi(url, 'updateMe', { password: fresh, current_password: testPassword }, token)).status).toBe(200);
  expect((await callApi(url, 'refresh', { refresh_token: credentials.refresh_token })).status).toBe(401);
  expect((await callApi(url, 'me', {}, token)).status).toBe(401);
  const again = expectDone(await callApi(url, 'login', { email: credentials.user.email ?? '', password: fresh }));
  expect((await callApi(url, 'me', {}, again.access_token)).status).toBe(200);
});

test('signing out everywhere ends every sign-in at once, of this person only', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const email = ada.credentials.user.email ?? '';
  const other = expectDone(await callApi(url, 'login', { email, password: testPassword }));
  expect((await callApi(url, 'logoutEverywhere', {}, ada.token)).status).toBe(204);
  for (const { access_token, refresh_token } of [ada.credentials, other]) {
    expect((await callApi(url, 'me', {}, access_token)).problem?.code).toBe('unauthorized');
    expect((await callApi(url, 'refresh', { refresh_token })).status).toBe(401);
  }
  expect((await callApi(url, 'me', {}, ben.token)).status).toBe(200);
  // At the same millisecond even: what is issued now is good.
  const again = expectDone(await callApi(url, 'login', { email, password: testPassword }));
  expect((await callApi(url, 'me', {}, again.access_token)).status).toBe(200);
});

test('a new name is in every statement: the epoch of the sessions grows', async () => {
  const { url } = await server();
  const ada = await registerUser(url);
  const session = await createSession(url, ada);
  expectDone(await callApi(url, 'updateMe', { name: 'Ada L.' }, ada.token));
  const after = expectDone(await callApi(url, 'getSession', { id: session.id }, ada.token));
  expect(after.epoch).toBe(session.epoch + 1);
  const people = expectDone(await callApi(url, 'listParticipants', { id: session.id }, ada.token));
  expect(people.items.map((person) => person.name)).toEqual(['Ada L.']);
});

test('neither passwords nor refresh tokens are in the files as they are', async () => {
  const { url, config, app } = await server();
  const { credentials } = await registerUser(url);
  await app.close();
  const file = readFileSync(join(config.data_dir, 'chordme.db'));
  expect(file.includes(credentials.user.email ?? '-')).toBe(true);
  expect(file.includes(testPassword)).toBe(false);
  expect(file.includes(credentials.refresh_token)).toBe(false);
});
