import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { callApi } from '../../support/api-client.ts';
import { LedgerClient, placeOf, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
import { makeSigner } from '../../../shared/ledger/keys.ts';
import {
  createSession,
  expectDone,
  registerDevice,
  registerUser,
  startTestServer,
  testPassword,
  type TestServer,
  type TestUser,
} from '../../support/server.ts';

let server: TestServer;
let owner: TestUser;
beforeAll(async () => {
  server = await startTestServer();
  owner = await registerUser(server.url, 'Owner');
});
afterAll(() => server.close());

async function guestLink(session: { id: string }, more: { max_uses?: number } = {}) {
  return expectDone(await callApi(server.url, 'createLink', { id: session.id, admits_guests: true, ...more }, owner.token));
}
async function come(code: string, name = 'Gil'): Promise<TestUser> {
  const credentials = expectDone(await callApi(server.url, 'guest', { code, name }));
  return { id: credentials.user.id, token: credentials.access_token, credentials };
}

test('a guest comes by a link that admits guests, with a name only, and writes like anybody of the role', async () => {
  const session = await createSession(server.url, owner);
  const { code } = await guestLink(session);
  const gil = await come(code);
  expect(gil.credentials.user).toMatchObject({ email: null, name: 'Gil', is_admin: false });
  const mine = expectDone(await callApi(server.url, 'getSession', { id: session.id }, gil.token));
  expect([mine.role, mine.participant_count]).toEqual(['editor', 2]);
  // The code again is no second seat.
  expect(expectDone(await callApi(server.url, 'joinByCode', { code }, gil.token)).participant_count).toBe(2);

  const device = await registerDevice(server.url, gil);
  const person = { name: 'Gil', user: gil, signer: makeSigner(device.privateKey, device.publicKey), device: device.device_id };
  const client = new LedgerClient(await placeOf(server.url), person, session.id, testSongId);
  await client.online();
  await client.say('hello from a phone');
  await until(() => client.isSettled && [...client.ledger.fold.chat.values()].length === 1, 'the message');
  await client.close();
  expectDone(await callApi(server.url, 'refresh', { refresh_token: gil.credentials.refresh_token }));
});

test('other links, other sessions and what is for accounts stay closed to a guest', async () => {
  const session = await createSession(server.url, owner);
  const plain = expectDone(await callApi(server.url, 'createLink', { id: session.id, admits_guests: false }, owner.token));
  expect((await callApi(server.url, 'guest', { code: plain.code, name: 'Gil' })).problem?.code).toBe('invalid-code');
  expect((await callApi(server.url, 'guest', { code: '22222222', name: 'Gil' })).problem?.code).toBe('invalid-code');
  const gil = await come((await guestLink(await createSession(server.url, owner))).code);
  const open = await createSession(server.url, owner, { access_mode: 'public' });
  const replies = [
    await callApi(server.url, 'joinByCode', { code: plain.code }, gil.token),
    await callApi(server.url, 'joinSession', { id: open.id }, gil.token),
    await callApi(server.url, 'publicSessions', {}, gil.token),
    await callApi(server.url, 'createSession', { name: 'x' }, gil.token),
  ];
  expect(replies.map(({ problem }) => problem?.code)).toEqual(['account-needed', 'account-needed', 'account-needed', 'account-needed']);
});

test('a full session leaves no guest behind', async () => {
  const session = await createSession(server.url, owner, { max_participants: 2 });
  const { code } = await guestLink(session);
  await come(code, 'First');
  const before = expectDone(await callApi(server.url, 'listUsers', { kind: 'guest', limit: 100 }, owner.token)).items.length;
  expect((await callApi(server.url, 'guest', { code, name: 'Second' })).problem?.code).toBe('session-full');
  const after = expectDone(await callApi(server.url, 'listUsers', { kind: 'guest', limit: 100 }, owner.token)).items.length;
  expect(after).toBe(before);
});

test('an e-mail and a password make an account of a guest, who stays who they are', async () => {
  const session = await createSession(server.url, owner);
  const gil = await come((await guestLink(session)).code);
  const half = await callApi(server.url, 'updateMe', { email: 'gil@example.org' }, gil.token);
  expect(half.problem).toMatchObject({ code: 'unprocessable', errors: [{ path: 'password' }] });
  const user = expectDone(await callApi(server.url, 'updateMe', { email: 'gil@example.org', password: testPassword }, gil.token));
  expect(user).toMatchObject({ id: gil.id, email: 'gil@example.org' });
  const again = expectDone(await callApi(server.url, 'login', { email: 'gil@example.org', password: testPassword }));
  expect(expectDone(await callApi(server.url, 'mySessions', {}, again.access_token)).items.map(({ id }) => id)).toEqual([session.id]);
  expect((await callApi(server.url, 'createSession', { name: 'My own' }, again.access_token)).status).toBe(201);
});

test('guests who for 90 days had no session are removed; those of a session that goes on are not', async () => {
  let ahead = 0;
  const time = new FakeTime();
  const own = await startTestServer({ time: { ...systemTimers, now: () => Date.now() + ahead, every: (ms, run) => time.every(ms, run) } });
  const host = await registerUser(own.url, 'Host');
  const going = await createSession(own.url, host);
  const over = await createSession(own.url, host, { name: 'Over' });
  const guestOf = async (id: string, name: string) => {
    const link = expectDone(await callApi(own.url, 'createLink', { id, admits_guests: true }, host.token));
    const credentials = expectDone(await callApi(own.url, 'guest', { code: link.code, name }));
    return { id: credentials.user.id, token: credentials.access_token };
  };
  const here = await guestOf(going.id, 'Here');
  const gone = await guestOf(over.id, 'Gone');
  expectDone(await callApi(own.url, 'leaveSession', { id: over.id }, gone.token));
  const guests = async () => {
    const { access_token } = expectDone(
      await callApi(own.url, 'login', { email: host.credentials.user.email ?? '', password: testPassword }),
    );
    return expectDone(await callApi(own.url, 'listUsers', { kind: 'guest' }, access_token)).items.map(({ id }) => id);
  };
  const hour = 60 * 60_000;
  ahead = 89 * 24 * hour;
  time.advance(hour);
  expect((await guests()).toSorted()).toEqual([here.id, gone.id].toSorted());
  // Cleanup has ended the session meanwhile; it goes on again.
  const { access_token } = expectDone(
    await callApi(own.url, 'login', { email: host.credentials.user.email ?? '', password: testPassword }),
  );
  expectDone(await callApi(own.url, 'reopenSession', { id: going.id }, access_token));
  ahead = 91 * 24 * hour;
  time.advance(hour);
  expect(await guests()).toEqual([here.id]);
  await own.close();
});
