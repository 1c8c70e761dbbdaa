import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { FakeTime } from '../support/fake-time.ts';
import { expectDone, registerUser, startTestServer } from '../support/server.ts';

const stun = { urls: 'stun:stun.example.org' };

async function server(environment: Record<string, string>) {
  const time = new FakeTime();
  const started = await startTestServer({ environment, time });
  onTestFinished(() => started.close());
  return { ...started, time };
}

test('[R-MSH-4] there are no STUN and TURN servers unless the settings name some', async () => {
  const { url } = await server({});
  const ada = await registerUser(url);
  const description = expectDone(await callApi(url, 'describeServer', {}));
  expect(description.ice_servers).toEqual([]);
  expect(description.features).not.toContain('turn');
  expect(expectDone(await callApi(url, 'iceServers', {}, ada.token))).toEqual({ ice_servers: [], expires_at: null });
});

test('[R-MSH-4] TURN credentials are for who has an account, end by themselves, and are what the TURN server computes', async () => {
  const secret = 'shared with the TURN server';
  const { url, time } = await server({
    CHORDME_ICE_SERVERS: JSON.stringify([stun]),
    CHORDME_TURN_URLS: 'turn:turn.example.org:3478',
    CHORDME_TURN_SECRET: secret,
  });
  const ada = await registerUser(url);
  const description = expectDone(await callApi(url, 'describeServer', {}));
  // An open page that hands out credentials would make an open relay.
  expect(description.ice_servers).toEqual([stun]);
  expect(description.features).toContain('turn');
  expect((await callApi(url, 'iceServers', {})).status).toBe(401);
  const { ice_servers: servers, expires_at: end } = expectDone(await callApi(url, 'iceServers', {}, ada.token));
  const endSeconds = Date.parse(end ?? '') / 1_000;
  expect(endSeconds - time.now() / 1_000).toBe(12 * 60 * 60);
  const username = `${endSeconds}:${ada.id}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  expect(servers).toEqual([stun, { urls: ['turn:turn.example.org:3478'], username, credential }]);
});
