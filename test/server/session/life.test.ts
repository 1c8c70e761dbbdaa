import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import {
  createSession,
  expectDone,
  registerUser,
  startTestServer,
  testPassword,
  type TestServer,
  type TestUser,
} from '../../support/server.ts';
import { testDirectory } from '../../support/test-core.ts';

let ahead = 0;
let server: TestServer;
let admin: TestUser;
beforeAll(async () => {
  server = await startTestServer({ time: { ...systemTimers, now: () => Date.now() + ahead } });
  admin = await registerUser(server.url, 'Root');
});
afterAll(() => server.close());

const dayMs = 24 * 60 * 60 * 1_000;
const songId = '01900000-0000-7000-8000-00000000000a';

/** Tokens of 15 minutes end when days go by. */
async function later(ms: number, ...people: TestUser[]): Promise<void> {
  ahead += ms;
  for (const user of [admin, ...people]) {
    const email = user.credentials.user.email ?? '';
    user.token = expectDone(await callApi(server.url, 'login', { email, password: testPassword })).access_token;
  }
}
const clean = async (isDry = false) => expectDone(await callApi(server.url, 'cleanUp', { dry_run: isDry }, admin.token));
const statusOf = async (user: TestUser, id: string) => expectDone(await callApi(server.url, 'getSession', { id }, user.token));
const typesOf = async (user: TestUser, id: string) =>
  expectDone(await callApi(server.url, 'listActivities', { id }, user.token)).items.map(({ type }) => type);

test('any user could run cleanup: only an administrator does, and a dry run changes nothing', async () => {
  const { url } = server;
  const ada = await registerUser(url);
  expect((await callApi(url, 'cleanUp', {}, ada.token)).problem?.code).toBe('forbidden');
  expect((await callApi(url, 'cleanUp', {})).status).toBe(401);
  const session = await createSession(url, ada, { settings: { auto_cleanup_after: 3_600 } });
  await later(2 * 3_600_000, ada);
  expect((await clean(true)).sessions_ended).toBe(1);
  expect((await statusOf(ada, session.id)).status).toBe('active');
  expect(await clean()).toMatchObject({ sessions_ended: 1, errors: [] });
});

test('the plan says what a run would move and whose it is, names only what the administrator takes part in, and what the last run did', async () => {
  const { url } = server;
  const ada = await registerUser(url, 'Planner');
  expect((await callApi(url, 'cleanupPlan', {}, ada.token)).problem?.code).toBe('forbidden');
  const theirs = await createSession(url, ada, { name: 'Private matters', settings: { auto_cleanup_after: 3_600 } });
  const mine = await createSession(url, admin, { name: 'Mine', settings: { auto_cleanup_after: 3_600 } });
  await later(2 * 3_600_000, ada);
  const plan = async () => expectDone(await callApi(url, 'cleanupPlan', {}, admin.token));
  const before = await plan();
  expect(before).toMatchObject({ every_seconds: 3_600, running: null, due_total: 2 });
  const row = (id: string) => before.due.find(({ session_id }) => session_id === id);
  expect(row(theirs.id)).toMatchObject({ name: null, leader: { id: ada.id, name: 'Planner' }, move: 'end' });
  expect(row(mine.id)).toMatchObject({ name: 'Mine', leader: { id: admin.id } });
  // Two that ask at once get one run.
  const reports = await Promise.all([clean(), clean()]);
  expect(reports.map((report) => report.sessions_ended)).toEqual([2, 2]);
  const after = await plan();
  expect(after).toMatchObject({ due_total: 0, due: [], running: null, last_run: { report: { sessions_ended: 2, errors: [] } } });
});

test('edits did not count as activity, so live sessions were ended: an edit keeps a session alive', async () => {
  const { url } = server;
  const ada = await registerUser(url);
  const song = { id: songId, title: 'Night', chordpro: 'Silent' };
  const live = await createSession(url, ada, { song, settings: { auto_cleanup_after: 3_600 } });
  const idle = await createSession(url, ada, { settings: { auto_cleanup_after: 3_600 } });
  await later(3_000_000, ada);
  expectDone(await callApi(url, 'replaceDocument', { id: live.id, song_id: songId, chordpro: 'Silent night' }, ada.token));
  await later(1_000_000, ada);
  await clean();
  expect((await statusOf(ada, live.id)).status).toBe('active');
  expect(await statusOf(ada, idle.id)).toMatchObject({ status: 'ended', is_dormant: true });
});

