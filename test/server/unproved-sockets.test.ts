import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { faults } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { createUnprovedSockets } from '../../src-server/plugins/unproved-sockets.ts';
import { FakeTime } from '../support/fake-time.ts';
import { createSession, registerUser, startTestServer } from '../support/server.ts';

test('so many of one address may wait, in all doors together; who proved themselves or went makes room', async () => {
  // Nobody's deadline comes while the others are opened.
  const server = await startTestServer({ environment: { CHORDME_RELAY: 'on' }, time: new FakeTime() });
  onTestFinished(() => server.close());
  const ada = await registerUser(server.url);
  const { id } = await createSession(server.url, ada);
  const paths = ['/signaling', `/api/v1/sessions/${id}/ledger`, '/api/v1/events', '/relay'];
  const open = async (path: string) => {
    const socket = new WebSocket(server.url.replace('http', 'ws') + path);
    socket.on('error', () => undefined);
    const closed = once(socket, 'close').then(([code]) => Number(code));
    await once(socket, 'open');
    return { socket, closed };
  };
  const waiting = [];
  for (let at = 0; at < limits.unprovedSocketsPerAddress; at++) waiting.push(await open(paths[at % paths.length] ?? ''));
  for (const path of paths) expect(await (await open(path)).closed).toBe(faults['rate-limited'].close);

  // One proves itself: another one may come, and no second one.
  const proved = waiting.find((_one, at) => at % paths.length === 2);
  proved?.socket.send(JSON.stringify({ type: 'auth', token: ada.token }));
  if (proved !== undefined) await once(proved.socket, 'message');
  const { socket: next } = await open('/api/v1/events');
  next.send(JSON.stringify({ type: 'auth', token: ada.token }));
  await once(next, 'message');
  const [gone] = waiting;
  gone?.socket.close();
  await gone?.closed;
  const { socket: last } = await open('/api/v1/events');
  last.send(JSON.stringify({ type: 'auth', token: ada.token }));
  await once(last, 'message');
  for (const { socket } of waiting) socket.terminate();
  for (const socket of [next, last]) socket.terminate();
});

test('addresses of IPv6 count by their first 64 bits', () => {
  const unproved = createUnprovedSockets();
  for (let at = 0; at < limits.unprovedSocketsPerAddress; at++) expect(unproved.enter(`2001:db8::${at.toString(16)}`)).not.toBeNull();
  expect(unproved.enter('2001:db8:0:0:ffff:1:2:3')).toBeNull();
  expect(unproved.enter('2001:db8:0:1::1')).not.toBeNull();
  expect(unproved.enter('::1')).not.toBeNull();
  expect(unproved.enter('::ffff:192.0.2.1')).not.toBeNull();
});
