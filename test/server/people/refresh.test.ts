import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi } from '../../support/api-client.ts';
import { expectDone, registerUser, startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const attemptText = () => randomBytes(32).toString('base64url');
const refresh = (refresh_token: string, attempt?: string) =>
  callApi(server.url, 'refresh', { refresh_token, ...(attempt !== undefined && { attempt }) });

test('an app killed before it kept the answer asks again with its attempt and gets the same token', async () => {
  const { credentials } = await registerUser(server.url);
  const attempt = attemptText();
  const lost = expectDone(await refresh(credentials.refresh_token, attempt));
  const again = expectDone(await refresh(credentials.refresh_token, attempt));
  expect(again.refresh_token).toBe(lost.refresh_token);
  expect(expectDone(await refresh(again.refresh_token, attemptText())).refresh_token).not.toBe(again.refresh_token);
});

test('ten that ask at once with one attempt have one next token', async () => {
  const { credentials } = await registerUser(server.url);
  const attempt = attemptText();
  const replies = await Promise.all(Array.from({ length: 10 }, () => refresh(credentials.refresh_token, attempt)));
  const tokens = new Set(replies.map((reply) => expectDone(reply).refresh_token));
  expect(tokens.size).toBe(1);
  expect((await refresh([...tokens][0] ?? '')).status).toBe(200);
});

test.each([
  ['without the attempt', undefined],
  ['with another attempt', attemptText()],
])('a thief of a used token, %s, ends the family', async (_how, stolen) => {
  const { credentials } = await registerUser(server.url);
  const next = expectDone(await refresh(credentials.refresh_token, attemptText()));
  expect((await refresh(credentials.refresh_token, stolen)).problem?.code).toBe('unauthorized');
  expect((await refresh(next.refresh_token)).problem?.code).toBe('unauthorized');
});

test('once the answer was used, token and attempt together are a theft too', async () => {
  const { credentials } = await registerUser(server.url);
  const attempt = attemptText();
  const second = expectDone(await refresh(credentials.refresh_token, attempt));
  const third = expectDone(await refresh(second.refresh_token));
  expect((await refresh(credentials.refresh_token, attempt)).status).toBe(401);
  expect((await refresh(third.refresh_token)).status).toBe(401);
});

test('the database alone gives no token away', async () => {
  const { credentials } = await registerUser(server.url);
  const attempt = attemptText();
  const next = expectDone(await refresh(credentials.refresh_token, attempt));
  const beside = new BetterSqlite3(join(server.config.data_dir, 'chordme.db'), { readonly: true });
  const rows = JSON.stringify(beside.prepare('SELECT * FROM refresh_tokens').all());
  beside.close();
  for (const secret of [credentials.refresh_token, next.refresh_token, attempt]) expect(rows).not.toContain(secret);
});
