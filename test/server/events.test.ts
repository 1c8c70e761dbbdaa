import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventsServerFrame, type EventsServerFrame } from '../../shared/api/events.ts';
import { faults, type FaultCode } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { callApi } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** What somebody hears, parsed by the frozen schema. */
class Ear {
  readonly socket: WebSocket;
  readonly heard: EventsServerFrame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: () => void = () => {};

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/events`);
    this.socket.on('message', (raw: Buffer) => {
      this.heard.push(eventsServerFrame.parse(JSON.parse(raw.toString())));
      this.#wake();
    });
    this.socket.on('error', () => {});
    this.closed = once(this.socket, 'close').then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  }

  say(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Where to resume. */
  get at(): string {
    return this.heard.at(-1)?.at ?? '';
  }

  async until(isIt: (frame: EventsServerFrame) => boolean): Promise<EventsServerFrame> {
    for (;;) {
      const frame = this.heard.find(isIt);
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async end(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

async function listen(token: string, since?: string, url = server.url): Promise<Ear> {
  const ear = new Ear(url);
  onTestFinished(() => ear.socket.terminate());
  await once(ear.socket, 'open');
  ear.say({ type: 'auth', token, ...(since !== undefined && { since }) });
  await ear.until(({ type }) => type === 'auth');
  return ear;
}
const statusIs = (status: string) => (frame: EventsServerFrame) => frame.type === 'session' && frame.session.status === status;
const goneIs = (id: string) => (frame: EventsServerFrame) => frame.type === 'session_gone' && frame.session_id === id;

test('what one changes, the others hear: a new session, who joins, status, roles; each as they may see it', async () => {
  const ann = await registerUser(server.url, 'Ann');
  const bob = await registerUser(server.url, 'Bob');
  const stranger = await registerUser(server.url, 'Stranger');
  const [atAnn, atBob, atStranger] = [await listen(ann.token), await listen(bob.token), await listen(stranger.token)];
  const session = await createSession(server.url, ann);
  await atAnn.until((frame) => frame.type === 'session' && frame.session.id === session.id);
  expectDone(await callApi(server.url, 'joinByCode', { code: session.join_code }, bob.token));
  const atJoin = await atBob.until((frame) => frame.type === 'session');
  expect(atJoin).toMatchObject({ session: { id: session.id, role: 'editor', join_code: null, participant_count: 2 } });
  await atAnn.until((frame) => frame.type === 'participants' && frame.items.length === 2);
  expectDone(await callApi(server.url, 'changeRole', { id: session.id, user_id: bob.id, role: 'viewer' }, ann.token));
  await atBob.until((frame) => frame.type === 'session' && frame.session.role === 'viewer');
  expectDone(await callApi(server.url, 'pauseSession', { id: session.id }, ann.token));
  await atBob.until(statusIs('paused'));
  expectDone(await callApi(server.url, 'removeParticipant', { id: session.id, user_id: bob.id }, ann.token));
  await atBob.until(goneIs(session.id));
  // Of what comes after they hear nothing.
  const told = atBob.heard.length;
  expectDone(await callApi(server.url, 'resumeSession', { id: session.id }, ann.token));
  await atAnn.until((frame) => statusIs('active')(frame) && atAnn.heard.some(statusIs('paused')));
  expect(atBob.heard).toHaveLength(told);
  expect(atStranger.heard.map(({ type }) => type)).toEqual(['auth']);
});

test('who comes back is told what changed since, once each and as it is now', async () => {
  const ann = await registerUser(server.url, 'Ann');
  const bob = await registerUser(server.url, 'Bob');
  const [first, second, third] = [
    await createSession(server.url, ann),
    await createSession(server.url, ann),
    await createSession(server.url, ann),
  ];
  for (const { join_code } of [first, second, third]) expectDone(await callApi(server.url, 'joinByCode', { code: join_code }, bob.token));
  const before = await listen(bob.token);
  expectDone(await callApi(server.url, 'pauseSession', { id: third.id }, ann.token));
  await before.until(statusIs('paused'));
  const { at } = before;
  await before.end();

  const atAnn = await listen(ann.token);
  expectDone(await callApi(server.url, 'pauseSession', { id: first.id }, ann.token));
  expectDone(await callApi(server.url, 'endSession', { id: first.id }, ann.token));
  expectDone(await callApi(server.url, 'removeParticipant', { id: second.id, user_id: bob.id }, ann.token));
  await atAnn.until((frame) => frame.type === 'participants' && frame.session_id === second.id && frame.items.length === 1);

  const after = await listen(bob.token, at);
  expect(after.heard[0]).toMatchObject({ type: 'auth', is_resumed: true });
  await after.until(goneIs(second.id));
  expect(after.heard.filter(({ type }) => type === 'session')).toMatchObject([{ session: { id: first.id, status: 'ended' } }]);
  // Resumed from the end there is nothing to say.
  const last = await listen(bob.token, after.at);
  expect(last.heard).toMatchObject([{ type: 'auth', is_resumed: true, at: after.at }]);
});

test.each(['', '0', 'ffffffffffffffff.1', '1.2.3', '.', '😀'])(
  'a place it does not know (%j) is answered by is_resumed: false',
  async (since) => {
    const ann = await registerUser(server.url, 'Ann');
    expect((await listen(ann.token, since)).heard[0]).toMatchObject({ is_resumed: false });
  },
);

test.each<[string, unknown, FaultCode]>([
  ['no JSON', '{', 'protocol-error'],
  ['an unknown key', { type: 'auth', token: 'x', more: 1 }, 'protocol-error'],
  ['a wrong token', { type: 'auth', token: 'x' }, 'unauthorized'],
  ['something else first', { type: 'ping' }, 'protocol-error'],
])('%s ends the socket with its code and nothing else', async (_what, frame, code) => {
  const ear = new Ear(server.url);
  await once(ear.socket, 'open');
  ear.say(frame);
  expect(await ear.closed).toEqual({ code: faults[code].close, reason: code });
  expect(ear.heard).toEqual([]);
});

test('a bigger frame, too many frames, another’s token, too many sockets', async () => {
  const ann = await registerUser(server.url, 'Ann');
  const bob = await registerUser(server.url, 'Bob');
  const big = await listen(ann.token);
  big.say('x'.repeat(limits.signalingFrameBytes + 1));
  expect((await big.closed).code).toBe(1009);
  const fast = await listen(ann.token);
  for (let at = 0; at <= limits.eventFramesPerSecond * 2; at++) fast.say({ type: 'auth', token: ann.token });
  expect((await fast.closed).reason).toBe('rate-limited');
  const other = await listen(ann.token);
  other.say({ type: 'auth', token: bob.token });
  expect((await other.closed).reason).toBe('unauthorized');
  const many = await Promise.all(Array.from({ length: limits.eventSocketsPerUser }, () => listen(bob.token)));
  const one = new Ear(server.url);
  await once(one.socket, 'open');
  one.say({ type: 'auth', token: bob.token });
  expect((await one.closed).reason).toBe('rate-limited');
  expect(many.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
});

test('who is disabled hears nothing more; when the server stops, all are told', async () => {
  const own = await startTestServer();
  const chief = await registerUser(own.url, 'Chief');
  const ann = await registerUser(own.url, 'Ann');
  const [atChief, atAnn] = [await listen(chief.token, undefined, own.url), await listen(ann.token, undefined, own.url)];
  expectDone(await callApi(own.url, 'updateUser', { user_id: ann.id, is_disabled: true }, chief.token));
  expect(await atAnn.closed).toEqual({ code: faults.unauthorized.close, reason: 'unauthorized' });
  await own.close();
  expect(await atChief.closed).toEqual({ code: 1001, reason: 'going-away' });
});

test('without a token it ends after 5 s; with one when the token does; one that does not answer pings is put out', async () => {
  const time = new FakeTime(Date.now());
  const slow = await startTestServer({ time });
  onTestFinished(() => slow.close());
  const { token } = await registerUser(slow.url, 'Ann');
  const silent = new Ear(slow.url);
  await once(silent.socket, 'open');
  // The server has it when something that came after it is answered.
  await callApi(slow.url, 'describeServer', {});
  time.advance(limits.helloDeadlineMs);
  expect((await silent.closed).reason).toBe('hello-timeout');

  const deaf = await listen(token, undefined, slow.url);
  deaf.socket.pause();
  time.advance(limits.eventsPingEveryMs);
  time.advance(limits.eventsPingEveryMs);
  deaf.socket.resume();
  expect((await deaf.closed).code).toBe(1006);

  const ear = await listen(token, undefined, slow.url);
  for (let minute = 0; minute < 15; minute++) {
    const answered = once(ear.socket, 'ping');
    time.advance(limits.eventsPingEveryMs);
    if (ear.socket.readyState === ear.socket.OPEN) await answered;
    // Its pong is there when a later request is answered.
    await callApi(slow.url, 'describeServer', {});
  }
  expect(ear.socket.readyState).toBe(ear.socket.OPEN);
  await ear.end();
});
