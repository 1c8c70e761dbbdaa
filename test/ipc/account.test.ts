import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import type { AppState, Bridge } from '../../shared/ipc/contract.ts';
import { collectMyData } from '../../src-renderer/features/account/collect-my-data.ts';
import { ask, refusal } from '../support/ask.ts';
import { movableClock, startAuthority, testEmbedded } from '../support/authority.ts';
import { fillYears } from '../support/fill-years.ts';
import { openTestCore, type TestCore } from '../support/test-core.ts';

const ann = { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' };
const minutesMs = 60_000;

/** The platform's fetch, with a list of what was asked for. */
function countingFetch(): { fetch: typeof globalThis.fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    asked.push(`${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`);
    return globalThis.fetch(input, init);
  };
  return { fetch, asked };
}
const secretOf = (core: TestCore): string => join(core.dataDir, 'refresh-embedded.secret');
const accountOf = async (core: TestCore): Promise<string | null | undefined> => (await ask(core, 'app.state', {})).account?.email;

describe('account', () => {
  test('creating an account signs in; the refresh token lies in a private file until signing out', async () => {
    const core = await openTestCore({ embedded: testEmbedded(movableClock()) });
    const states: AppState[] = [];
    core.on((name, event) => void (name === 'app.state_changed' && states.push(event as AppState)));
    const user = await ask(core, 'account.register', ann);
    expect(user).toMatchObject({ email: ann.email, name: 'Ann' });
    expect(states.at(-1)?.account).toEqual(user);
    expect(statSync(secretOf(core)).mode & 0o777).toBe(0o600);
    const { access_token, expires_at } = await ask(core, 'account.socket_token', {});
    expect(access_token.split('.')).toHaveLength(3);
    expect(Date.parse(expires_at)).toBeGreaterThan(Date.now() + 10 * minutesMs);
    expect((await ask(core, 'account.socket_token', {})).access_token).toBe(access_token);
    // A clock that was set back makes an ended token look valid: what a socket was refused for is not given again.
    const other = await ask(core, 'account.socket_token', { refused: access_token });
    expect(other.access_token).not.toBe(access_token);
    expect(await ask(core, 'account.socket_token', { refused: access_token })).toEqual(other);

    await ask(core, 'account.sign_out', {});
    expect(existsSync(secretOf(core))).toBe(false);
    expect(states.at(-1)?.account).toBeNull();
    expect(await refusal(core, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
    expect(await refusal(core, 'account.socket_token', {})).toBe('unauthorized');
    expect(await refusal(core, 'account.sign_in', { email: ann.email, password: 'wrong' })).toBe('wrong-credentials');
    await ask(core, 'account.sign_in', { email: ann.email, password: ann.password });
    expect(await accountOf(core)).toBe(ann.email);
  });

  test('a new password signs this app in again and every other one out', async () => {
    const { url } = await startAuthority(movableClock());
    const [core, other] = [await openTestCore(), await openTestCore()];
    for (const each of [core, other]) await ask(each, 'server.choose', { url });
    await ask(core, 'account.register', ann);
    await ask(other, 'account.sign_in', { email: ann.email, password: ann.password });
    const password = 'o holy night the stars';
    const wrong = { operation: 'updateMe' as const, input: { password, current_password: 'not this one' } };
    expect(await refusal(core, 'authority.request', wrong)).toBe('wrong-credentials');
    expect(await accountOf(core)).toBe(ann.email);
    await ask(core, 'authority.request', { operation: 'updateMe', input: { password, current_password: ann.password } });
    expect(await ask(core, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
    expect(await refusal(other, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
    expect(await accountOf(other)).toBeUndefined();

    await ask(other, 'account.sign_in', { email: ann.email, password });
    await ask(other, 'authority.request', { operation: 'logoutEverywhere', input: {} });
    expect(await accountOf(other)).toBeUndefined();
    expect(await refusal(core, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
  });

  test('what the server says of itself is asked again, and the app knows it', async () => {
    const { url } = await startAuthority(movableClock());
    const [core, other] = [await openTestCore(), await openTestCore()];
    for (const each of [core, other]) await ask(each, 'server.choose', { url });
    await ask(core, 'account.register', ann);
    await ask(core, 'authority.request', { operation: 'updateServerSettings', input: { registration: 'closed' } });
    const registration = async () => (await ask(other, 'app.state', {})).server?.description?.registration;
    expect(await registration()).toBe('open');
    await ask(other, 'authority.request', { operation: 'describeServer', input: {} });
    expect(await registration()).toBe('closed');
  });

  test('a restart is still signed in, and rotates the refresh token at its first request', async () => {
    const embedded = testEmbedded(movableClock());
    const first = await openTestCore({ embedded });
    await ask(first, 'account.register', ann);
    const before = readFileSync(secretOf(first), 'utf8');
    await first.close();
    const second = await openTestCore({ embedded, dataDir: first.dataDir });
    expect(await accountOf(second)).toBe(ann.email);
    expect(await ask(second, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
    expect(readFileSync(secretOf(second), 'utf8')).not.toBe(before);
  });

  test('many requests at the end of the access token share one refresh', async () => {
    const clock = movableClock();
    const { fetch, asked } = countingFetch();
    const core = await openTestCore({ embedded: testEmbedded(clock), clock, fetch });
    await ask(core, 'account.register', ann);
    clock.move(14.5 * minutesMs);
    asked.length = 0;
    await Promise.all(Array.from({ length: 8 }, () => ask(core, 'authority.request', { operation: 'mySessions', input: {} })));
    expect(asked.filter((line) => line.endsWith('/auth/refresh'))).toHaveLength(1);
  });

  test('a token that the server refuses before its time (clocks differ) is renewed and the request repeated', async () => {
    const clock = movableClock();
    const { fetch, asked } = countingFetch();
    const core = await openTestCore({ embedded: testEmbedded(clock), fetch });
    await ask(core, 'account.register', ann);
    clock.move(20 * minutesMs);
    asked.length = 0;
    expect(await ask(core, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
    expect(asked).toEqual(['GET /api/v1/auth/me', 'POST /api/v1/auth/refresh', 'GET /api/v1/auth/me']);
  });

  test('a refresh token that somebody else used first ends the family: the person is asked to sign in', async () => {
    const clock = movableClock();
    const core = await openTestCore({ embedded: testEmbedded(clock), clock });
    await ask(core, 'account.register', ann);
    const { server } = await ask(core, 'app.state', {});
    const stolen = await fetch(`${server?.url}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: readFileSync(secretOf(core), 'utf8') }),
    });
    expect(stolen.status).toBe(200);
    clock.move(20 * minutesMs);
    expect(await refusal(core, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
    expect(await accountOf(core)).toBeUndefined();
    expect(existsSync(secretOf(core))).toBe(false);
  });

  test('an app that is killed after the server rotated and before it kept the answer is still signed in', async () => {
    const clock = movableClock();
    const embedded = testEmbedded(clock);
    let isLost = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init);
      if (isLost && new URL(input instanceof Request ? input.url : input).pathname.endsWith('/auth/refresh'))
        throw new TypeError('cut off');
      return answer;
    };
    const first = await openTestCore({ embedded, clock, fetch });
    await ask(first, 'account.register', ann);
    const before = readFileSync(secretOf(first), 'utf8');
    clock.move(20 * minutesMs);
    isLost = true;
    expect(await refusal(first, 'authority.request', { operation: 'me', input: {} })).toBe('unreachable');
    await first.close();
    expect(readFileSync(secretOf(first), 'utf8')).toBe(before);
    const second = await openTestCore({ embedded, clock, dataDir: first.dataDir });
    expect(await ask(second, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
    clock.move(20 * minutesMs);
    expect(await ask(second, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
  });

  test('who deletes their account is signed out here, and the secrets go', async () => {
    const core = await openTestCore({ embedded: testEmbedded(movableClock()) });
    await ask(core, 'account.register', ann);
    const input = { current_password: ann.password };
    const plan = (await ask(core, 'authority.request', { operation: 'requestDeletion', input })) as { deletion_token: string };
    await ask(core, 'authority.request', { operation: 'deleteMe', input: { deletion_token: plan.deletion_token } });
    expect(await accountOf(core)).toBeUndefined();
    expect(existsSync(secretOf(core))).toBe(false);
    expect(await refusal(core, 'account.sign_in', { email: ann.email, password: ann.password })).toBe('wrong-credentials');
  });

  test('all data of a person of many years come whole, in parts that an app takes', async () => {
    const authority = await startAuthority({ now: () => Date.now() });
    const core = await openTestCore();
    await ask(core, 'server.choose', { url: authority.url });
    const { id: userId } = await ask(core, 'account.register', { email: 'ann@example.org', name: 'Ann', password: 'violet-harbour-41' });
    const session = (await ask(core, 'authority.request', { operation: 'createSession', input: { name: 'Tuesday' } })) as { id: string };
    fillYears(authority.dataDir, userId, session.id, { sessions: 15, doneInEach: 300 });

    let parts = 0;
    const bridge = {
      invoke: (name, args) => {
        parts += 1;
        return core.invoke(name, args);
      },
      on: () => () => undefined,
    } as Bridge;
    const data = await collectMyData(bridge);
    expect(JSON.stringify(data).length).toBeGreaterThan(limits.restAnswerBytes);
    expect(parts).toBeGreaterThan(3);
    expect(data.activities.filter(({ type }) => type === 'participant_joined')).toHaveLength(4_500);
    expect(new Set(data.activities.map(({ id }) => id)).size).toBe(data.activities.length);
    expect(data.sessions.map(({ id }) => id)).toEqual([session.id]);
    expect(data).not.toHaveProperty('next_cursor');
  });
});

describe('sessions.known', () => {
  test('what answers have shown stays without the server, per person, newest activity first', async () => {
    const clock = movableClock();
    const authority = await startAuthority(clock);
    const core = await openTestCore({ serverUrl: authority.url, clock });
    await ask(core, 'account.register', ann);
    const told: string[] = [];
    core.on((name) => void told.push(name));
    const make = async (name: string): Promise<string> => {
      clock.move(1_000);
      const session = (await ask(core, 'authority.request', { operation: 'createSession', input: { name } })) as { id: string };
      return session.id;
    };
    const older = await make('Tuesday');
    const newer = await make('Friday');
    expect(told).toContain('sessions.changed');
    await authority.close();
    expect(await refusal(core, 'authority.request', { operation: 'mySessions', input: {} })).toBe('unreachable');
    const known = await ask(core, 'sessions.known', {});
    expect(known.map(({ id }) => id)).toEqual([newer, older]);

    await ask(core, 'account.sign_out', {});
    expect(await ask(core, 'sessions.known', {})).toEqual([]);
    await startAuthority(clock, authority);
    await ask(core, 'account.register', { ...ann, email: 'bob@example.org' });
    expect(await ask(core, 'sessions.known', {})).toEqual([]);
  });

  test('a session that the full list no longer names is forgotten; a filtered list forgets nothing', async () => {
    const core = await openTestCore({ embedded: testEmbedded(movableClock()) });
    await ask(core, 'account.register', ann);
    const { join_code, id } = (await ask(core, 'authority.request', { operation: 'createSession', input: { name: 'Friday' } })) as {
      join_code: string;
      id: string;
    };
    await ask(core, 'account.sign_out', {});
    await ask(core, 'account.register', { ...ann, email: 'bob@example.org' });
    await ask(core, 'authority.request', { operation: 'joinByCode', input: { code: join_code } });
    expect((await ask(core, 'sessions.known', {})).map((session) => session.id)).toEqual([id]);
    await ask(core, 'authority.request', { operation: 'mySessions', input: { status: 'ended' } });
    expect(await ask(core, 'sessions.known', {})).toHaveLength(1);
    await ask(core, 'authority.request', { operation: 'leaveSession', input: { id } });
    await ask(core, 'authority.request', { operation: 'mySessions', input: {} });
    expect(await ask(core, 'sessions.known', {})).toEqual([]);
  });
});
