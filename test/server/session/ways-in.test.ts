import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServer, type TestUser } from '../../support/server.ts';

let ahead = 0;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ time: { ...systemTimers, now: () => Date.now() + ahead } });
});
afterAll(() => server.close());

const dayMs = 24 * 60 * 60 * 1_000;

/** Tokens of 15 minutes end when days go by. */
async function signedIn(user: TestUser): Promise<TestUser> {
  const credentials = expectDone(
    await callApi(server.url, 'login', { email: user.credentials.user.email ?? '', password: 'violet-harbour-41' }),
  );
  return { ...user, token: credentials.access_token };
}
const emailOf = (user: TestUser) => user.credentials.user.email ?? '';

async function invited(id: string, by: TestUser, email: string, role: 'editor' | 'commenter' | 'viewer' = 'viewer') {
  const reply = expectDone(await callApi(server.url, 'invite', { id, users: [{ email, role }] }, by.token));
  const [invitation] = reply.invited;
  if (invitation === undefined) throw new Error(JSON.stringify(reply.errors));
  return invitation;
}

test('an invitation added the person at once: it takes no seat and gives no sight until it is accepted', async () => {
  const { url } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const session = await createSession(url, ada, { access_mode: 'invite-only', max_participants: 2 });
  const invitation = await invited(session.id, ada, emailOf(ben).toUpperCase());
  expect(invitation).toMatchObject({ status: 'pending', role: 'viewer', mail_sent: false, email: emailOf(ben), session_name: 'Tuesday' });
  expect(invitation.link).toContain(`code=${invitation.code}`);
  expect((await callApi(url, 'getSession', { id: session.id }, ben.token)).status).toBe(404);
  expect(expectDone(await callApi(url, 'getSession', { id: session.id }, ada.token)).participant_count).toBe(1);

  const mine = expectDone(await callApi(url, 'myInvitations', {}, ben.token)).items;
  expect(mine).toMatchObject([{ id: invitation.id, invited_by: { id: ada.id, name: 'Ada' } }]);
  expect(mine[0]).not.toHaveProperty('code');
  const joined = expectDone(await callApi(url, 'acceptInvitation', { id: invitation.id }, ben.token));
  expect(joined).toMatchObject({ role: 'viewer', participant_count: 2 });
  expect(expectDone(await callApi(url, 'myInvitations', {}, ben.token)).items).toEqual([]);
  const [row] = expectDone(await callApi(url, 'listInvitations', { id: session.id }, ada.token)).items;
  expect(row).toMatchObject({ status: 'accepted', code: null, link: null });
  expect((await callApi(url, 'acceptInvitation', { id: invitation.id }, ben.token)).problem?.code).toBe('invitation-closed');
});

test('an invitation is for one address: nobody else sees, accepts, declines or uses its code', async () => {
  const { url } = server;
  const [ada, ben, eve] = [await registerUser(url), await registerUser(url, 'Ben'), await registerUser(url, 'Eve')];
  const session = await createSession(url, ada, { access_mode: 'invite-only' });
  const invitation = await invited(session.id, ada, emailOf(ben));
  expect((await callApi(url, 'acceptInvitation', { id: invitation.id }, eve.token)).status).toBe(404);
  expect((await callApi(url, 'declineInvitation', { id: invitation.id }, eve.token)).status).toBe(404);
  expect((await callApi(url, 'joinByCode', { code: invitation.code ?? '' }, eve.token)).problem?.code).toBe('invalid-code');
  expect((await callApi(url, 'joinByCode', { code: invitation.code ?? '' }, ben.token)).body?.role).toBe('viewer');
});

test('somebody without an account is invited, makes one, and finds the invitation', async () => {
  const { url } = server;
  const ada = await registerUser(url);
  const session = await createSession(url, ada);
  await invited(session.id, ada, 'new.person@example.org', 'commenter');
  const person = expectDone(await callApi(url, 'register', { email: 'new.person@example.org', password: 'violet-harbour-41' }));
  const [found] = expectDone(await callApi(url, 'myInvitations', {}, person.access_token)).items;
  expect((await callApi(url, 'acceptInvitation', { id: found?.id ?? '' }, person.access_token)).body?.role).toBe('commenter');
});

