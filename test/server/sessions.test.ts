import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { InputOf } from '../../shared/api/operations.ts';
import { limits } from '../../shared/base/limits.ts';
import { permissions } from '../../shared/session/roles.ts';
import { builtInTemplates } from '../../shared/session/templates.ts';
import { systemTimers } from '../../src-server/system-timers.ts';
import { callApi } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServerOptions, type TestUser } from '../support/server.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

/** Somebody who joined by the session's code. */
async function joined(url: string, code: string, name: string): Promise<TestUser> {
  const user = await registerUser(url, name);
  expectDone(await callApi(url, 'joinByCode', { code }, user.token));
  return user;
}

const nowhere = '01900000-0000-7000-8000-000000000000';

test.each(builtInTemplates)('template settings were never applied; $name: its values are the session’s', async (template) => {
  const { url } = await server();
  const owner = await registerUser(url);
  const created = await callApi(url, 'createSession', { name: '  Tuesday ', template_id: template.id }, owner.token);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    name: 'Tuesday',
    status: 'active',
    category: template.category,
    template_id: template.id,
    max_participants: template.max_participants,
    access_mode: template.access_mode,
    permission_table: template.permissions,
    role: 'owner',
    permissions,
    role_label: template.role_labels.owner,
    role_labels: template.role_labels,
    auto_cleanup_after: template.auto_cleanup_after,
    archive_after: template.archive_after,
    participant_count: 1,
    is_recording: false,
    auto_recording: template.auto_recording,
    has_open_recordings: false,
    song: null,
    epoch: 1,
  });
  expect(created.body?.join_code === null).toBe(template.access_mode === 'invite-only');
  if (created.body?.join_code) {
    const guest = await registerUser(url, 'Ben');
    const member = expectDone(await callApi(url, 'joinByCode', { code: created.body.join_code.toLowerCase() }, guest.token));
    expect(member).toMatchObject({
      role: template.default_role,
      role_label: template.role_labels[template.default_role],
      permissions: template.permissions[template.default_role],
    });
    expect(member.join_code === null).toBe(!template.permissions[template.default_role].includes('add_participants'));
  }
});

test('what is given goes before the template', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const input: Omit<InputOf<'createSession'>, 'name'> = {
    template_id: 'music-therapy',
    access_mode: 'public',
    description: 'Every week',
    max_participants: 50,
    starts_at: '2040-01-02T03:04:05Z',
    settings: { auto_cleanup_after: 60, archive_after: 120 },
  };
  expect(await createSession(url, owner, input)).toMatchObject({
    access_mode: 'public',
    description: 'Every week',
    max_participants: 50,
    status: 'scheduled',
    starts_at: '2040-01-02T03:04:05.000Z',
    started_at: null,
    auto_cleanup_after: 60,
    archive_after: 120,
  });
});

test('an unknown template, and a song the server does not know, are refused by name', async () => {
  const { url } = await server();
  const { token } = await registerUser(url);
  const template = await callApi(url, 'createSession', { name: 'x', template_id: 'choir' }, token);
  expect(template.problem).toMatchObject({ status: 422, errors: [{ path: 'template_id' }] });
  const song = await callApi(url, 'createSession', { name: 'x', song_id: nowhere }, token);
  expect(song.problem).toMatchObject({ status: 422, errors: [{ path: 'song_id' }] });
});

test('a scheduled session starts by itself when its time comes', async () => {
  const time = new FakeTime();
  const { url } = await server({ time });
  const owner = await registerUser(url);
  const session = await createSession(url, owner, { starts_at: new Date(time.now() + 60_000).toISOString() });
  time.advance(50_000);
  expect((await callApi(url, 'getSession', { id: session.id }, owner.token)).body?.status).toBe('scheduled');
  time.advance(20_000);
  expect((await callApi(url, 'getSession', { id: session.id }, owner.token)).body).toMatchObject({ status: 'active', epoch: 2 });
});

