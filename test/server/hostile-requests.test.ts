import { connect } from 'node:net';
import { once } from 'node:events';
import * as fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../shared/api/operation.ts';
import { apiPrefix, type OperationName, operations } from '../../shared/api/operations.ts';
import { callApi } from '../support/api-client.ts';
import { hostileInputs, leaksOf } from '../support/hostile-input.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServer, type TestUser } from '../support/server.ts';

/** Another seed tells another story: FUZZ_SEED=7. */
const seed = Number(process.env.FUZZ_SEED ?? 4);
/** The gate takes a few; FUZZ_REQUESTS=200 is the long form. */
const requestsEach = Number(process.env.FUZZ_REQUESTS ?? 10);
const songId = '01900000-0000-7000-8000-00000000000a';

let server: TestServer;
let admin: TestUser;
let ben: TestUser;
async function open(): Promise<void> {
  server = await startTestServer();
  admin = await registerUser(server.url, 'Root');
  ben = await registerUser(server.url, 'Ben');
}
beforeAll(open);
afterAll(() => server.close());

/** Both are signed in: what the operation before did in earnest may have ended that, or their account. */
beforeEach(async () => {
  const isSignedIn = async ({ token }: TestUser): Promise<boolean> => (await callApi(server.url, 'me', {}, token)).status === 200;
  if ((await isSignedIn(admin)) && (await isSignedIn(ben))) return;
  await server.close();
  await open();
});

/** Ids that are there, under the names by which operations ask for them: the session is new, since the last operation may have ended it. */
async function knownIds(name: OperationName): Promise<Record<string, readonly unknown[]>> {
  const { url } = server;
  const session = await createSession(url, admin, { song: { id: songId, title: 'Night', chordpro: 'Silent night' } });
  const { id } = session;
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const { invited } = expectDone(await callApi(url, 'invite', { id, users: [{ email: 'new@example.org', role: 'viewer' }] }, admin.token));
  const link = expectDone(await callApi(url, 'createLink', { id }, admin.token));
  const anchor = { song_id: songId, start: 0, end: 6 };
  const comment = expectDone(await callApi(url, 'addComment', { id, text: 'Hm', anchor }, admin.token));
  const message = expectDone(await callApi(url, 'sendMessage', { id, text: 'Hi' }, admin.token));
  const invitation = invited[0]?.id;
  return {
    id: operations[name].path.startsWith('/invitations') ? [invitation] : [id],
    song_id: [songId],
    user_id: [ben.id, admin.id],
    invitation_id: [invitation],
    link_id: [link.id],
    comment_id: [comment.id],
    reply_to: [message.id, comment.id],
    code: [session.join_code, link.code],
    start: [0],
    end: [6, 12],
  };
}

/** How a value travels in an address: as any client would, or not. */
function inAddress(value: unknown, style: number): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A lone surrogate cannot be written in an address.
  const whole = text.toWellFormed();
  return style % 4 === 0 ? whole.replaceAll(/[\s#?/\\\p{Cc}]/gu, '%00').slice(0, 5_000) : encodeURIComponent(whole).slice(0, 90_000);
}

const addressTails = [
  '',
  '',
  '',
  '',
  '?limit=1e9',
  '?limit=1&limit=2',
  '?__proto__[x]=1',
  '?cursor=%00',
  '?%ff%fe',
  '?a[]=1',
  '/',
  '/..%2f..',
  '%00',
  '?cursor=bnVsbA',
  `?${'x=1&'.repeat(3_000)}`,
];
const contentTypes = [
  'application/json',
  'application/json',
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'application/json\t;;',
  '*/*',
  '',
];
const extraHeaders: readonly Record<string, string>[] = [
  {},
  {},
  {},
  { 'idempotency-key': 'one' },
  { 'idempotency-key': '\u00ff'.repeat(300) },
  { 'content-encoding': 'gzip' },
  { 'x-forwarded-for': '999.999.999.999, ::1%eth0' },
  { accept: 'application/xml', 'accept-language': '*'.repeat(2_000) },
  { 'user-agent': '\u00e9'.repeat(5_000) },
  { origin: 'null', host: '[::' },
  { 'x-http-method-override': 'DELETE' },
  { 'content-length': '0' },
];

interface Wire {
  style: number;
  tail: string;
  type: string;
  headers: Record<string, string>;
  token: 'admin' | 'ben' | 'none' | 'junk';
  body: 'whole' | 'cut' | 'latin' | 'twice' | 'deep';
}

const wires: fc.Arbitrary<Wire> = fc.record({
  style: fc.nat(99),
  tail: fc.constantFrom(...addressTails),
  type: fc.constantFrom(...contentTypes),
  headers: fc.constantFrom(...extraHeaders),
  token: fc.constantFrom('admin', 'admin', 'admin', 'ben', 'ben', 'none', 'junk'),
  body: fc.constantFrom('whole', 'whole', 'whole', 'whole', 'cut', 'latin', 'twice', 'deep'),
});

function bodyOf(rest: unknown, how: Wire['body']): Buffer {
  const text = JSON.stringify(rest) ?? '';
  switch (how) {
    case 'whole':
      return Buffer.from(text);
    case 'cut':
      return Buffer.from(text.slice(0, Math.floor(text.length * 0.7)));
    case 'latin':
      return Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from([0xff, 0xfe, 0xc0, 0xaf])]);
    case 'twice':
      return Buffer.from(text.replace('{', '{"name":1,"name":[2],'));
    case 'deep':
      return Buffer.from(`${'['.repeat(20_000)}${text}`);
  }
}

