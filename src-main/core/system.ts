import { randomBytes } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import type { Clock, Timers } from '../../shared/base/clock.ts';
import type { RandomBytes } from '../../shared/base/ids.ts';
import type { Network } from '../../shared/ipc/hosting.ts';
import { readNetworks } from './hosting/networks.ts';

/** The real clock, timers and randomness, for the programs that start a core; everything below takes them as arguments. */
export const systemClock: Clock = { now: () => Date.now() };

export const systemTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));

export const systemNetworks = (): Network[] => readNetworks(networkInterfaces());

/** As the one who set the computer up called it. */
export const systemName = (): string => hostname().slice(0, 80) || 'ChordMe';