test('[R-MEM-1] a session at rest is active again before the next permitted entry counts; one ended by a person stays read-only', async () => {
  const { url } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const song = { id: songId, title: 'Night', chordpro: 'Silent' };
  const session = await createSession(url, ada, { song, settings: { auto_cleanup_after: 3_600, archive_after: 3_600 } });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const paused = await createSession(url, ada, { settings: { auto_cleanup_after: 3_600 } });
  expectDone(await callApi(url, 'pauseSession', { id: paused.id }, ada.token));
  await later(2 * 3_600_000, ada, ben);
  await clean();
  expect(await statusOf(ada, session.id)).toMatchObject({ status: 'ended', is_dormant: true });
  // What somebody paused was not theirs to write in: it does not wake.
  expect(await statusOf(ada, paused.id)).toMatchObject({ status: 'ended', is_dormant: false });
  await later(2 * 3_600_000, ada, ben);
  await clean();
  expect(await statusOf(ada, session.id)).toMatchObject({ status: 'archived', is_dormant: true });
  expectDone(await callApi(url, 'replaceDocument', { id: session.id, song_id: songId, chordpro: 'Silent night' }, ben.token));
  expect(await statusOf(ada, session.id)).toMatchObject({ status: 'active', is_dormant: false });
  // The clock's own rows are the owner's.
  expect(await typesOf(ben, session.id)).not.toContain('session_ended');
  expect((await typesOf(ada, session.id)).slice(0, 2)).toEqual(['song_edited', 'session_reopened']);
  expect(await typesOf(ada, session.id)).toContain('session_archived');
});

test('ended sessions were never archived: the ledger is compressed, read, and restored whole', async () => {
  const dataDir = testDirectory();
  const time = { ...systemTimers, now: () => Date.now() + ahead };
  let own = await startTestServer({ dataDir, time });
  onTestFinished(() => own.close());
  const { url } = own;
  // Who comes first is the administrator.
  const ada = await registerUser(url);
  const chordpro = '[C]la la la\n'.repeat(2_000);
  const song = { id: songId, title: 'La', chordpro };
  const session = await createSession(url, ada, { song, settings: { archive_after: 3_600 } });
  expectDone(await callApi(url, 'sendMessage', { id: session.id, text: 'Remember this' }, ada.token));
  expectDone(await callApi(url, 'endSession', { id: session.id }, ada.token));
  const beside = new BetterSqlite3(`${dataDir}/chordme.db`, { readonly: true });
  const rows = (table: string, columns: string) =>
    beside.prepare(`SELECT ${columns} FROM ${table} WHERE session_id = ? ORDER BY 1, 2`).raw().all(session.id);
  const whole = () => [
    rows('ledger_entries', 'stream, seq, hash, bytes, n, is_void'),
    rows('ledger_records', 'n, bytes'),
    rows('ledger_heads', 'n, bytes'),
  ];
  const before = whole();
  const sizeBefore = before[0]?.length ?? 0;
  expect(sizeBefore).toBeGreaterThan(1);
  // Nobody is in it any more, and the time comes.
  await own.close();
  own = await startTestServer({ dataDir, time });
  ahead += 2 * 3_600_000;
  const credentials = { email: ada.credentials.user.email ?? '', password: testPassword };
  const { access_token } = expectDone(await callApi(own.url, 'login', credentials));
  expect(expectDone(await callApi(own.url, 'cleanUp', {}, access_token))).toMatchObject({ sessions_archived: 1, errors: [] });
  expect(whole().map((part) => part.length)).toEqual([0, 0, 0]);
  const packed = rows('ledger_archives', 'part, length(bytes)') as [number, number][];
  expect(packed.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(chordpro.length);
  expect(expectDone(await callApi(own.url, 'reopenSession', { id: session.id }, access_token)).status).toBe('active');
  const { content } = expectDone(await callApi(own.url, 'getDocument', { id: session.id, song_id: songId }, access_token));
  expect(content).toBe(chordpro);
  const messages = expectDone(await callApi(own.url, 'listMessages', { id: session.id }, access_token)).items;
  expect(messages.map(({ text }) => text)).toEqual(['Remember this']);
  expect(rows('ledger_archives', 'part, bytes')).toEqual([]);
  for (const [at, part] of whole().entries()) for (const row of before[at] ?? []) expect(part).toContainEqual(row);
  beside.close();
});

test('[R-MEM-4] deletion is asked for by name and is final: nothing but the statement stays', async () => {
  const { url, config } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const session = await createSession(url, ada, { name: 'Tuesday', song: { id: songId, title: 'La', chordpro: 'la' } });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const remove = (confirm: string, by: TestUser) => callApi(url, 'deleteSession', { id: session.id, confirm }, by.token);
  expect((await remove('Tuesday', ben)).problem?.code).toBe('forbidden');
  expect((await remove('tuesday', ada)).problem).toMatchObject({ status: 422, errors: [{ path: 'confirm' }] });
  expect((await remove('Tuesday', ada)).status).toBe(204);
  for (const user of [ada, ben]) {
    expect((await callApi(url, 'getSession', { id: session.id }, user.token)).status).toBe(404);
    expect((await callApi(url, 'reopenSession', { id: session.id }, user.token)).status).toBe(404);
  }
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, ben.token)).problem?.code).toBe('invalid-code');
  const beside = new BetterSqlite3(`${config.data_dir}/chordme.db`, { readonly: true });
  const left = () =>
    ['ledger_entries', 'ledger_records', 'activities', 'join_links', 'session_songs', 'session_counts'].map((table) =>
      beside.prepare(`SELECT count(*) FROM ${table} WHERE session_id = ?`).pluck().get(session.id),
    );
  await expect.poll(left).toEqual([0, 0, 0, 0, 0, 0]);
  beside.close();
});

