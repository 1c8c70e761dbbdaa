import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { createSession, registerUser, startTestServer } from '../support/server.ts';

async function server(environment: Record<string, string> = {}) {
  const started = await startTestServer({ environment });
  onTestFinished(() => started.close());
  return started;
}

test('/metrics counts requests, sessions, people and sockets, and names nobody', async () => {
  const { url } = await server();
  const ann = await registerUser(url, 'Annabelle');
  await createSession(url, ann, { name: 'Secret rehearsal' });
  await callApi(url, 'getSession', { id: '01900000-0000-7000-8000-000000000000' }, ann.token);
  const reply = await fetch(`${url}/metrics`);
  expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await reply.text();
  expect(text).toMatch(/^chordme_http_requests_total\{method="POST",route="\/api\/v1\/sessions",status="201"\} 1$/m);
  expect(text).toMatch(/^chordme_http_requests_total\{method="GET",route="\/api\/v1\/sessions\/:id",status="404"\} 1$/m);
  expect(text).toMatch(/^chordme_sessions\{status="active"\} 1$/m);
  expect(text).toMatch(/^chordme_users\{kind="account"\} 1$/m);
  expect(text).toMatch(/^chordme_sockets\{kind="events"\} 0$/m);
  expect(text).toMatch(/^chordme_http_request_seconds_count [1-9]/m);
  expect(text).not.toMatch(/Annabelle|rehearsal|example\.org/i);
  // The text form: comments, and lines of a name, labels and a number.
  for (const row of text.trimEnd().split('\n'))
    expect(row).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[\d.e+-]+)$/);
});

test('without a token only this computer reads it, and not what a proxy on it passes on', async () => {
  const { url } = await server();
  const passedOn = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
  expect([passedOn.status, (await passedOn.json()) as unknown]).toMatchObject([404, { code: 'not-found' }]);
});

test('with a token it is the token, wherever from', async () => {
  const token = 'a-token-of-16-signs';
  const { url } = await server({ CHORDME_METRICS_TOKEN: token });
  const read = async (authorization?: string) =>
    (
      await fetch(`${url}/metrics`, {
        headers: { 'x-forwarded-for': '203.0.113.7', ...(authorization !== undefined && { authorization }) },
      })
    ).status;
  expect([await read(), await read('Bearer wrong'), await read(`Bearer ${token}`)]).toEqual([404, 404, 200]);
});

test('/health and /ready need nothing', async () => {
  const { url } = await server();
  expect([(await fetch(`${url}/health`)).status, (await fetch(`${url}/ready`)).status]).toEqual([200, 200]);
});
