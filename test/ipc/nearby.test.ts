import { encode, decode, type Answer, type Packet } from 'dns-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NearbyServer } from '../../shared/ipc/nearby.ts';
import { limits } from '../../shared/base/limits.ts';
import { multicastOn, type Multicast, type OpenMulticast } from '../../src-main/core/nearby/multicast.ts';
import { createNearby, type Nearby } from '../../src-main/core/nearby/nearby.ts';
import { readServices, recordsOf, speakingAddress, type Announced } from '../../src-main/core/nearby/service-records.ts';
import { systemClock, systemRandom } from '../../src-main/core/system.ts';
import { ask } from '../support/ask.ts';
import { testEmbedded } from '../support/authority.ts';
import { FakeTime } from '../support/fake-time.ts';
import { openTestCore, secondLoopback, type TestCore } from '../support/test-core.ts';

const key = 'BXIL9pSO1wpI9NhKDAZLaXeUY8E-QnQQyZciFuNACHE';
const cellar: Announced = { name: 'The Cellar', address: '192.168.1.20', port: 21_970, key };
const found: NearbyServer = { name: 'The Cellar', url: 'http://192.168.1.20:21970', key };

/** As it comes from the network. */
const packetOf = (answers: Answer[]): Packet => decode(encode({ type: 'response', answers }));
const read = (answers: Answer[], from = cellar.address) => readServices(packetOf(answers), from);

const without = (type: Answer['type']) => recordsOf(cellar).filter((record) => record.type !== type);
const withText = (...data: string[]) => recordsOf(cellar).map((record) => (record.type === 'TXT' ? { ...record, data } : record));
const withPort = (port: number) =>
  recordsOf(cellar).map((record) => (record.type === 'SRV' ? { ...record, data: { ...record.data, port } } : record));

/** Multicast as a test speaks and hears it. */
function looking(): {
  nearby: Nearby;
  time: FakeTime;
  hear: (packet: Packet, from: string) => void;
  isOpen: () => boolean;
  fail: () => void;
} {
  const time = new FakeTime();
  let parts: Parameters<OpenMulticast>[0] | null = null;
  const open: OpenMulticast = (given): Multicast => {
    parts = given;
    return {
      ask: () => undefined,
      say: () => Promise.resolve(),
      close: () => {
        parts = null;
        return Promise.resolve();
      },
    };
  };
  const nearby = createNearby({ clock: time, timers: time, open, ownKey: () => null });
  onTestFinished(() => nearby.close());
  return {
    nearby,
    time,
    hear: (packet, from) => parts?.heard(packet, from),
    isOpen: () => parts !== null,
    fail: () => parts?.failed(new Error('EACCES')),
  };
}

const near = async (core: TestCore) => (await ask(core, 'nearby.look', {})).servers;

describe('real sockets', () => {
  /** On loopback, and on a port that nothing else of this computer listens on. */
  const [high = 0, low = 0] = systemRandom(2);
  const onLoopback = multicastOn(40_000 + ((high * 256 + low) % 9_000));
  const embedded = testEmbedded(systemClock);
  const openCore = (from: string): Promise<TestCore> =>
    openTestCore({ embedded, multicast: (parts) => onLoopback({ ...parts, address: parts.address ?? from }) });

  test('two apps: who hosts is found by name, address and key, joined by them, and gone when it stops', async () => {
    const [ann, bob] = await Promise.all([openCore('127.0.0.1'), openCore('127.0.0.1')]);
    expect(await ask(bob, 'nearby.look', {})).toEqual({ servers: [], is_possible: true });
    const { at } = await ask(ann, 'hosting.choose', { address: secondLoopback });
    await expect.poll(() => near(bob)).toEqual([{ name: 'The Cellar', ...at }]);
    // Oneself is nobody to be found.
    expect(await near(ann)).toEqual([]);
    const [server] = await near(bob);
    expect((await ask(bob, 'server.choose', { url: server?.url ?? '', key: server?.key ?? '' })).server).toMatchObject({
      url: at?.url,
      description: { name: 'The Cellar', key_thumbprint: at?.key },
    });
    await ask(ann, 'hosting.choose', { address: null });
    await expect.poll(() => near(bob)).toEqual([]);
  });

  test('who looks later asks, and is answered', async () => {
    const ann = await openCore('127.0.0.1');
    const { at } = await ask(ann, 'hosting.choose', { address: secondLoopback });
    const cy = await openCore('127.0.0.1');
    await expect.poll(() => near(cy), { timeout: 10_000 }).toEqual([{ name: 'The Cellar', ...at }]);
  });
});

