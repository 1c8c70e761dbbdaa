import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCore, type Core, type CoreParts } from '../../src-main/core/create-core.ts';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import type { Network } from '../../shared/ipc/hosting.ts';
import type { Answerer } from './ask.ts';
import { systemClock, systemRandom, systemTimers } from '../../src-main/core/system.ts';

/** A directory of its own that goes away with the test. */
export function testDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chordme-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Stands for the address of a computer in its network: another than the one that everything listens on. */
export const secondLoopback = '127.0.0.2';
export const testNetworks = (): Network[] => [{ interface: 'test0', address: secondLoopback, kind: 'inside' }];

export type TestCore = Core & Answerer & { dataDir: string };

/** A real core on real files, closed with the test (closing twice does no harm). */
export async function openTestCore(parts: Partial<CoreParts> = {}): Promise<TestCore> {
  const dataDir = parts.dataDir ?? join(testDirectory(), 'data');
  const core = await createCore({
    version: '0.0.0-test',
    platform: 'web',
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
    dataDir,
  });
  onTestFinished(() => core.close());
  return { ...core, dataDir, invoke: (name, args) => core.handle(name, args) };
}