test('a stranger gets one and the same answer for a session that is hidden and one that is not there', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const hidden = await createSession(url, owner);
  const stranger = await registerUser(url, 'Mallory');
  const ofSession = [
    ...(['getSession', 'listParticipants', 'joinSession', 'leaveSession'] as const),
    ...(['startSession', 'pauseSession', 'resumeSession', 'endSession', 'reopenSession'] as const),
  ];
  const ofParticipant = ['removeParticipant', 'banParticipant', 'unbanParticipant'] as const;
  for (const id of [hidden.id, nowhere]) {
    const problems = [
      ...(await Promise.all(ofSession.map((name) => callApi(url, name, { id }, stranger.token)))),
      ...(await Promise.all(ofParticipant.map((name) => callApi(url, name, { id, user_id: owner.id }, stranger.token)))),
      await callApi(url, 'changeRole', { id, user_id: owner.id, role: 'viewer' }, stranger.token),
    ].map(({ problem }) => ({ ...problem, request_id: '' }));
    for (const problem of problems) {
      expect(problem).toEqual({
        type: 'about:blank',
        title: 'Nothing here.',
        status: 404,
        code: 'not-found',
        detail: 'Nothing here.',
        request_id: '',
      });
    }
    const byCode = await callApi(url, 'joinSession', { id, code: '22222222' }, stranger.token);
    expect(byCode.problem?.code).toBe('invalid-code');
  }
  expect((await callApi(url, 'getSession', { id: hidden.id })).status).toBe(401);
});

test('the three access modes: invite-only has no code, link-access needs it, public is open and listed', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const guest = await registerUser(url, 'Ben');
  const closed = await createSession(url, owner, { access_mode: 'invite-only' });
  expect(closed.join_code).toBe('');
  expect((await callApi(url, 'joinSession', { id: closed.id }, guest.token)).status).toBe(404);

  const byLink = await createSession(url, owner);
  expect((await callApi(url, 'joinSession', { id: byLink.id }, guest.token)).status).toBe(404);
  expect((await callApi(url, 'joinSession', { id: closed.id, code: byLink.join_code }, guest.token)).problem?.code).toBe('invalid-code');
  expect((await callApi(url, 'joinSession', { id: byLink.id, code: byLink.join_code }, guest.token)).body?.role).toBe('editor');

  const open = await createSession(url, owner, { access_mode: 'public', name: 'Open stage' });
  const listed = expectDone(await callApi(url, 'publicSessions', {}, guest.token));
  expect(listed.items.map((item) => [item.id, item.role, item.join_code])).toEqual([[open.id, null, null]]);
  expect((await callApi(url, 'joinSession', { id: open.id }, guest.token)).body?.role).toBe('editor');
});

test('joining twice changes nothing, and a code ends after 30 days', async () => {
  let ahead = 0;
  const { url } = await server({ time: { ...systemTimers, now: () => Date.now() + ahead } });
  const owner = await registerUser(url);
  const session = await createSession(url, owner);
  const first = expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, (await registerUser(url, 'Ben')).token));
  expect(first.participant_count).toBe(2);
  const again = expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, owner.token));
  expect(again).toMatchObject({ role: 'owner', participant_count: 2, epoch: first.epoch });
  ahead += 31 * 24 * 60 * 60_000;
  const late = await registerUser(url, 'Cid');
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, late.token)).problem?.code).toBe('invalid-code');
});

test('of 50 who join at once, 7 get the 7 free seats', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner);
  const people = await Promise.all(Array.from({ length: 50 }, (_, at) => registerUser(url, `P${at}`)));
  const replies = await Promise.all(people.map((person) => callApi(url, 'joinByCode', { code: session.join_code }, person.token)));
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(7);
  expect(replies.filter((reply) => reply.problem?.code === 'session-full')).toHaveLength(43);
  const list = expectDone(await callApi(url, 'listParticipants', { id: session.id }, owner.token));
  expect(list.items).toHaveLength(8);
  expect(new Set(list.items.map((item) => item.color)).size).toBe(8);
  // One goes, and one more gets in.
  const seated = people[replies.findIndex((reply) => reply.status === 200)];
  expectDone(await callApi(url, 'leaveSession', { id: session.id }, seated?.token));
  const waiting = people[replies.findIndex((reply) => reply.status === 409)];
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, waiting?.token)).status).toBe(200);
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, seated?.token)).problem?.code).toBe('session-full');
});

