import { expect, test, vi } from 'vitest';
import type { UpdateProgress } from '../../shared/ipc/contract.ts';
import { eventChannel, invokeChannel } from '../../src-main/electron/channels.ts';
import type { UpdaterApi } from '../../src-main/electron/installed-updater.ts';
import type { ElectronDouble } from '../support/electron-double.ts';
import { startShellDouble } from '../support/electron-shell.ts';

type Check = Awaited<ReturnType<UpdaterApi['checkForUpdates']>>;

/** electron-updater without a network: what it is asked and told is remembered. */
class UpdaterDouble {
  autoDownload = true;
  autoInstallOnAppQuit = false;
  allowDowngrade = true;
  logger = null;
  feeds: unknown[] = [];
  version: string | null = null;
  isReachable = true;
  isGenuine = true;
  hasInstalled = false;
  #listeners = new Set<(progress: { percent: number }) => void>();
  setFeedURL = (feed: unknown): void => void this.feeds.push(feed);
  on = (_name: string, listener: (progress: { percent: number }) => void): this => {
    this.#listeners.add(listener);
    return this;
  };
  off = (_name: string, listener: (progress: { percent: number }) => void): this => {
    this.#listeners.delete(listener);
    return this;
  };
  checkForUpdates = async (): Promise<Check> => {
    if (!this.isReachable) throw new Error('net::ERR_NAME_NOT_RESOLVED');
    return { isUpdateAvailable: this.version !== null, updateInfo: { version: this.version ?? '0.1.0' } } as Check;
  };
  downloadUpdate = async (): Promise<string[]> => {
    for (const listener of this.#listeners) listener({ percent: 40 });
    if (!this.isGenuine) throw new Error('sha512 checksum mismatch');
    return ['/tmp/new'];
  };
  quitAndInstall = (): void => void (this.hasInstalled = true);
}

async function start(): Promise<{ double: ElectronDouble; updater: UpdaterDouble; progress: () => UpdateProgress[] }> {
  const updater = new UpdaterDouble();
  const double = await startShellDouble({ shell: { updaterApi: updater as unknown as UpdaterApi } });
  const progress = (): UpdateProgress[] =>
    (double.windows[0]?.sent ?? []).flatMap(([channel, name, state]) =>
      channel === eventChannel && name === 'updates.changed' ? [(state as { progress: UpdateProgress }).progress] : [],
    );
  return { double, updater, progress };
}

async function call(double: ElectronDouble, name: string, args: object = {}): Promise<unknown> {
  return double.invoke(invokeChannel, [name, args]);
}

const feed = 'https://band.example/chordme/';

test('without a feed nobody is asked, and nothing is fetched that nobody asked for', async () => {
  const { double, updater } = await start();
  expect(await call(double, 'updates.state')).toEqual({ ok: true, result: { feed: null, progress: { kind: 'idle' } } });
  await call(double, 'updates.look');
  await call(double, 'updates.fetch');
  await call(double, 'updates.install');
  expect([updater.feeds, updater.autoDownload, updater.allowDowngrade, double.app.hasQuit]).toEqual([[], false, false, false]);
});

test('a feed is asked, what it has is fetched, and put in place once everything is closed', async () => {
  const { double, updater, progress } = await start();
  updater.version = '2.0.0';
  await call(double, 'updates.use', { feed });
  await vi.waitUntil(() => progress().at(-1)?.kind === 'found');
  expect(updater.feeds).toEqual([{ provider: 'generic', url: feed }]);
  await call(double, 'updates.fetch');
  await vi.waitUntil(() => progress().at(-1)?.kind === 'ready');
  expect(progress().slice(-3)).toEqual([
    { kind: 'fetching', version: '2.0.0', done: 0 },
    { kind: 'fetching', version: '2.0.0', done: 0.4 },
    { kind: 'ready', version: '2.0.0' },
  ]);
  await call(double, 'updates.install');
  expect([double.app.hasQuit, updater.hasInstalled]).toEqual([true, false]);
  double.app.emit('will-quit', { preventDefault: () => undefined });
  await vi.waitUntil(() => updater.hasInstalled);
  // The data directory is free for the version that starts now, and so is the place of the first instance.
  expect([double.app.hasLock, double.app.exitCode]).toEqual([false, null]);
  expect(await call(double, 'updates.state')).toMatchObject({ ok: false, code: 'unavailable' });
  double.app.exitCode = 0;
});

test('what goes wrong is told, and nothing is changed', async () => {
  const { double, updater, progress } = await start();
  updater.isReachable = false;
  await call(double, 'updates.use', { feed });
  await vi.waitUntil(() => progress().at(-1)?.kind === 'failed');
  expect(progress().at(-1)).toEqual({ kind: 'failed', at: 'look' });
  Object.assign(updater, { isReachable: true, isGenuine: false, version: '2.0.0' });
  double.choose('update');
  await vi.waitUntil(() => progress().at(-1)?.kind === 'found');
  expect(await call(double, 'app.take_arrivals')).toEqual({ ok: true, result: [{ kind: 'place', path: '/settings' }] });
  await call(double, 'updates.fetch');
  await vi.waitUntil(() => progress().at(-1)?.kind === 'failed');
  expect(progress().at(-1)).toEqual({ kind: 'failed', at: 'fetch' });
  await call(double, 'updates.use', { feed: null });
  expect(await call(double, 'updates.state')).toEqual({ ok: true, result: { feed: null, progress: { kind: 'idle' } } });
});

test.each(['http://band.example/', 'file:///etc', 'band.example', `https://${'a'.repeat(600)}.example`])(
  'what is run from here is not fetched from %s',
  async (address) => {
    const { double } = await start();
    expect(await call(double, 'updates.use', { feed: address })).toMatchObject({ ok: false, code: 'bad-request' });
  },
);

test('a program that was not installed is updated by whoever put it there', async () => {
  const double = await startShellDouble();
  expect(await call(double, 'updates.state')).toEqual({ ok: true, result: null });
  for (const name of ['updates.look', 'updates.fetch', 'updates.install'])
    expect(await call(double, name)).toEqual({ ok: true, result: null });
  expect(() => double.item('update')).toThrow();
});
