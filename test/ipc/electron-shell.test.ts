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
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      backgroundThrottling: false,
    });
    expect(windows[0]?.options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
    expect(windows[0]?.loaded).toEqual(['app://chordme/']);
    expect([windows[0]?.options.show, windows[0]?.isShown]).toEqual([false, false]);
    windows[0]?.emit('ready-to-show');
    expect(windows[0]?.isShown).toBe(true);
    expect(lines).toEqual(['ready app://chordme/']);
  });

  test('navigates nowhere, opens nothing, embeds nothing', async () => {
    const { windows } = await startShellDouble();
    const contents = windows[0]?.contents;
    const goes = (url: string, isMainFrame = true): boolean | undefined =>
      contents?.emitWith('will-frame-navigate', { url, isMainFrame }, url).isPrevented === false;
    for (const url of ['https://evil.example', 'file:///etc/passwd', 'app://evil/', 'app://chordme.evil/', 'javascript:1', 'data:,x']) {
      expect([url, goes(url)]).toEqual([url, false]);
    }
    // The page after a crash loads itself again.
    expect([goes('app://chordme/library'), goes('app://chordme/library', false)]).toEqual([true, false]);
    for (const event of ['will-redirect', 'will-attach-webview']) {
      expect([event, contents?.emit(event, 'https://evil.example').isPrevented]).toEqual([event, true]);
    }
    for (const url of ['https://evil.example', 'app://chordme/', 'file:///etc/passwd']) expect(contents?.opened(url)).toBe('deny');
  });

  test('has a menu of known roles', async () => {
    const { menu } = await startShellDouble();
    expect(menu().map(({ label, role }) => label ?? role)).toEqual(['File', 'editMenu', 'Song', 'Go', 'View', 'windowMenu', 'help']);
  });
});

test('permissions: what the interface needs, for its own origin; nothing else, no device', async () => {
  const { askPermission, checkPermission, device } = await startShellDouble();
  const granted = (permission: PermissionAsked, origin: string): boolean[] => [
    askPermission(permission, `${origin}/`),
    checkPermission(permission, origin),
  ];
  for (const permission of ['clipboard-sanitized-write', 'fullscreen', 'midi', 'notifications'] as const) {
    expect(granted(permission, 'app://chordme')).toEqual([true, true]);
    expect(granted(permission, 'https://evil.example')).toEqual([false, false]);
    expect(granted(permission, 'app://chordme.evil.example')).toEqual([false, false]);
  }
  const media = (mediaTypes: ('audio' | 'video')[], origin = 'app://chordme', isMainFrame = true): boolean =>
    askPermission('media', `${origin}/`, { mediaTypes, isMainFrame });
  expect([media(['audio']), media(['audio', 'video']), media(['video']), media([])]).toEqual([true, false, false, false]);
  expect([media(['audio'], 'https://evil.example'), media(['audio'], 'app://chordme', false)]).toEqual([false, false]);
  const mayHear = (mediaType: 'audio' | 'video' | 'unknown'): boolean => checkPermission('media', 'app://chordme', { mediaType });
  expect([mayHear('audio'), mayHear('video'), mayHear('unknown')]).toEqual([true, false, false]);
  for (const permission of [
    'media',
    'display-capture',
    'geolocation',
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

test('fuses: what could run other code, or read past the archive, is switched off when the app is packed', () => {
  const config = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  const fuses = /^electronFuses:\n((?: {2}.*\n)+)/m
    .exec(config)?.[1]
    ?.split('\n')
    .map((line) => line.trim());
  expect(fuses?.filter((line) => line !== '')).toEqual([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
  ]);
});

test('a file that the page made is saved; nothing is downloaded from elsewhere', async () => {
  const { download } = await startShellDouble();
  expect(download('blob:app://chordme/0192f0c1')).toBe(true);
  for (const url of [
    'https://evil.example/x.exe',
    'blob:https://evil.example/1',
    'blob:app://chordme.evil/1',
    'data:,x',
    'app://chordme/',
  ]) {
    expect([url, download(url)]).toEqual([url, false]);
  }
});

describe('protocol', () => {
  test('serves the renderer with its strict policy, deep links included', async () => {
    const { fetchPage } = await startShellDouble();
    for (const url of ['app://chordme/', 'app://chordme/session/0192f0c1-2345-7abc-8def-0123456789ab']) {
      const page = await fetchPage(url);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
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