function requestOf(row: Operation, given: unknown, wire: Wire): InjectOptions {
  const fields = new Map(Object.entries(typeof given === 'object' && given !== null ? given : { value: given }));
  const path = row.path.replaceAll(/:(\w+)/g, (_whole, key: string) => {
    const value = fields.get(key) ?? key;
    fields.delete(key);
    return inAddress(value, wire.style) || '%20';
  });
  const isInQuery = row.method === 'GET' || row.method === 'DELETE';
  const query = [...fields].map(([key, value]) => `${inAddress(key, wire.style)}=${inAddress(value, wire.style)}`).join('&');
  const tail = isInQuery && wire.tail === '' && query !== '' ? `?${query}` : wire.tail;
  const tokens = { admin: admin.token, ben: ben.token, none: '', junk: 'Bearer.\u00e9.x' };
  const hasBody = !isInQuery || wire.style % 10 === 0;
  return {
    method: row.method,
    url: apiPrefix + path + tail,
    headers: {
      ...(wire.type !== '' && hasBody && { 'content-type': wire.type }),
      ...(wire.token !== 'none' && { authorization: `Bearer ${tokens[wire.token]}` }),
      ...wire.headers,
    },
    ...(hasBody && { payload: bodyOf(typeof given === 'object' ? Object.fromEntries(fields) : given, wire.body) }),
  };
}

function check(reply: LightMyRequestResponse, row: Operation): void {
  const { statusCode, body, headers } = reply;
  expect(statusCode).toBeLessThan(500);
  // Names that people gave are theirs; refusals are the server's words.
  if (statusCode >= 400) {
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body.length).toBeLessThan(200_000);
    expect(leaksOf(body)).toEqual([]);
    expect(reply.json()).toMatchObject({ status: statusCode, code: expect.any(String), request_id: expect.any(String) });
  } else expect([row.status, 200]).toContain(statusCode);
}

const names = Object.keys(operations) as OperationName[];
test.each(names)(`%s: of ${requestsEach} bad and half-good requests none is a 5xx, hangs, or shows what is inside`, async (name) => {
  const row: Operation = operations[name];
  const requests = fc.tuple(hostileInputs(row.input, await knownIds(name)), wires);
  await fc.assert(
    fc.asyncProperty(requests, async ([given, wire]) => check(await server.app.fastify.inject(requestOf(row, given, wire)), row)),
    { seed, numRuns: requestsEach, endOnFailure: true },
  );
  expect((await callApi(server.url, 'describeServer', {}, '')).status).toBe(200);
});

const rawRequests = [
  'GET / HTTP/9.9\r\n\r\n',
  'GARBAGE\r\n\r\n',
  '\u0000\u0001\u0002\u0003\r\n\r\n',
  'GET /api/v1/server HTTP/1.1\r\n\r\n',
  'GET /api/v1/server HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nX: ${'b'.repeat(20_000)}\r\n\r\n`,
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n',
  'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, bogus\r\n\r\n',
  'CONNECT evil:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET http://[::/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /signaling HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n\r\n',
  'GET /api/v1/nowhere HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
];

test.each(rawRequests)('below HTTP: %j is refused without a word of the inside, and the server goes on', async (raw) => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (part) => {
    said += part.toString('latin1');
    // It has answered; what keeps the connection open is the next request.
    socket.end();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(Buffer.from(raw, 'latin1'));
  await closed;
  expect(said).not.toMatch(/^HTTP\/1\.1 5/);
  expect(leaksOf(said)).toEqual([]);
  expect((await callApi(server.url, 'me', {}, admin.token)).status).toBe(200);
});
