import { request } from 'node:http';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Operation } from '../../shared/api/operation.ts';
import { operations, type OperationName } from '../../shared/api/operations.ts';
import { limits } from '../../shared/base/limits.ts';
import { callApi, requestOf } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { createSession, expectDone, registerUser, startTestServer, testPassword, type TestServerOptions } from '../support/server.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

/** For tests that change nothing: one start for hundreds of operations. */
let shared: Awaited<ReturnType<typeof startTestServer>> & { token: string };
beforeAll(async () => {
  const started = await startTestServer();
  shared = { ...started, token: (await registerUser(started.url)).token };
});
afterAll(() => shared.close());

const some: Record<string, string> = {
  id: '01900000-0000-7000-8000-000000000000',
  user_id: '01900000-0000-7000-8000-000000000001',
  device_id: 'ab'.repeat(16),
};
const rows = Object.entries(operations) as [OperationName, Operation][];
const pathInput = (row: Operation) => Object.fromEntries([...row.path.matchAll(/:(\w+)/g)].map(([, key = '']) => [key, some[key] ?? 'x']));

test.each(rows)('%s: without a token or with a wrong one it answers 401 before it looks at anything', async (name, row) => {
  if (row.gate === 'open') return;
  const { app } = shared;
  for (const authorization of [undefined, 'Bearer x', 'Basic eDp5']) {
    const { method, path } = requestOf(name, pathInput(row));
    const reply = await app.fastify.inject({
      method: method as 'GET',
      url: path,
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      ...(method !== 'GET' && { payload: '{"not": json' }),
    });
    expect(reply.statusCode).toBe(401);
    expect(reply.json()).toMatchObject({ code: 'unauthorized', status: 401 });
  }
});

test.each(rows)('%s: an unknown key, wrong types and stray places are refused with 400, never with 5xx', async (name, row) => {
  const { app, token } = shared;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const inBody = row.method !== 'GET' && row.method !== 'DELETE';
  const { path } = requestOf(name, pathInput(row));
  const send = (url: string, payload?: string) =>
    app.fastify.inject({ method: row.method, url, headers, ...(payload !== undefined && { payload }) });

  const bodies = [
    '{"surprise":1}',
    '[]',
    '"text"',
    '7',
    '{"name":',
    '{"__proto__":{"is_admin":true}}',
    '{"constructor":{"prototype":{}}}',
    '\u0000',
    '{"id":[]}',
  ];
  const replies = inBody
    ? await Promise.all([...bodies.map((body) => send(path, body)), send(`${path}?surprise=1`, '{}')])
    : await Promise.all(['surprise=1', 'limit=1&limit=2&surprise', '__proto__[x]=1', 'id=1'].map((query) => send(`${path}?${query}`)));
  for (const reply of replies) {
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(reply.json()).toMatchObject({
      type: 'about:blank',
      status: 400,
      code: 'bad-request',
      title: expect.any(String),
      request_id: expect.any(String),
    });
  }
});

test('a refused field is named with its place', async () => {
  const { url } = await server();
  const { token } = await registerUser(url);
  const reply = await callApi(url, 'createSession', { name: '', song: { id: 'no', title: 'x' }, max_participants: 51 }, token);
  expect(reply.problem?.errors?.map((error) => error.path).toSorted()).toEqual(['max_participants', 'name', 'song.id']);
});

test('unknown addresses, other methods, other types, too much: each has its problem', async () => {
  const { app } = await server();
  const problem = async (options: InjectOptions) => {
    const reply = await app.fastify.inject(options);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    return [reply.statusCode, reply.json<{ code: string }>().code, reply.headers.allow];
  };
  expect(await problem({ url: '/api/v1/nothing' })).toEqual([404, 'not-found', undefined]);
  expect(await problem({ url: '/api/v1/%zz' })).toEqual([400, 'bad-request', undefined]);
  expect(await problem({ method: 'DELETE', url: '/api/v1/auth/login' })).toEqual([405, 'method-not-allowed', 'POST']);
  expect(await problem({ method: 'PUT', url: '/api/v1/auth/me' })).toEqual([405, 'method-not-allowed', 'GET, PATCH, DELETE, HEAD']);
  const login = { method: 'POST', url: '/api/v1/auth/login' } as const;
  expect(await problem({ ...login, headers: { 'content-type': 'text/xml' }, payload: '<a/>' })).toEqual([
    415,
    'unsupported-media-type',
    undefined,
  ]);
  const payload = `{"email":"${'x'.repeat(limits.restBodyBytes)}"}`;
  expect(await problem({ ...login, headers: { 'content-type': 'application/json' }, payload })).toEqual([413, 'too-large', undefined]);
});