test('the answer names who was not invited and why; a role above one’s own is never given', async () => {
  const { url } = server;
  const [ada, ben, cid] = [await registerUser(url), await registerUser(url, 'Ben'), await registerUser(url, 'Cid')];
  const session = await createSession(url, ada, { template_id: 'jam-session' });
  const table = { ...session.permission_table, commenter: ['read', 'comment', 'add_participants'] as const };
  expectDone(
    await callApi(url, 'updateSession', { id: session.id, permission_table: { ...table, commenter: [...table.commenter] } }, ada.token),
  );
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  expectDone(await callApi(url, 'changeRole', { id: session.id, user_id: ben.id, role: 'commenter' }, ada.token));
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, cid.token));
  expectDone(await callApi(url, 'banParticipant', { id: session.id, user_id: cid.id }, ada.token));
  const users = [
    { email: 'above@example.org', role: 'editor' as const },
    { email: emailOf(ada), role: 'viewer' as const },
    { email: emailOf(cid), role: 'viewer' as const },
    { email: 'ok@example.org', role: 'commenter' as const },
  ];
  const reply = expectDone(await callApi(url, 'invite', { id: session.id, users }, ben.token));
  expect(reply.invited.map(({ email }) => email)).toEqual(['ok@example.org']);
  expect(reply.errors.map(({ email, code }) => [email, code])).toEqual([
    ['above@example.org', 'forbidden'],
    [emailOf(ada), 'already-participant'],
    [emailOf(cid), 'forbidden'],
  ]);
  const above = await callApi(url, 'createLink', { id: session.id, role: 'editor' }, ben.token);
  expect(above.problem?.code).toBe('forbidden');
  // The default role of the session is above theirs too.
  expect((await callApi(url, 'createLink', { id: session.id }, ben.token)).problem?.code).toBe('forbidden');
});

