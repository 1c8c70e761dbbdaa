import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { newPassword } from '../../../src-server/commands/new-password.ts';
import { ConfigFault } from '../../../src-server/config.ts';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { openMailbox, type Mailbox } from '../../support/mailbox.ts';
import { expectDone, registerUser, startTestServer, testPassword, type TestServer } from '../../support/server.ts';

let mailbox: Mailbox;
let server: TestServer;
let ahead = 0;
beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startTestServer({
    environment: {
      CHORDME_SMTP_URL: mailbox.url,
      CHORDME_MAIL_FROM: 'band@example.org',
      CHORDME_PUBLIC_URL: 'https://chords.example.org/',
    },
    time: { ...systemTimers, now: () => Date.now() + ahead },
  });
});
afterAll(async () => {
  await server.close();
  await mailbox.close();
});

const fresh = 'another-harbour-42';
async function person(name: string) {
  const user = await registerUser(server.url, name);
  return { ...user, email: user.credentials.user.email ?? '' };
}
async function mailedCode(email: string): Promise<string> {
  expect((await callApi(server.url, 'forgotPassword', { email })).status).toBe(204);
  const { text } = await mailbox.next(email);
  return /^ {4}(\S+)$/m.exec(text.replaceAll('\r', ''))?.[1] ?? '';
}

test('the code of the mail sets a new password once, ends all sign-ins, and the person is told', async () => {
  const ada = await person('Ada');
  const token = await mailedCode(ada.email.toUpperCase().toLowerCase());
  expect((await callApi(server.url, 'resetPassword', { token, password: 'password123' })).problem?.errors?.[0]?.path).toBe('password');
  expect((await callApi(server.url, 'resetPassword', { token, password: fresh })).status).toBe(204);
  expect((await mailbox.next(ada.email)).raw).toContain('password was changed');
  expect((await callApi(server.url, 'refresh', { refresh_token: ada.credentials.refresh_token })).status).toBe(401);
  expect((await callApi(server.url, 'login', { email: ada.email, password: testPassword })).status).toBe(401);
  expect((await callApi(server.url, 'login', { email: ada.email, password: fresh })).status).toBe(200);
  const again = await callApi(server.url, 'resetPassword', { token, password: 'third-harbour-43' });
  expect(again.problem).toMatchObject({ code: 'unprocessable', errors: [{ path: 'token' }] });
});

test('of two who use one code at once, one sets the password', async () => {
  const ben = await person('Ben');
  const token = await mailedCode(ben.email);
  const replies = await Promise.all(
    ['first-harbour-51', 'second-harbour-52'].map((password) => callApi(server.url, 'resetPassword', { token, password })),
  );
  expect(replies.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 422]);
});

test('an address without an account has the same answer, and no letter', async () => {
  const known = await person('Cat');
  const unknown = await callApi(server.url, 'forgotPassword', { email: 'nobody@example.org' });
  const right = await callApi(server.url, 'forgotPassword', { email: known.email });
  expect([unknown.status, unknown.body]).toEqual([right.status, right.body]);
  await mailbox.next(known.email);
  expect(mailbox.letters.filter(({ to }) => to.includes('nobody@example.org'))).toEqual([]);
});

test('a code ends after an hour; three at a time fill no mailbox', async () => {
  const dan = await person('Dan');
  const token = await mailedCode(dan.email);
  await mailedCode(dan.email);
  await mailedCode(dan.email);
  expect((await callApi(server.url, 'forgotPassword', { email: dan.email })).status).toBe(204);
  ahead += 61 * 60_000;
  onTestFinished(() => {
    ahead = 0;
  });
  expect((await callApi(server.url, 'resetPassword', { token, password: fresh })).status).toBe(422);
  // A later letter to them is the fourth: the one asked for in vain never came.
  await mailedCode(dan.email);
  expect(mailbox.letters.filter(({ to }) => to.includes(dan.email))).toHaveLength(4);
});

test('a new e-mail needs the password, tells the old address, and makes older codes worthless', async () => {
  const eve = await person('Eve');
  const token = await mailedCode(eve.email);
  const email = 'eve.new@example.org';
  expect((await callApi(server.url, 'updateMe', { email }, eve.token)).problem?.code).toBe('wrong-credentials');
  const taken = await callApi(server.url, 'updateMe', { email: (await person('Fay')).email, current_password: testPassword }, eve.token);
  expect(taken.problem?.code).toBe('email-taken');
  expect(
    expectDone(await callApi(server.url, 'updateMe', { email: 'Eve.New@example.org', current_password: testPassword }, eve.token)).email,
  ).toBe(email);
  expect((await mailbox.next(eve.email)).text).toContain(email);
  expect((await callApi(server.url, 'resetPassword', { token, password: fresh })).status).toBe(422);
  expect((await callApi(server.url, 'login', { email, password: testPassword })).status).toBe(200);
});

test('a server without mail says so, whoever is asked for', async () => {
  const plain = await startTestServer();
  onTestFinished(() => plain.close());
  expect((await callApi(plain.url, 'forgotPassword', { email: 'a@example.org' })).problem?.code).toBe('mail-not-set-up');
  expect((await callApi(plain.url, 'describeServer', {})).body?.features).not.toContain('mail');
  expect((await callApi(server.url, 'describeServer', {})).body?.features).toContain('mail');
});

test('without mail whoever has the shell of the server makes the code, while it runs', async () => {
  const own = await startTestServer();
  onTestFinished(() => own.close());
  const ada = await registerUser(own.url);
  const email = ada.credentials.user.email ?? '';
  const environment = { CHORDME_DATA_DIR: own.config.data_dir };
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  await newPassword.run([email], environment);
  const token = String(log.mock.calls[0]?.[0]).split('\n')[0] ?? '';
  expect((await callApi(own.url, 'resetPassword', { token, password: fresh })).status).toBe(204);
  expect((await callApi(own.url, 'login', { email, password: fresh })).status).toBe(200);
  expect((await callApi(own.url, 'resetPassword', { token, password: fresh })).status).toBe(422);
  await expect(newPassword.run(['nobody@example.org'], environment)).rejects.toThrow(ConfigFault);
  await expect(newPassword.run([], environment)).rejects.toThrow(ConfigFault);
});
