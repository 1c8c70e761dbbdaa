import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openTestCore } from '../support/test-core.ts';

test('a server that never answers holds up neither the end of the app nor the call that waits for it', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const core = await openTestCore();
  const asked = once(silent, 'connection');
  const reply = core.invoke('server.choose', { url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  await asked;
  await core.close();
  expect(await reply).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await core.invoke('library.list', {})).toMatchObject({ ok: false, code: 'unavailable' });
});
