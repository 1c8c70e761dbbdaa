import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { readThreads } from '../../../shared/ledger/comments.ts';
import { readMessages } from '../../../shared/ledger/chat.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { commentSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { LedgerHub } from '../../../src-server/ledger/ledger-hub.ts';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { converged, LedgerClient, ledgerPerson, type LedgerPerson, placeOf, until } from '../../support/ledger-client.ts';
import { testSongId } from '../../support/ledger-session.ts';
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

async function deletion(user: TestUser, current_password = testPassword) {
  return callApi(server.url, 'requestDeletion', { current_password }, user.token);
}
async function enter(session: { id: string }, person: LedgerPerson) {
  const client = new LedgerClient(await placeOf(server.url), person, session.id, testSongId);
  await client.online();
  return client;
}
const said = ({ ledger }: LedgerClient) => readMessages(ledger, ledger.fold.chat, ledger.fold.gone).map(({ text }) => text);
const remarks = ({ ledger }: LedgerClient) => readThreads(ledger, ledger.fold.comments, ledger.fold.gone).map(({ first }) => first?.text);

test('the export has everything, from devices to what was said; then the account goes, its words too', async () => {
  const ann = await ledgerPerson(server.url, 'Ann Export');
  const bob = await ledgerPerson(server.url, 'Bob Stays');
  const session = await createSession(server.url, ann.user);
  expectDone(await callApi(server.url, 'joinByCode', { code: session.join_code }, bob.user.token));
  const atAnn = await enter(session, ann);
  const atBob = await enter(session, bob);
  await atAnn.say('my secret of 1987');
  await atBob.say('what the others said');
  await until(() => said(atBob).length === 2 && said(atAnn).length === 2, 'both messages');
  await converged([atAnn, atBob]);

  const whole = expectDone(await callApi(server.url, 'exportMe', {}, ann.user.token));
  expect(whole).toMatchObject({
    user: { id: ann.user.id, email: ann.user.credentials.user.email },
    devices: [{ device_id: ann.device, name: 'Laptop' }],
    sessions: [{ id: session.id, name: 'Tuesday', role: 'owner', status: 'joined' }],
    join_links: [{ session_id: session.id, code: session.join_code }],
    messages: [{ session_id: session.id, text: 'my secret of 1987' }],
    comments: [],
    activities: expect.arrayContaining([expect.objectContaining({ type: 'session_created', is_mine: true, address: '127.0.0.1' })]),
    counts: [{ session_id: session.id, messages: 1 }],
  });
  expect(whole.sign_ins).toHaveLength(1);

  expect((await deletion(ann.user, 'not-this-one')).problem?.code).toBe('wrong-credentials');
  const plan = expectDone(await deletion(ann.user));
  expect(plan.sessions_handed_over).toEqual([{ id: session.id, name: 'Tuesday', to: { id: bob.user.id, name: 'Bob Stays' } }]);
  expect(plan.sessions_deleted).toEqual([]);
  const stolen = await callApi(server.url, 'deleteMe', { deletion_token: plan.deletion_token }, bob.user.token);
  expect(stolen.status).toBe(422);
  expect((await callApi(server.url, 'deleteMe', { deletion_token: plan.deletion_token }, ann.user.token)).status).toBe(204);

  // Others see it at once: the words are gone, hers alone, and she has no name.
  await until(() => said(atBob).join() === 'what the others said', 'her words taken back');
  await until(() => atBob.ledger.statement?.claims.participants.every(({ name }) => name !== 'Ann Export') === true, 'no name');
  expect(atBob.ledger.device(ann.device)?.role).toBeNull();
  await until(() => !atAnn.isLinked, 'her link is cut');
  const after = expectDone(await callApi(server.url, 'getSession', { id: session.id }, bob.user.token));
  expect([after.role, after.participant_count]).toEqual(['owner', 1]);

  // No way back in.
  expect((await callApi(server.url, 'me', {}, ann.user.token)).status).toBe(401);
  expect((await callApi(server.url, 'refresh', { refresh_token: ann.user.credentials.refresh_token })).status).toBe(401);
  const email = ann.user.credentials.user.email ?? '';
  expect((await callApi(server.url, 'login', { email, password: testPassword })).status).toBe(401);
  // The address is free again, and its new holder is somebody else.
  const again = expectDone(await callApi(server.url, 'register', { email, password: testPassword }));
  expect(again.user.id).not.toBe(ann.user.id);
  await atBob.close();

  const beside = new BetterSqlite3(join(server.config.data_dir, 'chordme.db'), { readonly: true });
  const row = beside.prepare<[string], Record<string, unknown>>('SELECT * FROM users WHERE id = ?').get(ann.user.id);
  expect(row).toMatchObject({ email: null, name: 'Former member', password_hash: '', erased_at: expect.any(String) });
  expect(beside.prepare('SELECT count(*) FROM devices WHERE user_id = ?').pluck().get(ann.user.id)).toBe(0);
  beside.close();
});

