import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemRandom } from '../../../src-main/core/system.ts';
import { serveLocalWeb, type LocalWeb } from '../../../src-main/local-web/serve.ts';
import { launchChromium } from '../../support/chromium.ts';
import { openTestCore, type TestCore } from '../../support/test-core.ts';

let browser: Browser;
let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'chordme-bridge-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, '../../support/bridge-page'),
    logLevel: 'error',
    build: { outDir: root },
  });
  browser = await launchChromium();
  return async () => {
    await browser.close();
    rmSync(root, { recursive: true, force: true });
  };
});

async function openShell(dataDir?: string): Promise<{ core: TestCore; web: LocalWeb; origin: string }> {
  const core = await openTestCore(dataDir === undefined ? {} : { dataDir });
  const web = await serveLocalWeb({ core, root, port: null, random: systemRandom, keepLink: () => undefined });
  onTestFinished(() => web.close());
  return { core, web, origin: `http://127.0.0.1:${web.port}` };
}

async function openPage(url: string): Promise<{ page: Page; problems: string[]; status: number | undefined }> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
  page.on('pageerror', (error) => void problems.push(error.message));
  const answer = await page.goto(url);
  return { page, problems, status: answer?.status() };
}

describe('the local web shell in a real browser', () => {
  test('the link opens the app, leaves the address bar clean, and calls, bytes and events pass under the strict policy', async () => {
    const { web, origin, core } = await openShell();
    const { page, problems, status } = await openPage(web.url);
    expect([status, page.url()]).toEqual([200, `${origin}/`]);
    const state = await page.evaluate(() => window.bridge.invoke('app.state', {}));
    expect(state).toMatchObject({ ok: true, result: { platform: 'web', version: '0.0.0-test' } });

    const seen = await page.evaluate(async () => {
      let changes = 0;
      window.bridge.on('library.changed', () => {
        changes += 1;
      });
      const content = Uint8Array.from({ length: 255 }, (_, at) => at + 1);
      const made = await window.bridge.invoke('library.import', { files: [{ name: 'all.cho', content }] });
      if (!made.ok) return made.code;
      const exported = await window.bridge.invoke('library.export', { id: made.result.songs[0]?.id ?? '' });
      return exported.ok
        ? { changes, isBytes: exported.result.content instanceof Uint8Array, bytes: [...exported.result.content] }
        : exported.code;
    });
    expect(seen).toEqual({ changes: 1, isBytes: true, bytes: Array.from({ length: 255 }, (_, at) => at + 1) });
    expect((await core.invoke('library.list', {})).ok).toBe(true);
    expect(problems).toEqual([]);
  });

  test('reload and deep links work with the cookie; another browser with the used link is sent away', async () => {
    const { web, origin } = await openShell();
    const { page } = await openPage(web.url);
    expect((await page.reload())?.status()).toBe(200);
    const deep = `${origin}/session/0192f0c1-2345-7abc-8def-0123456789ab`;
    expect((await page.goto(deep))?.status()).toBe(200);
    expect(await page.evaluate(() => window.bridge.invoke('library.list', {}))).toEqual({ ok: true, result: [] });
    const stranger = await openPage(web.url);
    expect(stranger.status).toBe(403);
    expect(await stranger.page.getByRole('heading').textContent()).toBe('Open ChordMe again');
  });

  test('a page of another origin, in the browser that has the cookie, reaches neither pages nor socket', async () => {
    const { web, origin } = await openShell();
    const { page } = await openPage(web.url);
    const evil = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>evil</p>')).listen(0, '127.0.0.1');
    onTestFinished(() => void evil.close());
    await once(evil, 'listening');
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    const reached = await page.evaluate(async (target) => {
      const outcome = { read: 'refused', socket: '' };
      try {
        outcome.read = await (await fetch(`${target}/`, { credentials: 'include' })).text();
      } catch {
        // As it should be: no permission across origins.
      }
      outcome.socket = await new Promise((resolve) => {
        const socket = new WebSocket(`${target.replace('http', 'ws')}/ipc`);
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('close', () => resolve('closed'));
      });
      return outcome;
    }, origin);
    expect(reached).toEqual({ read: 'refused', socket: 'closed' });
    const framed = await page.evaluate(
      (target) =>
        new Promise<boolean>((resolve) => {
          const frame = document.createElement('iframe');
          frame.src = `${target}/`;
          frame.addEventListener('load', () => resolve(frame.contentWindow?.length === 0));
          document.body.append(frame);
        }),
      origin,
    );
    expect(framed).toBe(true);
    const inside = page.frames().find((frame) => frame !== page.mainFrame());
    expect(inside?.url()).not.toBe(`${origin}/`);
  });

  test('when the socket is cut, the page connects again by itself and hears what happened meanwhile', async () => {
    const { web, core } = await openShell();
    const { page } = await openPage(web.url);
    await page.evaluate(() => window.bridge.invoke('app.state', {}));
    await page.evaluate(() => {
      document.title = 'quiet';
      window.bridge.on('library.changed', () => {
        document.title = 'told';
      });
    });
    await page.context().setOffline(true);
    web.dropSockets();
    await core.invoke('library.create', { chordpro: '{title: Meanwhile}' });
    await page.context().setOffline(false);
    await page.waitForFunction(() => document.title === 'told');
    const listed = await page.evaluate(() => window.bridge.invoke('library.list', {}));
    expect(listed).toMatchObject({ ok: true, result: [{ title: 'Meanwhile' }] });
  });
});
