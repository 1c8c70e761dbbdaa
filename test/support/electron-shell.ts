import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/contract.ts';
import type { ShellParts } from '../../src-main/electron/start-shell.ts';
import type { CoreParts } from '../../src-main/core/create-core.ts';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import { systemClock, systemRandom, systemTimers } from '../../src-main/core/system.ts';
import { startShell } from '../../src-main/electron/start-shell.ts';
import { createElectronDouble, type DoubleOptions, type ElectronDouble } from './electron-double.ts';
import { rendererRoot } from './renderer-root.ts';
import { testDirectory, testNetworks } from './test-core.ts';

/** The whole Electron shell, started on the double; it is quit with the test. */
export async function startShellDouble(
  options: Partial<DoubleOptions> & {
    parts?: Partial<CoreParts>;
    shell?: Partial<Pick<ShellParts, 'platform' | 'dataDir' | 'opened' | 'updaterApi'>>;
  } = {},
): Promise<ElectronDouble & { lines: string[] }> {
  const { parts = {}, shell = {}, ...rest } = options;
  const double = createElectronDouble({ userData: join(testDirectory(), 'user'), ...rest });
  const lines: string[] = [];
  await startShell({
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    fetch: globalThis.fetch,
    logger: silentLogger,
    networks: testNetworks,
    computerName: 'The Cellar',
    multicast: null,
    embedded: null,
    ...parts,
    electron: double.api,
    platform: 'linux',
    dataDir: null,
    rendererRoot: rendererRoot(),
    preload: '/built/preload.cjs',
    trayImage: '/built/tray.png',
    updaterApi: null,
    opened: { files: [], links: [] },
    ...shell,
    ready: (line) => void lines.push(line),
  });
  onTestFinished(async () => {
    // A second instance, or one that could not start, has nothing to close.
    if (double.windows.length === 0) return;
    double.app.emit('will-quit');
    await vi.waitUntil(() => double.app.exitCode !== null);
  });
  return { ...double, lines };
}

/** Runs the real preload script against the double and answers what it gave to the page. */
export async function loadPreload(double: ElectronDouble): Promise<{ name: string; bridge: Bridge }> {
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const exposed: { name: string; bridge: Bridge }[] = [];
  const [window] = double.windows;
  if (window !== undefined) {
    window.received = (channel, ...args) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
    };
  }
  vi.resetModules();
  vi.doMock('electron', () => ({
    contextBridge: { exposeInMainWorld: (name: string, bridge: Bridge) => void exposed.push({ name, bridge }) },
    ipcRenderer: {
      invoke: (channel: string, ...args: unknown[]) => double.invoke(channel, args),
      on: (channel: string, listener: (...args: unknown[]) => void) =>
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
      off: (channel: string, listener: (...args: unknown[]) => void) => listeners.get(channel)?.delete(listener),
    },
  }));
  await import('../../src-main/electron/preload.ts');
  vi.doUnmock('electron');
  const [first, ...more] = exposed;
  if (first === undefined || more.length > 0) throw new Error('the preload exposes exactly one thing');
  return first;
}
