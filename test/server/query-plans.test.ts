import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { createSession, expectDone, registerDevice, registerUser, startTestServer, testPassword } from '../support/server.ts';
import { systemTimers } from '../../src-server/system-timers.ts';

/** Steps that go through a table or an index from end to end, or until a page is full, and why they may. */
const endToEnd: readonly (readonly [step: RegExp, because: string])[] = [
  [/USING INDEX (sessions_public|templates_shared|users_to_erase)\b/, 'a partial index has nothing but what is asked for, in its order'],
  [/: select "(id|color)" from "users" (order by "id" desc )?limit \?$/, 'the first row answers it'],
  [
    /^SCAN users USING INDEX sqlite_autoindex_users_1: select \* from "users" where .* order by "id" desc limit \?$/,
    'an administrator looks for people',
  ],
  [
    /^SCAN users USING COVERING INDEX .*: select count\(\*\) as "count" from "users"$/,
    'the administrator asks how many accounts there are',
  ],
  [
    /^SCAN session_counts: select coalesce\(sum\("entries"\).* from "session_counts"$/,
    'the administrator asks for the sum over all that was ever counted',
  ],
];

test('every query of a busy evening uses an index', async () => {
  const prepare = vi.spyOn(BetterSqlite3.prototype, 'prepare');
  onTestFinished(() => void vi.restoreAllMocks());
  const hours = new FakeTime();
  const started = await startTestServer({ time: { ...systemTimers, now: () => Date.now(), every: (ms, run) => hours.every(ms, run) } });
  onTestFinished(() => started.close());
  const { url, config } = started;

  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const device = await registerDevice(url, ada);
  expectDone(await callApi(url, 'refresh', { refresh_token: ada.credentials.refresh_token }));
  expectDone(await callApi(url, 'logout', { refresh_token: ben.credentials.refresh_token }));
  const session = await createSession(url, ada, { access_mode: 'public' });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expectDone(await callApi(url, 'changeRole', { id: session.id, user_id: ben.id, role: 'viewer' }, ada.token));
  expectDone(await callApi(url, 'updateMe', { name: 'Ada L.' }, ada.token));
  for (const input of [{}, { status: 'active', role: 'owner', q: 'x' }] as const) {
    expectDone(await callApi(url, 'mySessions', input, ada.token));
  }
  const page = expectDone(await callApi(url, 'publicSessions', { limit: 1 }, ada.token));
  expect(page.items).toHaveLength(1);
  expectDone(await callApi(url, 'listParticipants', { id: session.id }, ada.token));
  expectDone(await callApi(url, 'pauseSession', { id: session.id }, ada.token, { 'idempotency-key': 'k' }));
  expectDone(await callApi(url, 'leaveSession', { id: session.id }, ben.token));
  expectDone(await callApi(url, 'listDevices', {}, ada.token));
  expectDone(await callApi(url, 'revokeDevice', { device_id: device.device_id }, ada.token));

  // Ways in, what happened, numbers, templates, cleanup.
  const { id } = session;
  expectDone(await callApi(url, 'resumeSession', { id }, ada.token));
  for (const role of ['viewer', 'editor'] as const)
    expectDone(await callApi(url, 'invite', { id, users: [{ email: ben.credentials.user.email ?? '', role }] }, ada.token));
  const { items: invitations } = expectDone(await callApi(url, 'myInvitations', { limit: 1 }, ben.token));
  expectDone(await callApi(url, 'listInvitations', { id }, ada.token));
  expectDone(await callApi(url, 'acceptInvitation', { id: invitations[0]?.id ?? '' }, ben.token));
  expectDone(await callApi(url, 'createLink', { id }, ada.token));
  expectDone(await callApi(url, 'listLinks', { id }, ada.token));
  expectDone(await callApi(url, 'updateSession', { id, access_mode: 'link-access' }, ada.token));
  for (const text of ['one', 'two']) expectDone(await callApi(url, 'sendMessage', { id, text }, ada.token));
  for (const by of [ada, ben]) {
    for (const input of [{}, { type: 'message_sent', before: '2999-01-01T00:00:00Z' }, { actor: ada.id }] as const)
      expectDone(await callApi(url, 'listActivities', { id, ...input, limit: 1 }, by.token));
  }
  for (const name of ['sessionStats', 'sessionHealth'] as const) expectDone(await callApi(url, name, { id }, ben.token));
  expectDone(await callApi(url, 'myStats', {}, ben.token));
  expectDone(await callApi(url, 'serverStats', {}, ada.token));
  expectDone(await callApi(url, 'listTemplates', {}, ben.token));
  expectDone(await callApi(url, 'removeParticipant', { id, user_id: ben.id }, ada.token).then((reply) => ({ ...reply, body: true })));
  expectDone(await callApi(url, 'cleanUp', {}, ada.token));

  const { recording_id } = expectDone(await callApi(url, 'startRecording', { id }, ada.token));
  expectDone(await callApi(url, 'setMyRecordingChoice', { id, is_left_out: true }, ada.token));
  expectDone(await callApi(url, 'setMyRecordingChoice', { id, is_left_out: false }, ada.token));
  expectDone(await callApi(url, 'sendMessage', { id, text: 'on the record' }, ada.token));
  expectDone(await callApi(url, 'stopRecording', { id }, ada.token));
  expectDone(await callApi(url, 'listRecordings', { id, limit: 1 }, ada.token));
  expectDone(await callApi(url, 'recordingEvents', { id, recording_id, from: 1 }, ada.token));
  expectDone(await callApi(url, 'exportRecording', { id, recording_id, format: 'zip' }, ada.token));
  expectDone(await callApi(url, 'exportMe', {}, ada.token));
  expect((await callApi(url, 'deleteRecording', { id, recording_id }, ada.token)).status).toBe(204);

  // Accounts and their administration; the chores of an hour.
  const email = ada.credentials.user.email ?? '';
  expectDone(await callApi(url, 'login', { email, password: testPassword }));
  const renamed = { name: 'Ada', email: 'ada.new@example.org', current_password: testPassword };
  expectDone(await callApi(url, 'updateMe', renamed, ada.token));
  for (const input of [{}, { q: 'a', kind: 'account' }, { kind: 'guest' }, { kind: 'administrator' }, { kind: 'disabled' }] as const) {
    expectDone(await callApi(url, 'listUsers', input, ada.token));
  }
  expectDone(await callApi(url, 'updateServerSettings', { max_users: 100 }, ada.token));
  const cat = await registerUser(url, 'Cat');
  expectDone(await callApi(url, 'updateUser', { user_id: ben.id, is_disabled: true }, ada.token));
  expectDone(await callApi(url, 'exportMe', {}, cat.token));
  const { deletion_token } = expectDone(await callApi(url, 'requestDeletion', { current_password: testPassword }, cat.token));
  expect((await callApi(url, 'deleteMe', { deletion_token }, cat.token)).status).toBe(204);
  hours.advance(60 * 60_000);

  // The server keeps no statistics about its tables, so that a plan is the same whatever is on disk.
  const beside = new BetterSqlite3(`${config.data_dir}/chordme.db`, { readonly: true });
  onTestFinished(() => void beside.close());
  expect(beside.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").all()).toEqual([]);
  const ours = [...new Set(prepare.mock.calls.map(([source]) => source))].filter((source) => /^(select|update|delete|insert)/.test(source));
  expect(ours.length).toBeGreaterThan(30);
  const scans = ours.flatMap((source) => {
    const steps = beside.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`);
    const parameters = Array.from({ length: (source.match(/\?/g) ?? []).length }, () => 'x');
    return steps
      .all(...parameters)
      .filter(({ detail }) => detail.startsWith('SCAN'))
      .map(({ detail }) => `${detail}: ${source}`);
  });
  expect(scans.filter((scan) => !endToEnd.some(([step]) => step.test(scan)))).toEqual([]);
  // An exception that nothing needs any more goes.
  expect(endToEnd.filter(([step]) => !scans.some((scan) => step.test(scan)))).toEqual([]);
});
