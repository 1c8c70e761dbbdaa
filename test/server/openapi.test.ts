import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { generate } from 'openapi-typescript-codegen';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { expectDone, registerUser, startTestServer, testPassword, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function document(): Promise<Record<string, unknown>> {
  return (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as Record<string, unknown>;
}

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(await document());
  expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1']);
});

/** As much of the generated client as the test uses; its names come from the rows. */
interface GeneratedClient {
  OpenAPI: { BASE: string; TOKEN?: string };
  DefaultService: {
    login(body: { email: string; password: string }): Promise<{ access_token: string; user: { id: string } }>;
    createSession(
      body: { name: string; access_mode?: string },
      idempotencyKey?: string,
    ): Promise<{ id: string; role: string; join_code: string | null }>;
    getSession(id: string): Promise<{ id: string; name: string }>;
    mySessions(...query: unknown[]): Promise<{ items: { id: string }[] }>;
  };
}

test('a client that a public generator makes from it signs in and creates a session', async () => {
  const { credentials } = await registerUser(server.url, 'Ada');
  const cache = join(import.meta.dirname, '..', '..', '.cache');
  mkdirSync(cache, { recursive: true });
  const output = mkdtempSync(join(cache, 'generated-client-'));
  onTestFinished(() => rmSync(output, { recursive: true, force: true }));
  await generate({ input: await document(), output, httpClient: 'fetch' });
  const client = (await import(join(output, 'index.ts'))) as GeneratedClient;

  client.OpenAPI.BASE = `${server.url}/api/v1`;
  const { access_token, user } = await client.DefaultService.login({ email: credentials.user.email ?? '', password: testPassword });
  expect(user.id).toBe(credentials.user.id);
  client.OpenAPI.TOKEN = access_token;
  const session = await client.DefaultService.createSession({ name: 'Made by a generated client' });
  expect(session).toMatchObject({ role: 'owner', join_code: expect.any(String) });
  expect(await client.DefaultService.getSession(session.id)).toMatchObject({ id: session.id, name: 'Made by a generated client' });
  expect(expectDone(await callApi(server.url, 'getSession', { id: session.id }, access_token)).id).toBe(session.id);
  client.OpenAPI.TOKEN = 'x';
  await expect(client.DefaultService.getSession(session.id)).rejects.toMatchObject({ status: 401, body: { code: 'unauthorized' } });
});
