import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src-main/core/system.ts';
import { eventChannel, invokeChannel } from '../../src-main/electron/channels.ts';
import { testEmbedded } from '../support/authority.ts';
import type { PermissionAsked } from '../support/electron-double.ts';
import { loadPreload, startShellDouble } from '../support/electron-shell.ts';
import { openTestCore, testDirectory } from '../support/test-core.ts';

const ann = { email: 'ann@example.org', name: 'Ann', password: 'silent night holy night' };

describe('window', () => {
  test('is isolated, sandboxed and awake, and shows our own origin when it is ready', async () => {
    const { windows, app, schemes, lines } = await startShellDouble();
    expect(app.isSandboxed).toBe(true);
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      backgroundThrottling: false,
    });
    expect(windows[0]?.loaded).toEqual(['app://chordme/']);
    expect([windows[0]?.options.show, windows[0]?.isShown]).toEqual([false, false]);
    windows[0]?.emit('ready-to-show');
    expect(windows[0]?.isShown).toBe(true);
    expect(lines).toEqual(['ready app://chordme/']);
  });

  test('navigates nowhere, opens nothing, embeds nothing', async () => {
    const { windows } = await startShellDouble();
    const contents = windows[0]?.contents;
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      expect([event, contents?.emit(event, 'https://evil.example').isPrevented]).toEqual([event, true]);
    }
    for (const url of ['https://evil.example', 'app://chordme/', 'file:///etc/passwd']) expect(contents?.opened(url)).toBe('deny');
  });

  test('has a menu of known roles', async () => {
    const { menu } = await startShellDouble();
    expect(menu.map(({ label, role }) => label ?? role)).toEqual(['File', 'editMenu', 'View', 'windowMenu']);
  });
});

test('permissions: what the interface needs, for its own origin; nothing else, no device', async () => {
  const { askPermission, checkPermission, device } = await startShellDouble();
  const granted = (permission: PermissionAsked, origin: string): boolean[] => [
    askPermission(permission, `${origin}/`),
    checkPermission(permission, origin),
  ];
  for (const permission of ['clipboard-sanitized-write', 'fullscreen'] as const) {
    expect(granted(permission, 'app://chordme')).toEqual([true, true]);
    expect(granted(permission, 'https://evil.example')).toEqual([false, false]);
    expect(granted(permission, 'app://chordme.evil.example')).toEqual([false, false]);
  }
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'clipboard-read',
    'openExternal',
    'usb',
    'unknown',
  ] as const) {
    expect(granted(permission, 'app://chordme')).toEqual([false, false]);
  }
  expect(device()).toBe(false);
});

describe('protocol', () => {
  test('serves the renderer with its strict policy, deep links included', async () => {
    const { fetchPage } = await startShellDouble();
    for (const url of ['app://chordme/', 'app://chordme/session/0192f0c1-2345-7abc-8def-0123456789ab']) {
      const page = await fetchPage(url);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect(await (await fetchPage('app://chordme/assets/main-1a2b.js')).text()).toBe('export {};');
  });

  test('serves nothing else: no other host, method or place', async () => {
    const { fetchPage } = await startShellDouble();
    expect((await fetchPage('app://evil/')).status).toBe(403);
    expect((await fetchPage('app://chordme/', 'POST')).status).toBe(405);
    for (const path of ['../secret.js', '..%2fsecret.js', '%2e%2e/secret.js', '..%5csecret.js', '.hidden.js', 'nothing.js']) {
      expect([path, (await fetchPage(`app://chordme/${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe('calls', () => {
  test('only the top frame of our own window with our own page is heard', async () => {
    const { invoke } = await startShellDouble();
    const list = ['library.list', {}];
    expect(await invoke(invokeChannel, list)).toEqual({ ok: true, result: [] });
    const forbidden = { ok: false, code: 'forbidden' };
    for (const from of [
      { url: 'https://evil.example/' },
      { url: 'app://chordme.evil/' },
      { url: 'about:blank' },
      { isTop: false },
      { contentsId: 99 },
      { isGone: true },
    ]) {
      expect(await invoke(invokeChannel, list, from)).toEqual(forbidden);
    }
  });

  test('the preload gives the page two functions and nothing of Electron; bytes and events arrive whole', async () => {
    const double = await startShellDouble();
    const { name, bridge } = await loadPreload(double);
    expect([name, Object.keys(bridge).sort()]).toEqual(['chordme', ['invoke', 'on']]);
    let changes = 0;
    const stop = bridge.on('library.changed', () => {
      changes += 1;
    });
    const content = new Uint8Array([0x46, 0xfc, 0x72]);
    const reply = await bridge.invoke('library.import', { files: [{ name: 'a.cho', content }] });
    const id = reply.ok ? reply.result.songs[0]?.id : undefined;
    expect(await bridge.invoke('library.export', { id: id ?? '' })).toEqual({ ok: true, result: { name: 'a.cho', content } });
    expect(changes).toBe(1);
    stop();
    await bridge.invoke('library.remove', { id: id ?? '' });
    expect(changes).toBe(1);
    expect(double.windows[0]?.sent.map(([channel]) => channel)).toEqual([eventChannel, eventChannel]);
  });
});

describe('secrets', () => {
  test('are sealed by the key store before they touch the disk', async () => {
    const userData = join(testDirectory(), 'user');
    const { invoke } = await startShellDouble({ userData, parts: { embedded: testEmbedded(systemClock) } });
    expect(await invoke(invokeChannel, ['account.register', ann])).toMatchObject({ ok: true });
    const file = join(userData, 'data', 'refresh-embedded.secret');
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64').toString()).toMatch(/^sealed:/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await invoke(invokeChannel, ['authority.request', { operation: 'me', input: {} }])).toMatchObject({ ok: true });
  });

  test.each([{ backend: 'basic_text' as const }, { isEncryptionAvailable: false }])(
    'without a real key store (%o) they stay in memory, and the log says why',
    async (options) => {
      const userData = join(testDirectory(), 'user');
      const said: string[] = [];
      const logger = { info: () => {}, error: () => {}, warn: (_: object, message: string) => void said.push(message) };
      const { invoke } = await startShellDouble({ userData, ...options, parts: { embedded: testEmbedded(systemClock), logger } });
      expect(await invoke(invokeChannel, ['account.register', ann])).toMatchObject({ ok: true });
      expect(existsSync(join(userData, 'data', 'refresh-embedded.secret'))).toBe(false);
      expect(said.join()).toContain('asked to sign in at each start');
    },
  );
});

test('a directory that another instance has: the reason in a dialog, and an end', async () => {
  const userData = join(testDirectory(), 'user');
  await openTestCore({ dataDir: join(userData, 'data') });
  const { errors, windows, app } = await startShellDouble({ userData });
  expect(errors[0]?.[1]).toContain('already open');
  expect([windows.length, app.exitCode]).toEqual([0, 1]);
});
