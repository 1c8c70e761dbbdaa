import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AppState } from '../../shared/ipc/contract.ts';
import { StartProblem } from '../../src-main/core/start-problem.ts';
import { systemClock } from '../../src-main/core/system.ts';
import { ask, refusal } from '../support/ask.ts';
import { startAuthority, testEmbedded } from '../support/authority.ts';
import { FakeTime } from '../support/fake-time.ts';
import { openTestCore, secondLoopback, type TestCore } from '../support/test-core.ts';

const ann = { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' };
const serverOf = async (core: TestCore): Promise<AppState['server']> => (await ask(core, 'app.state', {})).server;

/** Answers when core tells a state that fits. */
function stateWhere(core: TestCore, fits: (state: AppState) => boolean): Promise<AppState> {
  return new Promise((resolve) => {
    const stop = core.on((name, event) => {
      if (name !== 'app.state_changed' || !fits(event as AppState)) return;
      stop();
      resolve(event as AppState);
    });
  });
}

describe('which server', () => {
  test('choosing one pins its key and is remembered; hosting here goes back, on the port of before', async () => {
    const authority = await startAuthority(systemClock);
    const embedded = testEmbedded(systemClock);
    const core = await openTestCore({ embedded });
    const own = await serverOf(core);
    expect(own).toMatchObject({ is_embedded: true, is_reachable: true });

    const chosen = (await ask(core, 'server.choose', { url: `${authority.url}/` })).server;
    expect(chosen).toMatchObject({ url: authority.url, is_embedded: false, is_reachable: true });
    expect(chosen?.authority_key).toMatch(/^[0-9a-f]{64}$/);
    expect(chosen?.authority_key).not.toBe(own?.authority_key);
    await core.close();

    const again = await openTestCore({ embedded, dataDir: core.dataDir });
    expect(await serverOf(again)).toMatchObject({ url: authority.url, authority_key: chosen?.authority_key });
    const back = (await ask(again, 'server.host_here', {})).server;
    expect(back).toEqual(own);
  });

  test('the key of an invitation is compared before the server is chosen or its key pinned', async () => {
    const authority = await startAuthority(systemClock);
    const core = await openTestCore({ embedded: testEmbedded(systemClock) });
    const own = await serverOf(core);
    expect(await refusal(core, 'server.choose', { url: authority.url, key: own?.description?.key_thumbprint ?? '' })).toBe('proof-failed');
    expect(await serverOf(core)).toEqual(own);
    const chosen = (await ask(core, 'server.choose', { url: authority.url })).server;
    const key = chosen?.description?.key_thumbprint ?? '';
    await ask(core, 'server.host_here', {});
    expect((await ask(core, 'server.choose', { url: authority.url, key })).server?.url).toBe(authority.url);
  });

  test('[R-MSH-5] who hosts is a meeting point beside the chosen server, also after a restart, until it is ended', async () => {
    const authority = await startAuthority(systemClock);
    const embedded = testEmbedded(systemClock);
    const core = await openTestCore({ embedded, serverUrl: authority.url });
    expect(await ask(core, 'relay.state', {})).toEqual({ url: null, hosted_url: null });
    await ask(core, 'hosting.choose', { address: secondLoopback });
    const { hosted_url: here } = await ask(core, 'relay.state', {});
    expect((await serverOf(core))?.url).toBe(authority.url);
    const description: unknown = await (await fetch(`${here ?? ''}/api/v1/server`)).json();
    expect(description).toMatchObject({ features: expect.arrayContaining(['relay']) as unknown });
    expect(await ask(core, 'relay.use', { url: 'http://192.168.7.7:4777' })).toEqual({ url: 'http://192.168.7.7:4777', hosted_url: here });
    await core.close();

    const again = await openTestCore({ embedded, serverUrl: authority.url, dataDir: core.dataDir });
    expect(await ask(again, 'relay.state', {})).toEqual({ url: 'http://192.168.7.7:4777', hosted_url: here });
    // The same one may become the chosen one, and stays when it is no longer a meeting point.
    expect((await ask(again, 'server.host_here', {})).server?.url).toBe(here);
    expect((await ask(again, 'hosting.choose', { address: null })).at).toBeNull();
    expect((await ask(again, 'relay.state', {})).hosted_url).toBeNull();
    expect((await serverOf(again))?.is_reachable).toBe(true);
    await ask(again, 'server.choose', { url: authority.url });
    await expect(fetch(`${here ?? ''}/api/v1/server`)).rejects.toThrow();
    const without = await openTestCore({ serverUrl: authority.url });
    expect(await refusal(without, 'hosting.choose', { address: secondLoopback })).toBe('unavailable');
    expect((await ask(without, 'hosting.state', {})).address).toBeNull();
  });

  test('who cannot host here stays with the server of before, signed in', async () => {
    const authority = await startAuthority(systemClock);
    const core = await openTestCore({
      serverUrl: authority.url,
      embedded: () => Promise.reject(new StartProblem('Port 20000, which ChordMe uses here, is taken by another program.')),
    });
    await ask(core, 'account.register', ann);
    const before = await ask(core, 'app.state', {});
    expect(await refusal(core, 'server.host_here', {})).toBe('port-taken');
    expect(await ask(core, 'app.state', {})).toEqual(before);
    expect(await ask(core, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
  });

  test('a server for one run only changes nothing for the next', async () => {
    const authority = await startAuthority(systemClock);
    const embedded = testEmbedded(systemClock);
    const first = await openTestCore({ embedded, serverUrl: authority.url });
    expect(await serverOf(first)).toMatchObject({ url: authority.url, is_embedded: false });
    await first.close();
    const second = await openTestCore({ embedded, dataDir: first.dataDir });
    expect(await serverOf(second)).toMatchObject({ is_embedded: true });
  });

  test('another key behind a known address is refused before any token goes there', async () => {
    const authority = await startAuthority(systemClock);
    const core = await openTestCore({ serverUrl: authority.url });
    await ask(core, 'account.register', ann);
    const pinned = (await serverOf(core))?.authority_key;
    await authority.close();
    expect(await refusal(core, 'authority.request', { operation: 'me', input: {} })).toBe('unreachable');

    const impostor = await startAuthority(systemClock, { port: authority.port });
    expect(await refusal(core, 'authority.request', { operation: 'me', input: {} })).toBe('proof-failed');
    expect(await refusal(core, 'account.sign_in', { email: ann.email, password: ann.password })).toBe('proof-failed');
    expect(await serverOf(core)).toMatchObject({ is_reachable: false, authority_key: pinned });
    await impostor.close();

    await startAuthority(systemClock, authority);
    expect(await ask(core, 'authority.request', { operation: 'me', input: {} })).toMatchObject({ email: ann.email });
  });

  test('reachability is looked after: gone and back are both told', async () => {
    const time = new FakeTime();
    const authority = await startAuthority(systemClock);
    const core = await openTestCore({ serverUrl: authority.url, timers: time });
    const there = stateWhere(core, ({ server }) => server?.is_reachable === true);
    if ((await serverOf(core))?.is_reachable !== true) await there;
    await authority.close();
    const gone = stateWhere(core, ({ server }) => server?.is_reachable === false);
    await ticksUntil(time, gone);
    const back = stateWhere(core, ({ server }) => server?.is_reachable === true);
    await startAuthority(systemClock, authority);
    await ticksUntil(time, back);
  });
});

/** Turns the time on until something has happened: each probe is real, so its end is waited for by turning again. */
async function ticksUntil(time: FakeTime, happened: Promise<unknown>): Promise<void> {
  const notYet = Symbol('not yet');
  const turn = async (): Promise<unknown> => {
    time.advance(30_000);
    return new Promise((resolve) => setImmediate(resolve, notYet));
  };
  while ((await Promise.race([happened, turn()])) === notYet);
}

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what is no ChordMe server', () => {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const description = { name: 'x', version: '1', key_thumbprint: 'AAAA', registration: 'open', features: [], ice_servers: [] };
  const json = { 'content-type': 'application/json' };
  const cases: [string, string, RequestListener][] = [
    ['a page', 'protocol-error', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Router</h1>')],
    ['a redirect', 'protocol-error', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['an error page', 'protocol-error', (_, response) => response.writeHead(500).end('oops')],
    [
      'a problem with a code of its own',
      'protocol-error',
      (_, response) => response.writeHead(418, { 'content-type': 'application/problem+json' }).end('{"code":"teapot"}'),
    ],
    ['other JSON', 'protocol-error', (_, response) => response.writeHead(200, json).end('{"items":[]}')],
    [
      'a description with more in it',
      'protocol-error',
      (_, response) => response.writeHead(200, json).end(JSON.stringify({ ...description, more: 1 })),
    ],
    [
      'a key that is not the one it names',
      'protocol-error',
      (request, response) =>
        response
          .writeHead(200, json)
          .end(JSON.stringify(request.url === '/api/v1/server' ? description : { keys: [{ kty: 'OKP', crv: 'Ed25519', x }] })),
    ],
    [
      'a body without end',
      'protocol-error',
      (_, response) => {
        response.writeHead(200, json);
        const more = (): void => {
          while (response.writable && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more).on('error', () => {});
        more();
      },
    ],
    ['a broken answer', 'unreachable', (request) => request.socket.destroy()],
  ];
  test.each(cases)('%s is not chosen, and the present server stays', async (_, code, answer) => {
    const core = await openTestCore({ embedded: testEmbedded(systemClock) });
    const before = await serverOf(core);
    expect(await refusal(core, 'server.choose', { url: await listen(answer) })).toBe(code);
    expect(await serverOf(core)).toEqual(before);
  });

  test('addresses that are none of a server are refused', async () => {
    const core = await openTestCore();
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'ftp://example.org', 'http://ann:secret@127.0.0.1:1/', 'chordme']) {
      expect(await refusal(core, 'server.choose', { url })).toBe('bad-request');
    }
    expect(await refusal(core, 'server.host_here', {})).toBe('unavailable');
    expect(await refusal(core, 'account.socket_token', {})).toBe('unreachable');
    expect(await serverOf(core)).toBeNull();
  });
});