describe('what arrives is read strictly', () => {
  test('an announcement comes back whole, over IPv6 as well; a good-bye is told apart', () => {
    expect(read(recordsOf(cellar))).toEqual([{ server: found, isThere: true }]);
    expect(read(recordsOf({ ...cellar, address: 'fd00::2' }))).toEqual([
      { server: { ...found, url: 'http://[fd00::2]:21970' }, isThere: true },
    ]);
    expect(read(recordsOf(cellar, 0))).toEqual([{ server: found, isThere: false }]);
    const long = recordsOf({ ...cellar, name: 'ü'.repeat(80) });
    expect(read(long)).toMatchObject([{ server: { name: 'ü'.repeat(80) } }]);
  });

  test.each<[string, Answer[]]>([
    ['no SRV', without('SRV')],
    ['no TXT', without('TXT')],
    ['no address', without('A')],
    ['no pointer', without('PTR')],
    ['another version', withText('v=2', `key=${key}`, 'name=x')],
    ['no key', withText('v=1', 'name=x')],
    ['a key that is none', withText('v=1', 'key=../../etc', 'name=x')],
    ['no name', withText('v=1', `key=${key}`, 'name= ')],
    ['a name of 81 letters', withText('v=1', `key=${key}`, `name=${'x'.repeat(81)}`)],
    ['a name that turns the words around it', withText('v=1', `key=${key}`, 'name=\u{202E}evil')],
    ['a name of several lines', withText('v=1', `key=${key}`, 'name=a\nb')],
    ['nothing in TXT', withText('')],
  ])('%s', (_what, answers) => {
    expect(read(answers)).toEqual([]);
  });

  test('nobody speaks for the address of another; of a key that comes twice the first counts', () => {
    expect(read(recordsOf(cellar), '192.168.1.66')).toEqual([]);
    expect(read(withText('v=1', `key=${key}`, `key=${'A'.repeat(43)}`, 'name=x'))).toMatchObject([{ server: { key } }]);
    expect(read(withPort(0))).toEqual([]);
    // Nor does anybody lead an app to itself.
    expect(read(recordsOf({ ...cellar, address: '::1' }))).toEqual([]);
  });

  test('any bytes: whatever can be decoded is read without an error', () => {
    const whole = encode({ type: 'response', answers: recordsOf(cellar) });
    let decoded = 0;
    for (let at = 0; at < whole.length; at += 1) {
      for (const bit of [0, 3, 7]) {
        const bent = Buffer.from(whole);
        bent[at] = (bent[at] ?? 0) ^ (1 << bit);
        let packet: Packet;
        try {
          packet = decode(bent);
        } catch {
          continue;
        }
        decoded += 1;
        for (const { server } of readServices(packet, cellar.address)) expect(server.url).toMatch(/^http:\/\/[\d.]+:\d+$/);
      }
    }
    expect(decoded).toBeGreaterThan(100);
  });

  test('a chosen address of IPv6 is spoken for over IPv4 of the same card, or not at all', () => {
    const card = { interface: 'eth0', kind: 'inside' as const };
    const networks = [
      { ...card, address: 'fd00::2' },
      { ...card, address: '10.0.0.2' },
    ];
    expect(speakingAddress(networks, 'fd00::2')).toBe('10.0.0.2');
    expect(speakingAddress(networks, '10.0.0.2')).toBe('10.0.0.2');
    expect(speakingAddress([{ ...card, address: 'fd00::2' }], 'fd00::2')).toBeNull();
  });
});

describe('a network full of strangers', () => {
  test('a flood shows no more than the list holds and pushes out nobody who was there', () => {
    const { nearby, hear } = looking();
    nearby.look();
    hear(packetOf(recordsOf(cellar)), cellar.address);
    for (let n = 0; n < 10_000; n += 1) {
      const address = `10.0.${n >> 8}.${n & 255}`;
      hear(packetOf(recordsOf({ ...cellar, name: `Evil ${n}`, address })), address);
    }
    const { servers } = nearby.look();
    expect(servers).toHaveLength(limits.nearbyServers);
    expect(servers).toContainEqual(found);
  });

  test('nothing is open before somebody looks, nor ten seconds after they looked last; what was not said again goes stale', () => {
    const { nearby, hear, time, isOpen } = looking();
    expect(isOpen()).toBe(false);
    nearby.look();
    hear(packetOf(recordsOf(cellar)), cellar.address);
    for (let seconds = 0; seconds < 118; seconds += 2) {
      time.advance(2_000);
      expect(nearby.look().servers).toEqual([found]);
    }
    time.advance(2_000);
    expect(nearby.look().servers).toEqual([]);
    expect(isOpen()).toBe(true);
    time.advance(20_000);
    expect(isOpen()).toBe(false);
  });

  test('where multicast is not permitted it says so', () => {
    const { nearby, fail } = looking();
    expect(nearby.look().is_possible).toBe(true);
    fail();
    expect(nearby.look()).toEqual({ servers: [], is_possible: false });
  });
});
