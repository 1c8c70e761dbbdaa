import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Session } from '../../shared/session/schemas.ts';
import type { Network } from '../../shared/ipc/hosting.ts';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import { readNetworks } from '../../src-main/core/hosting/networks.ts';
import { systemClock } from '../../src-main/core/system.ts';
import { ask, refusal } from '../support/ask.ts';
import { testEmbedded } from '../support/authority.ts';
import { FakeTime } from '../support/fake-time.ts';
import { openTestCore, secondLoopback, testNetworks, type TestCore } from '../support/test-core.ts';

const ann = { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' };
const embedded = testEmbedded(systemClock);

async function host(parts: Parameters<typeof openTestCore>[0] = {}): Promise<{ core: TestCore; url: string; key: string }> {
  const core = await openTestCore({ embedded, ...parts });
  const { at } = await ask(core, 'hosting.choose', { address: secondLoopback });
  if (at === null) throw new Error('it does not host');
  return { core, ...at };
}

/** One request to where the app is open, with a Host header that a browser would not let a page choose. */
async function get(url: string, path: string, header: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  const sent = request({ agent: false, host: hostname, port, path, headers: { host: header } });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}

async function isOpen(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function openSession(core: TestCore): Promise<{ session: Session; code: string; link: string }> {
  const session = (await ask(core, 'authority.request', { operation: 'createSession', input: { name: 'Friday' } })) as Session;
  const made = await ask(core, 'authority.request', { operation: 'createLink', input: { id: session.id, admits_guests: true } });
  return { session, ...(made as { code: string; link: string }) };
}

describe('a host on the network', () => {
  test('nothing is open until an address is chosen, then that one alone; links name it; another app joins by such a link', async () => {
    const core = await openTestCore({ embedded });
    await ask(core, 'account.register', ann);
    const own = (await ask(core, 'app.state', {})).server?.url ?? '';
    const lan = own.replace('127.0.0.1', secondLoopback);
    expect(await ask(core, 'hosting.state', {})).toMatchObject({ address: null, at: null, people: [], computer_count: 0 });
    expect([await isOpen(own), await isOpen(lan)]).toEqual([true, false]);

    const { at } = await ask(core, 'hosting.choose', { address: secondLoopback });
    expect(at?.url).toBe(lan);
    expect(await isOpen(lan.replace(secondLoopback, '127.0.0.3'))).toBe(false);
    const { session, link } = await openSession(core);
    const said = new URL(link).searchParams;
    expect(said.get('server')).toBe(lan);

    const bob = await openTestCore();
    await ask(bob, 'server.choose', { url: said.get('server') ?? '', key: said.get('key') ?? '' });
    await ask(bob, 'account.guest', { code: said.get('code') ?? '', name: 'Bob' });
    expect(await ask(bob, 'sessions.known', {})).toEqual([]);
    expect(await ask(bob, 'authority.request', { operation: 'getSession', input: { id: session.id } })).toMatchObject({ name: 'Friday' });
    // Ann's own app, which is signed in as well, is none of the others.
    await expect.poll(async () => (await ask(core, 'hosting.state', {})).people.map(({ name }) => name)).toEqual(['Bob']);
    expect((await ask(core, 'hosting.state', {})).computer_count).toBe(1);
    // Her own link leads Ann to her own app, not to a second server.
    expect((await ask(core, 'server.choose', { url: lan })).server?.is_embedded).toBe(true);

    const closed = new Promise<void>((resolve) => {
      bob.on((name, event) => {
        if (name === 'app.state_changed' && !(event as { server: { is_reachable: boolean } }).server.is_reachable) resolve();
      });
    });
    await ask(core, 'hosting.choose', { address: null });
    expect([await isOpen(own), await isOpen(lan)]).toEqual([true, false]);
    expect(await refusal(bob, 'authority.request', { operation: 'getSession', input: { id: session.id } })).toBe('unreachable');
    await closed;
    expect(await ask(core, 'hosting.state', {})).toMatchObject({ people: [], computer_count: 0 });
  });

  test('a page whose name was pointed at this computer is refused, on the network and on loopback, over sockets too', async () => {
    const { core, url } = await host();
    const own = (await ask(core, 'app.state', {})).server?.url ?? '';
    const { host: address, port } = new URL(url);
    for (const at of [url, own]) {
      const there = new URL(at).host;
      expect((await get(at, '/api/v1/server', there)).status).toBe(200);
      for (const name of [`evil.example:${port}`, 'evil.example', `localhost:${port}`, `127.0.0.1.evil.example:${port}`]) {
        expect([name, (await get(at, '/api/v1/server', name)).status]).toEqual([name, 403]);
      }
    }
    const upgrade = async (header: string): Promise<number> => {
      const socket = new WebSocket(`ws://${address}/api/v1/events`, { headers: { host: header } });
      onTestFinished(() => socket.terminate());
      const outcome = new Promise<number>((resolve) => {
        socket.on('open', () => resolve(101));
        socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
      });
      socket.on('error', () => undefined);
      return outcome;
    };
    expect(await upgrade(address)).toBe(101);
    expect(await upgrade(`evil.example:${port}`)).toBe(403);
  });

  test('a stranger who is first does not become administrator, and makes no account without an invitation', async () => {
    const { core, url } = await host();
    const mallory = await openTestCore({ serverUrl: url });
    expect(await refusal(mallory, 'account.register', { ...ann, name: 'Mallory' })).toBe('registration-closed');
    expect(await ask(mallory, 'authority.request', { operation: 'describeServer', input: {} })).toMatchObject({ registration: 'invited' });
    // Who sits at the computer that hosts opens it before the others are there.
    await ask(core, 'hosting.choose', { address: null });
    expect(await ask(core, 'account.register', ann)).toMatchObject({ is_admin: true });
    await ask(core, 'hosting.choose', { address: secondLoopback });
    expect(await refusal(mallory, 'account.register', { ...ann, email: 'm@example.org' })).toBe('registration-closed');
    expect(await refusal(mallory, 'account.guest', { code: 'ABCDEFGH', name: 'Mallory' })).toBe('invalid-code');
  });

  test('an account that is over leaves no door open: the next one is no administrator either', async () => {
    const { core, url } = await host();
    await ask(core, 'hosting.choose', { address: null });
    await ask(core, 'account.register', ann);
    await ask(core, 'hosting.choose', { address: secondLoopback });
    const sure = await ask(core, 'authority.request', { operation: 'requestDeletion', input: { current_password: ann.password } });
    await ask(core, 'authority.request', {
      operation: 'deleteMe',
      input: { deletion_token: (sure as { deletion_token: string }).deletion_token },
    });
    const mallory = await openTestCore({ serverUrl: url });
    expect(await refusal(mallory, 'account.register', { ...ann, name: 'Mallory' })).toBe('registration-closed');
  });

  test('it is remembered; in another network nothing is open, and it says why; back at home it is open again', async () => {
    const first = await host();
    await first.core.close();
    expect(await isOpen(first.url)).toBe(false);
    let networks: Network[] = [{ interface: 'wlan0', address: '127.0.0.9', kind: 'inside' }];
    const time = new FakeTime(Date.now());
    const core = await openTestCore({ embedded, dataDir: first.core.dataDir, networks: () => networks, timers: time });
    expect(await ask(core, 'hosting.state', {})).toMatchObject({ address: secondLoopback, at: null, problem: 'address-gone' });
    expect(await isOpen(first.url)).toBe(false);
    expect(await isOpen(first.url.replace(secondLoopback, '127.0.0.9'))).toBe(false);
    const told = new Promise<void>((resolve) => core.on((name) => void (name === 'hosting.changed' && resolve())));
    networks = testNetworks();
    time.advance(5_000);
    await told;
    expect(await ask(core, 'hosting.state', {})).toMatchObject({ at: { url: first.url, key: first.key }, problem: null });
    networks = [];
    const gone = new Promise<void>((resolve) => core.on((name) => void (name === 'hosting.changed' && resolve())));
    time.advance(5_000);
    await gone;
    expect(await isOpen(first.url)).toBe(false);
  });

  test('a system that refuses to name its networks for once is in the log, and ends neither the app nor the looking', async () => {
    const time = new FakeTime(Date.now());
    let networks = testNetworks;
    const said = Promise.withResolvers<string>();
    const logger = { ...silentLogger, error: (_facts: object, message: string) => said.resolve(message) };
    const { core } = await host({ networks: () => networks(), timers: time, logger });
    networks = () => {
      throw new Error('uv_interface_addresses');
    };
    time.advance(5_000);
    expect(await said.promise).toBe('hosting on the network');
    const gone = new Promise<void>((resolve) => core.on((name) => void (name === 'hosting.changed' && resolve())));
    networks = () => [];
    time.advance(5_000);
    await gone;
  });

  test('another program has the port on that address: said, and open as soon as it is free', async () => {
    const core = await openTestCore({ embedded });
    const { port } = new URL((await ask(core, 'app.state', {})).server?.url ?? '');
    const other = createServer().listen(Number(port), secondLoopback);
    await once(other, 'listening');
    expect(await ask(core, 'hosting.choose', { address: secondLoopback })).toMatchObject({ at: null, problem: 'port-taken' });
    other.close();
    await once(other, 'close');
    const { at, problem } = await ask(core, 'hosting.choose', { address: secondLoopback });
    expect([at?.url, problem]).toEqual([`http://${secondLoopback}:${port}`, null]);
  });

  test('its own port is taken at the next start: the app works with the server of the band, says so, and is open as soon as it is free', async () => {
    const first = await host();
    const { core: band, url } = await host();
    await first.core.close();
    const taken = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(taken, 'listening');
    const time = new FakeTime(Date.now());
    const again = await openTestCore({ embedded, dataDir: first.core.dataDir, serverUrl: url, timers: time });
    expect((await ask(again, 'app.state', {})).server?.url).toBe(url);
    expect(await ask(again, 'hosting.state', {})).toMatchObject({ at: null, problem: 'port-taken' });
    expect(await refusal(again, 'server.host_here', {})).toBe('port-taken');
    // Chosen anew meanwhile, it says the same.
    await ask(again, 'hosting.choose', { address: null });
    expect(await ask(again, 'hosting.choose', { address: secondLoopback })).toMatchObject({ at: null, problem: 'port-taken' });
    taken.close();
    await once(taken, 'close');
    const opened = new Promise<void>((resolve) => {
      again.on((name, event) => {
        if (name === 'hosting.changed' && (event as { at: unknown }).at !== null) resolve();
      });
    });
    time.advance(5_000);
    await opened;
    expect(await ask(again, 'hosting.state', {})).toMatchObject({ at: { url: first.url }, problem: null });
    await band.close();
  });
});

const at = (address: string, internal = false) => ({
  address,
  internal,
  family: address.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
  mac: '00:00:00:00:00:00',
  netmask: '',
  cidr: null,
  scopeid: 0,
});

describe('networks of a computer', () => {
  test('the likeliest first; what is within the computer, or leads nowhere without a scope, is left out', () => {
    const networks = readNetworks({
      lo: [at('127.0.0.1', true), at('::1', true)],
      docker0: [at('172.17.0.1')],
      eth0: [at('203.0.113.9'), at('2001:db8::1'), at('fe80::1'), at('fd00::2')],
      wlan0: [at('192.168.1.20')],
      usb0: [at('169.254.3.4')],
      gone: undefined,
    });
    expect(networks.map(({ address, kind }) => `${address} ${kind}`)).toEqual([
      '192.168.1.20 inside',
      'fd00::2 inside',
      '172.17.0.1 inside',
      '169.254.3.4 cable',
      '203.0.113.9 public',
      '2001:db8::1 public',
    ]);
  });

  test('a router with hundreds of them shows the first ones', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`eth${n}`, [at(`10.0.${n}.1`)]]));
    expect(readNetworks(many)).toHaveLength(16);
  });
});
