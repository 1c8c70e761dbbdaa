import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src-main/core/core-logger.ts';
import { startEmbeddedWith } from '../../src-main/core/embedded-authority.ts';
import type { EmbeddedAuthority, StartEmbedded } from '../../src-main/core/server-choice.ts';
import type { Host } from '../../src-server/app.ts';
import { systemRandom, systemTimers } from '../../src-main/core/system.ts';
import { testDirectory } from './test-core.ts';

/** A clock that a test moves. */
export interface MovableClock {
  now(): number;
  move(ms: number): void;
}

export function movableClock(): MovableClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    move: (ms) => {
      offset += ms;
    },
  };
}

export function testEmbedded(clock: { now(): number }): StartEmbedded {
  return startEmbeddedWith({ clock, timers: systemTimers, random: systemRandom, logger: silentLogger, computerName: 'The Cellar' });
}

/** Of no app. */
const onItsOwn: Host = { isForOthers: () => false, url: () => null, peopleChanged: () => {} };

export interface TestAuthority extends EmbeddedAuthority {
  dataDir: string;
}

/** A real authority on a real port, closed with the test. With a port and a directory: the same one again. */
export async function startAuthority(clock: { now(): number }, again?: { port: number; dataDir?: string }): Promise<TestAuthority> {
  const dataDir = again?.dataDir ?? testDirectory();
  const authority = await testEmbedded(clock)({ dataDir, port: again?.port ?? null, host: onItsOwn });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= authority.close());
  onTestFinished(close);
  return { ...authority, close, dataDir };
}
