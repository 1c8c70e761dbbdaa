import { expect, test } from 'vitest';
import { EventsHub, type EventsParts } from '../../src-server/features/events/events-hub.ts';
import { countedTimers } from '../support/counted-timers.ts';
import { FakeTime } from '../support/fake-time.ts';

test('what changes while the server closes, a recording that ends with it, is told to nobody: no timer finds the database closed', () => {
  const { timers, left } = countedTimers(new FakeTime());
  const hub = new EventsHub({ timers, random: (length: number) => new Uint8Array(length) } as unknown as EventsParts);
  hub.close();
  hub.sessionChanged('0190f2f4-9f5a-7c3e-8a5e-3b1c2d4e5f60');
  expect(left()).toBe(0);
});
