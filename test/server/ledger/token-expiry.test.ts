import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { accessTokenSeconds } from '../../../src-server/features/accounts/tokens.ts';
import { callApi } from '../../support/api-client.ts';
import { ChangedClient } from '../../support/changed-client.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { ledgerPerson, placeOf, type LedgerPerson, type OpenSocket } from '../../support/ledger-client.ts';
import { createSession, expectDone, startTestServer } from '../../support/server.ts';

interface Scene {
  time: FakeTime;
  ann: LedgerPerson;
  eve: LedgerPerson;
  open: OpenSocket;
  newToken: (person: LedgerPerson) => Promise<string>;
}

/** Ann's socket, three seconds before the end of the token it was opened with. */
async function openLate(): Promise<Scene> {
  const time = new FakeTime();
  const server = await startTestServer({ time });
  onTestFinished(() => server.close());
  const place = await placeOf(server.url);
  const [ann, eve] = [await ledgerPerson(server.url, 'Ann'), await ledgerPerson(server.url, 'Eve')];
  const session = await createSession(server.url, ann.user, { template_id: 'band-practice' });
  time.advance((accessTokenSeconds - 3) * 1_000);
  const client = new ChangedClient(ann.signer, session.id);
  const open = await client.online(place, session.id, ann);
  await client.admitted();
  const newToken = async (person: LedgerPerson): Promise<string> =>
    expectDone(await callApi(server.url, 'refresh', { refresh_token: person.user.credentials.refresh_token })).access_token;
  return { time, ann, eve, open, newToken };
}

/** Everything said on the socket so far was worked on. */
async function heard({ socket }: OpenSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}

test('[R-MSH-3] the ledger socket ends with its token', async () => {
  const { time, open } = await openLate();
  time.advance(2_000);
  await heard(open);
  expect(open.socket.readyState).toBe(open.socket.OPEN);
  time.advance(2_000);
  expect(await open.closed).toEqual({ code: 4401, reason: 'unauthorized' });
});

test('[R-MSH-3] it goes on with a newer token of the same user and device', async () => {
  const { time, open, ann, newToken } = await openLate();
  open.socket.send(JSON.stringify({ type: 'auth', token: await newToken(ann), device_id: ann.device }));
  await heard(open);
  time.advance(4_000);
  await heard(open);
  expect(open.socket.readyState).toBe(open.socket.OPEN);
});

test('[R-MSH-3] another user’s token, another device, or nonsense end it at once', async () => {
  for (const frame of [
    async ({ eve, newToken }: Scene) => ({ type: 'auth', token: await newToken(eve), device_id: eve.device }),
    async ({ ann, eve, newToken }: Scene) => ({ type: 'auth', token: await newToken(ann), device_id: eve.device }),
    async () => ({ type: 'hello' }),
  ]) {
    const scene = await openLate();
    scene.open.socket.send(JSON.stringify(await frame(scene)));
    expect([4401, 4411]).toContain((await scene.open.closed).code);
  }
});