test('[R-LIM-1] people who come and go without end do not make a statement that no app takes: who was there comes back, nobody new comes', async () => {
  const { url, config } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner);
  const ben = await registerUser(url, 'Ben');
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expectDone(await callApi(url, 'leaveSession', { id: session.id }, ben.token));
  const beside = new BetterSqlite3(join(config.data_dir, 'chordme.db'));
  onTestFinished(() => void beside.close());
  const [user, seat] = [
    beside.prepare("INSERT INTO users (id, name, color, password_hash, is_admin, created_at) VALUES (?, 'Gone', '#0072b2', '', 0, '2026')"),
    beside.prepare(
      "INSERT INTO participants (session_id, user_id, role, status, color, joined_at) VALUES (?, ?, 'viewer', 'left', '#0072b2', '2026')",
    ),
  ];
  beside.transaction(() => {
    for (let gone = 2; gone < limits.peoplePerSession; gone++) {
      const id = crypto.randomUUID();
      user.run(id);
      seat.run(session.id, id);
    }
  })();
  const cid = await registerUser(url, 'Cid');
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, cid.token)).problem?.code).toBe('session-full');
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
});

test('the owner cannot leave; who left no longer sees the session and may come back', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner);
  expect((await callApi(url, 'leaveSession', { id: session.id }, owner.token)).problem?.code).toBe('owner-cannot-leave');
  const ben = await joined(url, session.join_code, 'Ben');
  const left = expectDone(await callApi(url, 'leaveSession', { id: session.id }, ben.token));
  expect(left).toMatchObject({ role: null, permissions: [], join_code: null });
  expect((await callApi(url, 'getSession', { id: session.id }, ben.token)).status).toBe(404);
  expect((await callApi(url, 'mySessions', {}, ben.token)).body?.items).toEqual([]);
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, ben.token)).body?.role).toBe('editor');
});

test('there was no role change; roles: only who manages changes them, never the owner’s, and the table decides at once', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner);
  const ben = await joined(url, session.join_code, 'Ben');
  const cid = await joined(url, session.join_code, 'Cid');
  const change = (by: TestUser, user_id: string, role: 'editor' | 'viewer') =>
    callApi(url, 'changeRole', { id: session.id, user_id, role }, by.token);

  expect((await change(ben, cid.id, 'viewer')).problem?.code).toBe('forbidden');
  expect((await change(owner, owner.id, 'viewer')).problem?.code).toBe('forbidden');
  expect((await change(owner, nowhere, 'viewer')).problem?.code).toBe('not-found');
  expect((await change(owner, ben.id, 'viewer')).body).toMatchObject({ role: 'viewer', role_label: 'Listener', status: 'joined' });
  const seen = expectDone(await callApi(url, 'getSession', { id: session.id }, ben.token));
  expect(seen).toMatchObject({ role: 'viewer', permissions: ['read', 'chat'] });
  const asOwner = await callApi(url, 'changeRole', { id: session.id, user_id: ben.id, role: 'owner' as 'editor' }, owner.token);
  expect(asOwner.problem?.code).toBe('bad-request');
});

test('there was no removal and no ban; a removed one may come back by the code, a banned one by no way until the ban is lifted', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner, { access_mode: 'public' });
  const ben = await joined(url, session.join_code, 'Ben');
  const target = { id: session.id, user_id: ben.id };

  expect((await callApi(url, 'removeParticipant', target, owner.token)).status).toBe(204);
  expect((await callApi(url, 'removeParticipant', target, owner.token)).status).toBe(404);
  expect((await callApi(url, 'getSession', { id: session.id }, ben.token)).status).toBe(404);
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, ben.token)).status).toBe(200);

  expect((await callApi(url, 'banParticipant', target, owner.token)).body).toMatchObject({ status: 'banned', role: null });
  expect((await callApi(url, 'getSession', { id: session.id }, ben.token)).status).toBe(404);
  for (const input of [{ id: session.id }, { id: session.id, code: session.join_code }]) {
    expect((await callApi(url, 'joinSession', input, ben.token)).problem?.code).toBe('forbidden');
  }
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, ben.token)).problem?.code).toBe('forbidden');
  const cid = await joined(url, session.join_code, 'Cid');
  const seen = expectDone(await callApi(url, 'listParticipants', { id: session.id }, cid.token));
  expect(seen.items.map((item) => item.name)).toEqual(['Ada', 'Cid']);
  const managed = expectDone(await callApi(url, 'listParticipants', { id: session.id }, owner.token));
  expect(managed.items.map((item) => item.status)).toEqual(['joined', 'banned', 'joined']);

  expect((await callApi(url, 'unbanParticipant', target, owner.token)).body?.status).toBe('removed');
  expect((await callApi(url, 'unbanParticipant', target, owner.token)).status).toBe(404);
  expect((await callApi(url, 'joinSession', { id: session.id }, ben.token)).status).toBe(200);
  expect((await callApi(url, 'banParticipant', { id: session.id, user_id: owner.id }, owner.token)).status).toBe(403);
});