test('declined, revoked and expired invitations let nobody in; inviting again renews one', async () => {
  const { url } = server;
  let [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const session = await createSession(url, ada, { access_mode: 'invite-only' });
  const first = await invited(session.id, ada, emailOf(ben));
  expect(expectDone(await callApi(url, 'declineInvitation', { id: first.id }, ben.token)).status).toBe('declined');
  expect((await callApi(url, 'acceptInvitation', { id: first.id }, ben.token)).problem?.code).toBe('invitation-closed');

  const second = await invited(session.id, ada, emailOf(ben));
  expect(second.id).not.toBe(first.id);
  const revoke = () => callApi(url, 'revokeInvitation', { id: session.id, invitation_id: second.id }, ada.token);
  expect((await revoke()).status).toBe(204);
  expect((await revoke()).problem?.code).toBe('invitation-closed');
  expect((await callApi(url, 'joinByCode', { code: second.code ?? '' }, ben.token)).problem?.code).toBe('invalid-code');

  const third = await invited(session.id, ada, emailOf(ben));
  ahead += 8 * dayMs;
  [ada, ben] = [await signedIn(ada), await signedIn(ben)];
  expect((await callApi(url, 'acceptInvitation', { id: third.id }, ben.token)).problem?.code).toBe('invitation-closed');
  expect(expectDone(await callApi(url, 'myInvitations', {}, ben.token)).items).toEqual([]);
  const states = expectDone(await callApi(url, 'listInvitations', { id: session.id }, ada.token)).items.map(({ status }) => status);
  expect(states).toEqual(['expired', 'revoked', 'declined']);
  const renewed = await invited(session.id, ada, emailOf(ben), 'editor');
  expect(renewed.id).toBe(third.id);
  expect(renewed.code).not.toBe(third.code);
  expect((await callApi(url, 'acceptInvitation', { id: renewed.id }, ben.token)).body?.role).toBe('editor');
});

test('a removed person can be invited again; banned participants came back by joining: none of the ways lets them in', async () => {
  const { url } = server;
  const [ada, ben] = [await registerUser(url), await registerUser(url, 'Ben')];
  const session = await createSession(url, ada, { access_mode: 'public' });
  const target = { id: session.id, user_id: ben.id };
  const before = await invited(session.id, ada, emailOf(ben));
  expectDone(await callApi(url, 'acceptInvitation', { id: before.id }, ben.token));
  await callApi(url, 'removeParticipant', target, ada.token);
  const again = await invited(session.id, ada, emailOf(ben), 'commenter');
  expect((await callApi(url, 'acceptInvitation', { id: again.id }, ben.token)).body?.role).toBe('commenter');

  await callApi(url, 'removeParticipant', target, ada.token);
  const pending = await invited(session.id, ada, emailOf(ben));
  expectDone(await callApi(url, 'banParticipant', target, ada.token));
  const ways = [
    await callApi(url, 'acceptInvitation', { id: pending.id }, ben.token),
    await callApi(url, 'joinByCode', { code: pending.code ?? '' }, ben.token),
    await callApi(url, 'joinByCode', { code: session.join_code }, ben.token),
    await callApi(url, 'joinSession', { id: session.id }, ben.token),
    await callApi(url, 'joinSession', { id: session.id, code: session.join_code }, ben.token),
  ];
  expect(ways.map(({ problem }) => problem?.code)).toEqual(ways.map(() => 'forbidden'));
});

test('join codes never expired and every member saw them: links have an end, a number of uses, a role, and are taken back', async () => {
  const { url } = server;
  let ada = await registerUser(url);
  const [ben, cid, dan] = [await registerUser(url, 'Ben'), await registerUser(url, 'Cid'), await registerUser(url, 'Dan')];
  const session = await createSession(url, ada);
  const made = await callApi(url, 'createLink', { id: session.id, role: 'viewer', max_uses: 1, expires_in: 3_600 }, ada.token);
  expect(made.status).toBe(201);
  const once = expectDone(made);
  expect(once).toMatchObject({ role: 'viewer', role_label: 'Listener', max_uses: 1, uses: 0, admits_guests: true });
  expect((await callApi(url, 'joinByCode', { code: once.code }, ben.token)).body).toMatchObject({ role: 'viewer', join_code: null });
  expect((await callApi(url, 'joinByCode', { code: once.code }, cid.token)).problem?.code).toBe('invalid-code');
  expect((await callApi(url, 'listLinks', { id: session.id }, ben.token)).problem?.code).toBe('forbidden');
  const open = expectDone(await callApi(url, 'listLinks', { id: session.id }, ada.token)).items;
  expect(open.map(({ code }) => code)).toEqual([session.join_code]);

  const taken = expectDone(await callApi(url, 'createLink', { id: session.id }, ada.token));
  expect((await callApi(url, 'revokeLink', { id: session.id, link_id: taken.id }, ada.token)).status).toBe(204);
  expect((await callApi(url, 'revokeLink', { id: session.id, link_id: taken.id }, ada.token)).status).toBe(404);
  expect((await callApi(url, 'joinByCode', { code: taken.code }, cid.token)).problem?.code).toBe('invalid-code');

  const short = expectDone(await callApi(url, 'createLink', { id: session.id, expires_in: 60 }, ada.token));
  ahead += 61_000;
  expect((await callApi(url, 'joinByCode', { code: short.code }, dan.token)).problem?.code).toBe('invalid-code');

  // Guests by link are off in therapy unless somebody says otherwise.
  ada = await signedIn(ada);
  const therapy = await createSession(url, ada, { template_id: 'music-therapy' });
  expect((await callApi(url, 'createLink', { id: therapy.id }, ada.token)).problem?.code).toBe('wrong-status');
  expectDone(await callApi(url, 'updateSession', { id: therapy.id, access_mode: 'link-access' }, ada.token));
  const links = expectDone(await callApi(url, 'listLinks', { id: therapy.id }, ada.token)).items;
  expect(links.map(({ admits_guests }) => admits_guests)).toEqual([false]);
  const guests = expectDone(await callApi(url, 'createLink', { id: therapy.id, admits_guests: true }, ada.token));
  expect(guests.admits_guests).toBe(true);
});

test('a narrower access mode revokes open links; whoever is put out leaves no way behind', async () => {
  const { url } = server;
  const [ada, ben, cid] = [await registerUser(url), await registerUser(url, 'Ben'), await registerUser(url, 'Cid')];
  const session = await createSession(url, ada, { access_mode: 'public', template_id: 'jam-session' });
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, ben.token));
  const bens = expectDone(await callApi(url, 'createLink', { id: session.id }, ben.token));
  const pending = await invited(session.id, ben, emailOf(cid));
  await callApi(url, 'removeParticipant', { id: session.id, user_id: ben.id }, ada.token);
  expect((await callApi(url, 'joinByCode', { code: bens.code }, cid.token)).problem?.code).toBe('invalid-code');
  expect((await callApi(url, 'acceptInvitation', { id: pending.id }, cid.token)).problem?.code).toBe('invitation-closed');

  const narrow = expectDone(await callApi(url, 'updateSession', { id: session.id, access_mode: 'link-access' }, ada.token));
  expect((await callApi(url, 'joinByCode', { code: session.join_code }, cid.token)).problem?.code).toBe('invalid-code');
  expect((await callApi(url, 'joinSession', { id: session.id }, cid.token)).status).toBe(404);
  const closed = expectDone(await callApi(url, 'updateSession', { id: session.id, access_mode: 'invite-only' }, ada.token));
  expect(closed.join_code).toBeNull();
  expect((await callApi(url, 'joinByCode', { code: narrow.join_code ?? '' }, cid.token)).problem?.code).toBe('invalid-code');
});

