import { expect, test } from 'vitest';
import { faults } from '../../../../shared/base/errors.ts';
import type { Link } from '../../../../shared/ledger/link.ts';
import { AuthoritySocket } from '../../../../src-renderer/session/authority-socket.ts';
import { FakeTime } from '../../../support/fake-time.ts';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** A server whose tokens come when they are handed out, and the sockets that were opened to it. */
function scene() {
  const time = new FakeTime();
  const sockets: (EventTarget & { readyState: number })[] = [];
  const asked: ((token: string) => void)[] = [];
  const socket = new AuthoritySocket({
    url: 'ws://127.0.0.1/api/v1/sessions/1/ledger',
    device: 'a1',
    timers: time,
    open: () => {
      const opened = Object.assign(new EventTarget(), { readyState: WebSocket.CONNECTING, send: () => undefined, close: () => undefined });
      sockets.push(opened);
      return opened as unknown as WebSocket;
    },
    token: () => new Promise((resolve) => asked.push(resolve)),
    onRefused: () => undefined,
    connect: () => ({ receive: () => undefined, lost: () => undefined }) as unknown as Link,
  });
  const handOut = async (): Promise<void> => {
    for (const give of asked.splice(0)) give('token');
    await settled();
  };
  return { time, sockets, socket, handOut };
}

test('[R-LNK-5] who tries again while a token is on its way opens one socket, not two', async () => {
  const { sockets, socket, handOut } = scene();
  // The server is reachable again, and says so before it hands out the token that was asked for.
  socket.retryNow();
  await handOut();
  expect(sockets).toHaveLength(1);
});

test('[R-LNK-5] a socket that ended is followed by another, at once where somebody asks for it', async () => {
  const { time, sockets, socket, handOut } = scene();
  await handOut();
  const end = () => sockets.at(-1)?.dispatchEvent(new CloseEvent('close', { code: faults['going-away'].close }));
  end();
  time.advance(250);
  await handOut();
  expect(sockets).toHaveLength(2);
  end();
  socket.retryNow();
  await handOut();
  // The one that was due by itself does not come as well.
  time.advance(10_000);
  await handOut();
  expect(sockets).toHaveLength(3);
});
