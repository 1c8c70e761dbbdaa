import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeUuid } from '../../../shared/base/ids.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import { systemRandom, systemTimers } from '../../../src-main/core/system.ts';
import { createWebBridge, type BridgeSocket } from '../../../src-renderer/bridge/web-bridge.ts';
import { startApp, startProgram, type RunningApp } from '../../support/app.ts';
import { ask } from '../../support/ask.ts';
import { makeEntries } from '../../support/entries.ts';
import { testDirectory } from '../../support/test-core.ts';

const root = join(import.meta.dirname, '..', '..', '..');

async function start(options: Parameters<typeof startApp>[0]): Promise<RunningApp> {
  const app = await startApp(options);
  onTestFinished(() => app.kill());
  return app;
}

/** A window of the running app: the link is used, the socket opened as a browser does it. */
async function openWindow(app: RunningApp): Promise<Bridge> {
  const { origin, host } = new URL(app.url);
  const answer = await fetch(app.url);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  let latest: WebSocket | undefined;
  onTestFinished(() => latest?.terminate());
  return createWebBridge({
    connect: () => (latest = new WebSocket(`ws://${host}/ipc`, { headers: { cookie, origin } })) as unknown as BridgeSocket,
    timers: { ...systemTimers, after: () => () => {} },
  });
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'scripts/start.ts'), '--no-open', ...args], { encoding: 'utf8' });
}

describe('npm start', () => {
  test('from an empty directory: one ready line, an own authority, an account; Ctrl+C ends it without an error', async () => {
    const dataDir = join(testDirectory(), 'fresh');
    const app = await start({ dataDir });
    const window = await openWindow(app);
    expect(await ask(window, 'app.state', {})).toMatchObject({ platform: 'web', server: { is_embedded: true, is_reachable: true } });
    await ask(window, 'account.register', { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' });
    await app.stop();
    expect(app.output).toEqual([`ready ${app.url}`]);

    const again = await start({ dataDir });
    expect(new URL(again.url).origin).toBe(new URL(app.url).origin);
    expect((await ask(await openWindow(again), 'app.state', {})).account?.email).toBe('ann@example.org');
  });

  test('what was acknowledged is there after SIGKILL', async () => {
    const dataDir = join(testDirectory(), 'killed');
    const app = await start({ dataDir });
    const window = await openWindow(app);
    const session_id = makeUuid(1_800_000_000_000, systemRandom);
    const entries = (await makeEntries(session_id, 50)).map(({ bytes }) => bytes);
    for (const entry of entries) await ask(window, 'ledger.append_entries', { session_id, is_own: true, entries: [entry] });
    const { id } = await ask(window, 'library.create', { chordpro: '{title: Kept}' });
    await app.kill();

    const window2 = await openWindow(await start({ dataDir }));
    expect((await ask(window2, 'ledger.read_entries', { session_id, after: 0 })).entries).toEqual(entries);
    expect((await ask(window2, 'library.get', { id })).title).toBe('Kept');
  });

  test('three apps with directories of their own work with one server', async () => {
    const server = await startProgram('src-server/main.ts', [], {
      CHORDME_PORT: '0',
      CHORDME_DATA_DIR: join(testDirectory(), 'server'),
      CHORDME_LOG_LEVEL: 'warn',
    });
    onTestFinished(() => server.kill());
    const apps = await Promise.all(['a', 'b', 'c'].map((name) => start({ serverUrl: server.url, dataDir: join(testDirectory(), name) })));
    for (const [at, app] of apps.entries()) {
      const window = await openWindow(app);
      const user = await ask(window, 'account.register', {
        email: `m${at}@example.org`,
        name: `M${at}`,
        password: 'silent night holy night',
      });
      expect(await ask(window, 'authority.request', { operation: 'me', input: {} })).toEqual(user);
    }
    expect(new Set(apps.map(({ url }) => new URL(url).port)).size).toBe(3);
  });

  test('a second start tells a link into the first: it opens once, and there is another then', async () => {
    const dataDir = join(testDirectory(), 'data');
    const app = await start({ dataDir });
    const again = (): string => {
      const { status, stdout, stderr } = run('--data-dir', dataDir);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/already open with the data directory/);
      return /http:\S+$/m.exec(stderr)?.[0] ?? '';
    };
    const link = again();
    expect([again(), new URL(link).origin, link === app.url]).toEqual([link, new URL(app.url).origin, false]);
    expect([(await fetch(link)).status, (await fetch(link)).status]).toEqual([200, 403]);
    expect((await fetch(again())).status).toBe(200);
    await app.stop();
    expect(existsSync(join(dataDir, 'web-link.secret'))).toBe(false);
  });

  test('what it cannot do it says in one line, without a stack', async () => {
    const dataDir = join(testDirectory(), 'data');
    const app = await start({ dataDir });
    const taken = new URL(app.url).port;
    const cases: [string[], RegExp][] = [
      [['--data-dir', dataDir], /already open with the data directory/],
      [['--data-dir', join(testDirectory(), 'x'), '--port', taken], new RegExp(`Port ${taken}`)],
      [['--nonsense'], /Unknown option '--nonsense'/],
      [['--server', 'ftp://example.org'], /--server/],
      [['--port', '0'], /--port/],
    ];
    for (const [args, message] of cases) {
      const { status, stdout, stderr } = run(...args);
      expect([args, status, stdout]).toEqual([args, 1, '']);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    const help = run('--help');
    expect([help.status, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toContain('--data-dir DIR');
  });
});
