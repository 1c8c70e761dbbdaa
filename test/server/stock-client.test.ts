import { expect, onTestFinished, test } from 'vitest';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { startTestServer } from '../support/server.ts';
import { announce, signalingPair } from '../support/signaling.ts';

test('[R-MSH-2] a stock y-webrtc client, which has no token, gets nothing and disturbs nobody', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  const { topic, a, b } = await signalingPair(server.url);
  const doc = new Y.Doc();
  const provider = new WebrtcProvider(topic, doc, { signaling: [`${server.url.replace('http', 'ws')}/signaling`] });
  onTestFinished(() => {
    provider.destroy();
    doc.destroy();
  });
  const [connection] = provider.signalingConns as { on(event: string, run: (message?: unknown) => void): void }[];
  const heard: unknown[] = [];
  connection?.on('message', (message) => void heard.push(message));
  // It connects, subscribes and announces itself; that first frame is no token.
  await new Promise<void>((resolve) => connection?.on('disconnect', () => resolve()));

  for (const socket of [a, b]) expect(await socket.heardUntilNow()).toEqual([]);
  a.say({ type: 'publish', topic, data: announce('peer-a') });
  expect((await b.hear()).data).toEqual(announce('peer-a'));
  expect(heard).toEqual([]);
  expect(provider.room?.webrtcConns.size).toBe(0);
});
