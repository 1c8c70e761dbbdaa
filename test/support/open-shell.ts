import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { _electron, type Browser, type Page } from 'playwright-core';
import { type RunningApp, startApp } from './app.ts';
import { launchChromium, openPage } from './chromium.ts';

const root = join(import.meta.dirname, '..', '..');

/** Electron's runtime is a download of its own that many networks refuse. */
export const hasElectronRuntime = existsSync(join(root, 'node_modules', 'electron', 'dist'));

export interface OpenShell {
  app: RunningApp;
  /** What shows the app; in the desktop window it is the app itself. */
  browser: Pick<Browser, 'close'>;
  page: Page;
}

export interface ShellOptions {
  dataDir: string;
  serverUrl?: string;
  /** Run in the page before anything of it. */
  script?: string;
}

/** The app in a window: the local web shell in a Chromium of its own, or, with `TEST_SHELL=electron`, Electron's own. */
export function openShell(options: ShellOptions): Promise<OpenShell> {
  return process.env['TEST_SHELL'] === 'electron' ? openElectron(options) : openWeb(options);
}

async function openWeb({ dataDir, serverUrl, script = '' }: ShellOptions): Promise<OpenShell> {
  const starting = startApp({ dataDir, ...(serverUrl === undefined ? {} : { serverUrl }) });
  const [app, browser] = await Promise.all([starting, launchChromium()]);
  return { app, browser, page: await openPage(browser, app.url, script) };
}

/** Of what scripts/test-electron.ts has built. */
export async function openElectron({ dataDir, serverUrl, script = '' }: ShellOptions): Promise<OpenShell> {
  // In Node, this module is the path of the runtime's program.
  const program: unknown = createRequire(import.meta.url)('electron');
  if (typeof program !== 'string') throw new Error('the runtime is not complete');
  const server = serverUrl === undefined ? [] : ['--server', serverUrl];
  const electron = await _electron.launch({ executablePath: program, args: [root, '--data-dir', dataDir, ...server] });
  const page = await electron.firstWindow();
  await page.setViewportSize({ width: 1280, height: 800 });
  if (script !== '') {
    await page.addInitScript(script);
    await page.reload();
  }
  const running = electron.process();
  const ended = new Promise<void>((resolve) => void running.once('exit', () => resolve()));
  const app: RunningApp = {
    url: 'app://chordme/',
    pid: running.pid ?? 0,
    output: [],
    stop: () => electron.close(),
    kill: async () => {
      running.kill('SIGKILL');
      await ended;
    },
  };
  return { app, browser: { close: () => Promise.resolve() }, page };
}