test('an empty body with a JSON type is no body', async () => {
  const { app, url } = await server();
  const owner = await registerUser(url);
  const { id } = await createSession(url, owner, { access_mode: 'public' });
  const { token } = await registerUser(url, 'Ben');
  const reply = await app.fastify.inject({
    method: 'POST',
    url: `/api/v1/sessions/${id}/join`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  expect(reply.statusCode).toBe(200);
});

test('an unforeseen error is a 500 that shows none of its words', async () => {
  const { url, config } = await server();
  const { token } = await registerUser(url);
  const beside = new BetterSqlite3(join(config.data_dir, 'chordme.db'));
  beside.exec('ALTER TABLE users RENAME TO gone');
  beside.close();
  const reply = await callApi(url, 'me', {}, token);
  expect(reply.problem).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(reply.problem)).not.toMatch(/sqlite|table|users/i);
});

test('a token whose account is gone is no token', async () => {
  const first = await server();
  const { token } = await registerUser(first.url);
  const second = await server();
  expect((await callApi(second.url, 'me', {}, token)).status).toBe(401);
});

test('rates: 10 a minute and address on open routes, 5 sessions a minute and user; 429 says when', async () => {
  const { url } = await server({ environment: { CHORDME_RATE_LIMITS: 'on' } });
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const made = [];
  for (let at = 0; at < 6; at++) made.push(await callApi(url, 'createSession', { name: 'x' }, ada.token));
  expect(made.map((reply) => reply.status)).toEqual([201, 201, 201, 201, 201, 429]);
  expect(made[5]?.problem?.code).toBe('rate-limited');
  expect(Number(made[5]?.headers.get('retry-after'))).toBeGreaterThan(0);
  // The rate is the user's, though both come from one address.
  expect((await callApi(url, 'createSession', { name: 'x' }, ben.token)).status).toBe(201);

  const tries = [];
  for (let at = 0; at < 11; at++) tries.push(await callApi(url, 'login', { email: 'nobody@example.org', password: 'x' }));
  expect(tries.map((reply) => reply.status)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
});

async function tryFrom(url: string, from: string): Promise<number> {
  const headers = { 'x-forwarded-for': from };
  return (await callApi(url, 'login', { email: 'nobody@example.org', password: 'x' }, undefined, headers)).status;
}

test('CHORDME_TRUST_PROXY: the address is the client’s only where the proxy is trusted', async () => {
  const direct = await server({ environment: { CHORDME_RATE_LIMITS: 'on' } });
  const behind = await server({ environment: { CHORDME_RATE_LIMITS: 'on', CHORDME_TRUST_PROXY: '127.0.0.1' } });
  const counts = { direct: 0, behind: 0 };
  for (let at = 0; at < 12; at++) {
    if ((await tryFrom(direct.url, `203.0.113.${at}`)) === 401) counts.direct++;
    if ((await tryFrom(behind.url, `203.0.113.${at}`)) === 401) counts.behind++;
  }
  expect(counts).toEqual({ direct: 10, behind: 12 });
});

test('the OpenAPI document has every row, with its inputs in their places', async () => {
  const { url } = await server();
  const reply = await fetch(`${url}/api/v1/openapi.json`);
  const document = (await reply.json()) as {
    openapi: string;
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string;
          parameters: { name: string; in: string; required: boolean }[];
          requestBody?: { content: { 'application/json': { schema: { required: string[] } } } };
        }
      >
    >;
  };
  expect(document.openapi).toBe('3.1.0');
  const listed = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((operation) => operation.operationId));
  expect(listed.toSorted()).toEqual(Object.keys(operations).toSorted());
  expect(document.paths['/sessions']?.post?.requestBody?.content['application/json'].schema.required).toEqual(['name']);
  const change = document.paths['/sessions/{id}/participants/{user_id}']?.patch;
  expect(change?.parameters.map((parameter) => [parameter.name, parameter.in, parameter.required])).toEqual([
    ['id', 'path', true],
    ['user_id', 'path', true],
    ['Idempotency-Key', 'header', false],
  ]);
  expect(document.paths['/sessions/my-sessions']?.get?.parameters.map((parameter) => parameter.name)).toContain('cursor');
});

test('/docs needs nothing from elsewhere; every answer carries the security headers', async () => {
  const { url } = await server();
  const docs = await fetch(`${url}/docs`);
  const html = await docs.text();
  expect(html).toContain('createSession');
  expect(html).not.toMatch(/<script|https?:\/\//);
  expect((await fetch(`${url}/docs/docs.css`)).headers.get('content-type')).toContain('text/css');
  for (const reply of [docs, await fetch(`${url}/api/v1/server`), await fetch(`${url}/none`)]) {
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
    expect(reply.headers.get('x-powered-by')).toBeNull();
  }
});

test('closing lets what is under way finish and refuses what comes after', async () => {
  const started = await startTestServer();
  const { url, app } = started;
  // The hash of the password takes some milliseconds: the request is under way when it closes.
  const registering = callApi(url, 'register', { email: 'last@example.org', password: testPassword });
  await new Promise<void>((resolve) => {
    app.fastify.server.once('request', () => resolve());
  });
  await Promise.all([started.close(), registering.then((reply) => expectDone(reply))]);
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test('a body that never ends does not keep the server from closing', async () => {
  const time = new FakeTime();
  const started = await startTestServer({ time });
  const { url, app } = started;
  const half = request(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': '100' },
  });
  const gone = new Promise<void>((resolve) => half.on('close', resolve).on('error', () => {}));
  half.write('{"email":');
  await new Promise<void>((resolve) => {
    app.fastify.server.once('request', () => resolve());
  });
  const closed = started.close();
  time.advance(5_000);
  await Promise.all([closed, gone]);
});
