import type { FastifyBaseLogger } from 'fastify';
import type { Clock, Timers } from '../shared/base/clock.ts';
import { makeUuid, type RandomBytes } from '../shared/base/ids.ts';

/** What the server takes from its surroundings; a composition root or a test brings it. */
export interface Deps {
  clock: Clock;
  timers: Timers;
  random: RandomBytes;
  /** Silent when absent. */
  logger?: FastifyBaseLogger;
}

/** The present moment in the form all tables and answers use: RFC 3339, UTC, milliseconds; sorts as text. */
export function timestamp(clock: Clock, plusMs = 0): string {
  return new Date(clock.now() + plusMs).toISOString();
}

export function newId(deps: Pick<Deps, 'clock' | 'random'>): string {
  return makeUuid(deps.clock.now(), deps.random);
}