test('there was no pause, resume or end; the lifecycle: each allowed move, each other one refused, only by who manages the session', async () => {
  const { url } = await server();
  const owner = await registerUser(url);
  const session = await createSession(url, owner, { starts_at: '2040-01-01T00:00:00Z' });
  const ben = await joined(url, session.join_code, 'Ben');
  const verbs = {
    start: 'startSession',
    pause: 'pauseSession',
    resume: 'resumeSession',
    end: 'endSession',
    reopen: 'reopenSession',
  } as const;
  const go = (verb: keyof typeof verbs, by = owner) => callApi(url, verbs[verb], { id: session.id }, by.token);
  const expectRefused = async (...refused: (keyof typeof verbs)[]) => {
    for (const verb of refused) expect((await go(verb)).problem?.code, verb).toBe('wrong-status');
  };

  await expectRefused('pause', 'resume', 'reopen');
  expect((await go('start', ben)).problem?.code).toBe('forbidden');
  const started = expectDone(await go('start'));
  expect(started).toMatchObject({ status: 'active', ended_at: null });
  expect(started.started_at).not.toBeNull();
  await expectRefused('start', 'resume', 'reopen');
  expect((await go('pause')).body?.status).toBe('paused');
  await expectRefused('start', 'pause', 'reopen');
  expect((await go('resume')).body?.status).toBe('active');
  const ended = expectDone(await go('end'));
  expect(ended.status).toBe('ended');
  expect(ended.ended_at).not.toBeNull();
  await expectRefused('start', 'pause', 'resume', 'end');
  const late = await registerUser(url, 'Late');
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, late.token)).problem?.code).toBe('wrong-status');
  expect((await go('reopen')).body).toMatchObject({ status: 'active', ended_at: null, started_at: started.started_at });
});

test('my sessions: newest activity first, in pages, by status, role and text', async () => {
  let ahead = 0;
  const { url } = await server({ time: { ...systemTimers, now: () => Date.now() + ahead } });
  const owner = await registerUser(url);
  const made: string[] = [];
  for (let at = 0; at < 7; at++) {
    ahead += 1_000;
    made.push((await createSession(url, owner, { name: at === 3 ? '100% Blues_' : `Session ${at}` })).id);
  }
  const other = await createSession(url, await registerUser(url, 'Ben'));
  expectDone(await callApi(url, 'joinByCode', { code: other.join_code }, owner.token));
  expectDone(await callApi(url, 'endSession', { id: made[2] ?? '' }, owner.token));

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = expectDone(await callApi(url, 'mySessions', { limit: 3, ...(cursor !== undefined && { cursor }) }, owner.token));
    expect(page.items.length).toBeLessThanOrEqual(3);
    seen.push(...page.items.map((item) => item.id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen)).toEqual(new Set([...made, other.id]));
  const times = (await callApi(url, 'mySessions', {}, owner.token)).body?.items.map((item) => item.last_activity_at) ?? [];
  expect(times).toEqual(times.toSorted().toReversed());

  const ids = async (input: InputOf<'mySessions'>) =>
    (await callApi(url, 'mySessions', input, owner.token)).body?.items.map((item) => item.id);
  expect(await ids({ status: 'ended' })).toEqual([made[2]]);
  expect(await ids({ role: 'editor' })).toEqual([other.id]);
  expect(await ids({ q: '100% b' })).toEqual([made[3]]);
  expect(await ids({ q: '%' })).toEqual([made[3]]);
  expect(await ids({ q: "'; DROP TABLE sessions" })).toEqual([]);
  expect((await callApi(url, 'mySessions', { cursor: 'bm90IGEgY3Vyc29y' }, owner.token)).problem?.errors?.[0]?.path).toBe('cursor');
});