test('what happened: who, what, when; private rows and addresses for the owner only; edits of five minutes are one row with counts', async () => {
  const { url } = server;
  const [ada, ben, cid] = [await registerUser(url), await registerUser(url, 'Ben'), await registerUser(url, 'Cid')];
  const session = await createSession(url, ada, { song: { id: songId, title: 'La', chordpro: 'la' } });
  const { id } = session;
  for (const user of [ben, cid]) expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, user.token));
  for (const text of ['la la', 'la la la', 'la'])
    expectDone(await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: text }, ben.token));
  for (const text of ['one', 'two']) expectDone(await callApi(url, 'sendMessage', { id, text }, cid.token));
  expectDone(await callApi(url, 'updateSession', { id, name: 'Wednesday', max_participants: 9 }, ada.token));
  const rows = expectDone(await callApi(url, 'listActivities', { id }, ada.token)).items;
  const of = (type: (typeof rows)[number]['type']) => rows.filter((row) => row.type === type);
  expect(of('song_edited').filter(({ actor }) => actor?.id === ben.id)).toMatchObject([
    {
      details: { edits: 3, characters_added: 6, characters_removed: 6, song_ids: [songId] },
      description: 'Ben made 3 changes in the songs.',
    },
  ]);
  expect(of('message_sent')).toMatchObject([{ details: { count: 2 }, actor: { id: cid.id } }]);
  expect(JSON.stringify(rows)).not.toContain('"two"');
  expect(of('session_settings_changed')).toMatchObject([{ details: { changed: ['name', 'max_participants'] } }]);
  expect(of('session_created')[0]?.address).not.toBeNull();
  const seen = expectDone(await callApi(url, 'listActivities', { id }, ben.token)).items;
  expect(seen.map(({ id: row }) => row)).toEqual(rows.map(({ id: row }) => row));
  expect(seen.every(({ address, user_agent }) => address === null && user_agent === null)).toBe(true);
  const page = expectDone(await callApi(url, 'listActivities', { id, limit: 2, actor: cid.id }, ada.token));
  expect(page.items.map(({ type }) => type)).toEqual(['message_sent', 'participant_joined']);
  expect(expectDone(await callApi(url, 'listActivities', { id, type: 'participant_joined' }, ada.token)).items).toHaveLength(2);

  const therapy = await createSession(url, ada, { template_id: 'music-therapy', access_mode: 'link-access' });
  expectDone(await callApi(url, 'joinByCode', { code: therapy.join_code }, ben.token));
  expect(await typesOf(ada, therapy.id)).toEqual(['participant_joined', 'session_created']);
  // Only what is about themselves.
  expect(await typesOf(ben, therapy.id)).toEqual(['participant_joined']);
});

