import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../shared/base/limits.ts';
import { accessTokenSeconds } from '../../src-server/features/accounts/tokens.ts';
import { callApi } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { expectDone, startTestServer, type TestServerOptions } from '../support/server.ts';
import { announce, connectSignaling, Signaler, signalingPair, signalingPerson, type SignalingPerson } from '../support/signaling.ts';

async function server(options?: TestServerOptions) {
  const started = await startTestServer(options);
  onTestFinished(() => started.close());
  return started;
}

test('[R-MSH-2] what one publishes the others in the topic get, stamped with its device', async () => {
  const { url } = await server();
  const { ada, topic, a, b } = await signalingPair(url);
  a.say({ type: 'publish', topic, data: announce('peer-a') });
  expect(await b.hear()).toEqual({ type: 'publish', topic, data: announce('peer-a'), clients: 2, from_device: ada.device.device_id });
  const signal = { type: 'signal', from: 'peer-a', to: 'peer-b', token: 1.5, signal: { type: 'offer', sdp: 'v=0' } };
  a.say({ type: 'publish', topic, data: signal });
  expect((await b.hear()).data).toEqual(signal);
  expect(await a.heardUntilNow()).toEqual([]);
  b.say({ type: 'unsubscribe', topics: [topic] });
  expect(await b.heardUntilNow()).toEqual([]);
  a.say({ type: 'publish', topic, data: announce('peer-a') });
  await a.heardUntilNow();
  expect(await b.heardUntilNow()).toEqual([]);
});

test('a stock client without a token gets nothing and is gone', async () => {
  const { url } = await server();
  const { topic, a, b } = await signalingPair(url);
  const stock = await new Signaler(url).open();
  stock.say({ type: 'subscribe', topics: [topic] });
  stock.say({ type: 'publish', topic, data: announce('mallory') });
  expect(await stock.closed).toEqual({ code: 4401, reason: 'unauthorized' });
  for (const socket of [a, b]) expect(await socket.heardUntilNow()).toEqual([]);
});

test.each([
  ['a wrong token', (at: SignalingPerson) => ({ token: `${at.user.token}x`, device_id: at.device.device_id })],
  ['a device of nobody', (at: SignalingPerson) => ({ token: at.user.token, device_id: '00'.repeat(16) })],
  ['another’s device', (at: SignalingPerson, other: SignalingPerson) => ({ token: at.user.token, device_id: other.device.device_id })],
])('%s does not get in', async (_what, proof) => {
  const { url } = await server();
  const [ada, ben] = [await signalingPerson(url, 'Ada'), await signalingPerson(url, 'Ben')];
  const signaler = await new Signaler(url).open();
  signaler.say({ type: 'auth', ...proof(ada, ben) });
  expect(await signaler.closed).toEqual({ code: 4401, reason: 'unauthorized' });
});

test('silence before the token ends after 5 s, and traffic does not extend it', async () => {
  const time = new FakeTime();
  const { url } = await server({ time });
  const signaler = await new Signaler(url).open();
  // The upgrade is answered before the handler runs; a pong proves that it has.
  signaler.socket.ping();
  await once(signaler.socket, 'pong');
  time.advance(limits.helloDeadlineMs);
  expect(await signaler.closed).toEqual({ code: 4408, reason: 'hello-timeout' });
});

test('the socket ends with its token, unless a newer one was shown', async () => {
  const time = new FakeTime();
  const { url } = await server({ time });
  const ada = await signalingPerson(url, 'Ada');
  const [short, long] = [await connectSignaling(url, ada), await connectSignaling(url, ada)];
  const turn = async (seconds: number) => {
    for (let at = 0; at < seconds; at += 2) {
      time.advance(2_000);
      for (const socket of [short, long]) if (socket.socket.readyState === WebSocket.OPEN) await socket.heardUntilNow();
    }
  };
  await turn(600);
  const next = expectDone(await callApi(url, 'refresh', { refresh_token: ada.user.credentials.refresh_token }));
  long.say({ type: 'auth', token: next.access_token, device_id: ada.device.device_id });
  expect(await long.hear()).toEqual({ type: 'auth', ok: true });
  await turn(accessTokenSeconds - 600 - 2);
  expect(short.socket.readyState).toBe(WebSocket.OPEN);
  time.advance(2_000);
  expect(await short.closed).toEqual({ code: 4401, reason: 'unauthorized' });
  expect(await long.heardUntilNow()).toEqual([]);
});

test('topics of sessions one may not read, of none, and nonsense are refused; publishing there does nothing', async () => {
  const { url } = await server();
  const { topic, a, b } = await signalingPair(url);
  const stranger = await connectSignaling(url, await signalingPerson(url, 'Mallory'));
  const topics = [topic, 'chordme:01900000-0000-7000-8000-000000000000', 'other', `${topic}x`, topic.toUpperCase()];
  stranger.say({ type: 'subscribe', topics });
  expect(await stranger.heardUntilNow()).toEqual(topics.map((name) => ({ type: 'refused', topic: name, code: 'not-found' })));
  stranger.say({ type: 'publish', topic, data: announce('mallory') });
  expect(await stranger.heardUntilNow()).toEqual([{ type: 'refused', topic, code: 'not-found' }]);
  for (const socket of [a, b]) expect(await socket.heardUntilNow()).toEqual([]);
});