test('comments go as well; in a session that ended too', async () => {
  const ann = await ledgerPerson(server.url, 'Ann Comments');
  const bob = await ledgerPerson(server.url, 'Bob');
  const session = await createSession(server.url, bob.user, {
    song: { id: testSongId, title: 'Song', chordpro: 'la la la' },
  });
  expectDone(await callApi(server.url, 'joinByCode', { code: session.join_code }, ann.user.token));
  const atAnn = await enter(session, ann);
  await until(() => atAnn.ledger.n >= 2, 'the song');
  const tname = `s:${testSongId}`;
  const anchor = { song_id: testSongId, start: { tname, assoc: -1 }, end: { tname, assoc: 0 }, quote: 'la' };
  const words = commentSchema.parse({ type: 'add', text: 'too slow', anchor, reply_to: null });
  await atAnn.author.write(entryKinds.comment, encodeJson(words));
  await atAnn.say('goodbye');
  await until(() => remarks(atAnn).length === 1 && atAnn.isSettled, 'the comment has its number');
  await atAnn.close();
  expectDone(await callApi(server.url, 'endSession', { id: session.id }, bob.user.token));
  const { deletion_token } = expectDone(await deletion(ann.user));
  expect((await callApi(server.url, 'deleteMe', { deletion_token }, ann.user.token)).status).toBe(204);
  const atBob = await enter(session, bob);
  // Song, comment, message, and one entry that takes both back.
  await until(() => atBob.ledger.n >= 5, 'all records');
  expect([remarks(atBob), said(atBob)]).toEqual([[], []]);
  await atBob.close();
});

test('words go from every other session where one ledger cannot be read; the next hour looks after that one and after others’ words', async () => {
  const hours = new FakeTime();
  const time = { ...systemTimers, now: () => Date.now(), every: (ms: number, run: () => void) => hours.every(ms, run) };
  const here = await startTestServer({ time });
  onTestFinished(() => here.close());
  const lead = await registerUser(here.url, 'Lead');
  const [ann, bob] = [await registerUser(here.url, 'Ann'), await registerUser(here.url, 'Bob')];
  const sessions = [await createSession(here.url, lead), await createSession(here.url, lead)] as const;
  for (const { id, join_code: code } of sessions)
    for (const { token } of [ann, bob]) {
      expectDone(await callApi(here.url, 'joinByCode', { code }, token));
      expectDone(await callApi(here.url, 'sendMessage', { id, text: 'mine' }, token));
    }
  const messagesIn = async ({ id }: { id: string }) =>
    expectDone(await callApi(here.url, 'listMessages', { id }, lead.token)).items.map(({ user }) => user.id);
  const takeBackWords = Reflect.get(LedgerHub.prototype, 'takeBackWords');
  const damaged = vi.spyOn(LedgerHub.prototype, 'takeBackWords').mockImplementation(function (this: LedgerHub, sessionId, userId) {
    const isUnreadable = sessionId === sessions[0].id && userId === ann.id;
    return isUnreadable ? Promise.reject(new Error('disk I/O error')) : takeBackWords.call(this, sessionId, userId);
  });
  onTestFinished(() => damaged.mockRestore());
  const close = async (user: TestUser) => {
    const { deletion_token } = expectDone(await callApi(here.url, 'requestDeletion', { current_password: testPassword }, user.token));
    expect((await callApi(here.url, 'deleteMe', { deletion_token }, user.token)).status).toBe(204);
  };
  await close(ann);
  expect([await messagesIn(sessions[0]), await messagesIn(sessions[1])]).toEqual([[bob.id, ann.id], [bob.id]]);

  damaged.mockImplementationOnce(() => Promise.reject(new Error('disk full')));
  await close(bob);
  hours.advance(60 * 60_000);
  await expect.poll(() => messagesIn(sessions[0])).toEqual([ann.id]);
  damaged.mockRestore();
  hours.advance(60 * 60_000);
  await expect.poll(() => messagesIn(sessions[0])).toEqual([]);
});

test('a session that nobody else with an account takes part in is deleted with its leader', async () => {
  const ann = await registerUser(server.url, 'Ann Alone');
  const session = await createSession(server.url, ann, { name: 'Alone' });
  const plan = expectDone(await deletion(ann));
  expect(plan.sessions_deleted).toEqual([{ id: session.id, name: 'Alone' }]);
  expect((await callApi(server.url, 'deleteMe', { deletion_token: plan.deletion_token }, ann.token)).status).toBe(204);
  expect((await callApi(server.url, 'joinByCode', { code: session.join_code }, chief.token)).problem?.code).toBe('invalid-code');
});

test('the last administrator is not let go while others have accounts', async () => {
  expect((await deletion(chief)).problem?.code).toBe('last-administrator');
  expect((await callApi(server.url, 'me', {}, chief.token)).status).toBe(200);
});
