import { expect, onTestFinished, test } from 'vitest';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { converged, until } from '../../support/ledger-client.ts';
import { LedgerSession } from '../../support/ledger-session.ts';
import { startTestServer } from '../../support/server.ts';
import { announce, connectSignaling } from '../../support/signaling.ts';

test('[R-MSH-2] a stock y-webrtc client without a token gets nothing from /signaling and harms nothing', async () => {
  const server = await startTestServer();
  onTestFinished(() => server.close());
  const session = await LedgerSession.open(server.url, { chordpro: 'Silent night\n' });
  const student = await session.join('Ben');
  const [ann, ben] = [await session.online(session.owner), await session.online(student)];
  const topic = `chordme:${session.id}`;
  const people = [session.owner, student].map(({ user, device, signer }) => ({
    user,
    device: { device_id: device, publicKey: signer.publicKey, privateKey: undefined as never },
  }));
  const [first, second] = await Promise.all(people.map((person) => connectSignaling(server.url, person)));
  if (first === undefined || second === undefined) throw new Error('nobody listens');
  for (const socket of [first, second]) {
    socket.say({ type: 'subscribe', topics: [topic] });
    await socket.heardUntilNow();
  }

  const doc = new Y.Doc();
  const song = doc.getText(`s:${session.id}`);
  const provider = new WebrtcProvider(topic, doc, { signaling: [`${server.url.replace('http', 'ws')}/signaling`], filterBcConns: false });
  onTestFinished(() => {
    provider.destroy();
    doc.destroy();
  });
  const heard: unknown[] = [];
  let partings = 0;
  await until(() => provider.signalingConns.length === 1, 'it connects');
  for (const connection of provider.signalingConns) {
    connection.on('message', (message: unknown) => void heard.push(message));
    connection.on('disconnect', () => (partings += 1));
  }
  song.insert(0, 'graffiti');
  // It comes back again and again by itself; meanwhile the others find each other and play on.
  for (let round = 1; round <= 3; round++) {
    await until(() => partings >= round, 'it is put out');
    first.say({ type: 'publish', topic, data: announce(`round-${round}`) });
    expect((await second.hear()).data).toEqual(announce(`round-${round}`));
    ann.type(0, `${round} `);
    await ann.author.flush();
    await converged([ann, ben]);
  }
  expect(heard).toEqual([]);
  expect(provider.room?.webrtcConns.size).toBe(0);
  expect(song.toJSON()).toBe('graffiti');
  expect(await first.heardUntilNow()).toEqual([]);
  expect(await second.heardUntilNow()).toEqual([]);
  expect(ben.content).toBe('3 2 1 Silent night\n');
  for (const socket of [first, second]) socket.socket.close();
});