test('statistics and health come from what was numbered', async () => {
  const { url } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const chordpro = '{start_of_verse: Verse 1}\nla\n{end_of_verse}\n';
  const session = await createSession(url, ada, { song: { id: songId, title: 'La', chordpro } });
  const { id } = session;
  await later(0, ada, ben);
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expectDone(await callApi(url, 'replaceDocument', { id, song_id: songId, chordpro: chordpro.replace('la', 'lala') }, ben.token));
  expectDone(await callApi(url, 'sendMessage', { id, text: 'Hi' }, ben.token));
  const stats = expectDone(await callApi(url, 'sessionStats', { id }, ada.token));
  expect(stats.participants.find(({ user }) => user.id === ben.id)).toMatchObject({ entries: 2, edits: 1, messages: 1, comments: 0 });
  expect(stats.days).toHaveLength(1);
  expect(stats.sections).toContainEqual({ song_id: songId, section: 'Verse 1', edits: 1 });
  const mine = expectDone(await callApi(url, 'myStats', {}, ben.token));
  expect(mine).toMatchObject({ sessions_total: 1, sessions_by_status: { active: 1 }, edits: 1, messages: 1 });
  const all = expectDone(await callApi(url, 'serverStats', {}, admin.token));
  expect(all.sessions_total).toBeGreaterThan(1);
  expect((await callApi(url, 'serverStats', {}, ben.token)).status).toBe(403);
  const { health } = await statusOf(ada, id);
  expect(health).toMatchObject({
    level: 'excellent',
    factors: { participation: { points: 40 }, recency: { points: 30 }, duration: { points: 5 } },
  });
  expect(expectDone(await callApi(url, 'sessionHealth', { id }, ben.token)).score).toBe(health.score);
  await later(3 * dayMs, ada, ben);
  // Its creator counts as present: one of two.
  expect((await statusOf(ada, id)).health.factors).toMatchObject({
    participation: { points: 20, value: 0.5 },
    recency: { points: 10 },
    duration: { points: 10 },
  });
});

test('there was no transfer; settings: only who manages, the table only by the owner, times within the administrator’s limits, the old owner is editor', async () => {
  const { url } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const session = await createSession(url, ada);
  const { id, permission_table: table } = session;
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expect((await callApi(url, 'updateSession', { id, name: 'Mine' }, ben.token)).problem?.code).toBe('forbidden');
  const wider = { ...table, editor: [...table.editor, 'manage_session' as const] };
  expect(expectDone(await callApi(url, 'updateSession', { id, permission_table: wider }, ada.token)).epoch).toBe(session.epoch + 2);
  expect(expectDone(await callApi(url, 'updateSession', { id, name: 'Ours' }, ben.token)).name).toBe('Ours');
  for (const change of [{ permission_table: wider }, { is_activity_private: true }])
    expect((await callApi(url, 'updateSession', { id, ...change }, ben.token)).problem?.code).toBe('forbidden');
  expect((await callApi(url, 'transferSession', { id, user_id: ben.id }, ben.token)).problem?.code).toBe('forbidden');
  expect((await callApi(url, 'updateSession', { id, auto_cleanup_after: 1 }, ada.token)).problem).toMatchObject({
    status: 422,
    errors: [{ path: 'auto_cleanup_after' }],
  });
  expectDone(await callApi(url, 'updateSession', { id, max_participants: 2 }, ada.token));
  const handed = expectDone(await callApi(url, 'transferSession', { id, user_id: ben.id }, ada.token));
  expect(handed).toMatchObject({ role: 'editor' });
  expect(await statusOf(ben, id)).toMatchObject({ role: 'owner' });
  expect((await callApi(url, 'transferSession', { id, user_id: admin.id }, ben.token)).problem?.code).toBe('not-found');
});