test('races: accepted twice at once, handed over twice at once, and roles changed at once have one outcome', async () => {
  const { url } = server;
  const [ada, ben, cid] = [await registerUser(url), await registerUser(url, 'Ben'), await registerUser(url, 'Cid')];
  const session = await createSession(url, ada);
  const invitation = await invited(session.id, ada, emailOf(ben), 'editor');
  const accepts = await Promise.all([1, 2, 3].map(() => callApi(url, 'acceptInvitation', { id: invitation.id }, ben.token)));
  expect(accepts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  expectDone(await callApi(url, 'joinByCode', { code: session.join_code }, cid.token));

  const roles = ['viewer', 'commenter', 'editor', 'viewer', 'commenter'] as const;
  const changes = await Promise.all(roles.map((role) => callApi(url, 'changeRole', { id: session.id, user_id: cid.id, role }, ada.token)));
  expect(changes.map(({ status }) => status)).toEqual(roles.map(() => 200));
  const handed = await Promise.all(
    [ben, cid, ben, cid].map((heir) => callApi(url, 'transferSession', { id: session.id, user_id: heir.id }, ada.token)),
  );
  expect(handed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403, 403]);
  const people = expectDone(await callApi(url, 'listParticipants', { id: session.id }, ben.token)).items;
  expect(people.filter(({ role }) => role === 'owner')).toHaveLength(1);
  expect(people.find(({ user_id }) => user_id === ada.id)?.role).toBe('editor');
  const owner = people.find(({ role }) => role === 'owner')?.user_id === ben.id ? ben : cid;
  const logged = expectDone(await callApi(url, 'listActivities', { id: session.id }, owner.token)).items.map(({ type }) => type);
  expect(logged.filter((type) => type === 'participant_joined')).toHaveLength(2);
  expect(logged.filter((type) => type === 'ownership_transferred')).toHaveLength(1);
  expect(logged.filter((type) => type === 'role_changed')).toHaveLength(5);
});