test('who is removed hears nothing more, at once', async () => {
  const { url } = await server();
  const { ada, ben, session, topic, a, b } = await signalingPair(url);
  expectDone(await callApi(url, 'removeParticipant', { id: session.id, user_id: ben.user.id }, ada.user.token));
  expect(await b.hear()).toEqual({ type: 'refused', topic, code: 'not-found' });
  a.say({ type: 'publish', topic, data: announce('peer-a') });
  await a.heardUntilNow();
  expect(await b.heardUntilNow()).toEqual([]);
  b.say({ type: 'publish', topic, data: announce('peer-b') });
  await b.heardUntilNow();
  expect(await a.heardUntilNow()).toEqual([]);
});

test('a revoked device’s sockets are closed and do not come back', async () => {
  const { url } = await server();
  const { ada, a, b } = await signalingPair(url);
  expectDone(await callApi(url, 'revokeDevice', { device_id: ada.device.device_id }, ada.user.token));
  expect(await a.closed).toEqual({ code: 4401, reason: 'unauthorized' });
  const again = await new Signaler(url).open();
  again.say({ type: 'auth', token: ada.user.token, device_id: ada.device.device_id });
  expect((await again.closed).code).toBe(4401);
  expect(await b.heardUntilNow()).toEqual([]);
});

const malformed: [string, (topic: string) => string | Uint8Array][] = [
  ['no JSON', () => '{'],
  ['nothing', () => ''],
  ['null', () => 'null'],
  ['an array', () => '[{"type":"ping"}]'],
  ['binary', () => new Uint8Array([1, 2, 3])],
  ['an unknown type', () => '{"type":"shout"}'],
  ['an unknown key', () => '{"type":"ping","extra":1}'],
  ['topics that are none', () => '{"type":"subscribe","topics":[1]}'],
  ['topics as text', () => '{"type":"subscribe","topics":"abc"}'],
  ['too many topics', () => JSON.stringify({ type: 'subscribe', topics: Array.from({ length: 33 }, (_, at) => `t${at}`) })],
  ['data as text', (topic) => JSON.stringify({ type: 'publish', topic, data: 'aGVsbG8=' })],
  ['data of another type', (topic) => JSON.stringify({ type: 'publish', topic, data: { type: 'song', from: 'x' } })],
  ['deep nesting', () => '['.repeat(30_000)],
  ['a prototype', () => '{"type":"ping","__proto__":{"x":1}}'],
];
test.each(malformed)('a frame that is %s closes its socket and nobody else’s', async (_what, make) => {
  const { url } = await server();
  const { ada, topic, a, b } = await signalingPair(url);
  const bad = await connectSignaling(url, ada);
  bad.socket.send(make(topic));
  expect(await bad.closed).toEqual({ code: 4411, reason: 'protocol-error' });
  a.say({ type: 'publish', topic, data: announce('still-here') });
  expect((await b.hear()).data).toEqual(announce('still-here'));
});

test('a frame above its bound closes with 1009', async () => {
  const { url } = await server();
  const { ada, topic } = await signalingPair(url);
  const signaler = await connectSignaling(url, ada);
  signaler.say({ type: 'publish', topic, data: { ...announce('x'), from: 'x'.repeat(limits.signalingFrameBytes) } });
  expect((await signaler.closed).code).toBe(1009);
});

test('more messages than the rate allows close the socket', async () => {
  const time = new FakeTime();
  const { url } = await server({ time });
  const signaler = await connectSignaling(url, await signalingPerson(url, 'Ada'));
  for (let at = 0; at < limits.signalingMessagesPerSecond; at++) signaler.say({ type: 'pong' });
  expect(await signaler.closed).toEqual({ code: 4429, reason: 'rate-limited' });
});

test('[R-MSH-3] a socket that answers no ping for 5 s is ended, one that answers stays', async () => {
  const time = new FakeTime();
  const { url } = await server({ time });
  const { a, b } = await signalingPair(url);
  a.socket.pause();
  for (let at = 0; at < 4; at++) {
    const pinged = once(b.socket, 'ping');
    time.advance(limits.pingEveryMs);
    await pinged;
    await b.heardUntilNow();
  }
  a.socket.resume();
  expect((await a.closed).code).toBe(1006);
  expect(await b.heardUntilNow()).toEqual([]);
});

test('stopping the server tells every socket that it goes', async () => {
  const started = await startTestServer();
  const { a, b } = await signalingPair(started.url);
  await started.close();
  for (const socket of [a, b]) expect(await socket.closed).toEqual({ code: 1001, reason: 'going-away' });
});

test('the address of the socket is nothing for plain HTTP, and another address is nothing for sockets', async () => {
  const { url } = await server();
  expect((await fetch(`${url}/signaling`)).status).toBe(404);
  const elsewhere = new WebSocket(`${url.replace('http', 'ws')}/elsewhere`);
  await expect(once(elsewhere, 'open')).rejects.toThrow('404');
  expect((await fetch(`${url}/health`)).status).toBe(200);
});
