import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { SilenceWatch } from '../../../shared/base/silence-watch.ts';
import { FakeTime } from '../../support/fake-time.ts';

test('[R-LNK-5] who is silent is asked every two seconds and dead after five; who answers stays, however long', () => {
  const time = new FakeTime();
  const said: string[] = [];
  const watch = new SilenceWatch({ timers: time, ask: () => said.push(`asked`), onDead: () => said.push('dead') });
  for (let at = 0; at < 60; at++) {
    time.advance(limits.pingEveryMs);
    watch.heard();
  }
  expect(said).toEqual(Array.from({ length: 60 }, () => 'asked'));
  said.length = 0;
  time.advance(limits.deadAfterMs - 1_001);
  expect(said).not.toContain('dead');
  time.advance(1_001);
  expect(said.at(-1)).toBe('dead');
  time.advance(60_000);
  expect(said.filter((what) => what === 'dead')).toHaveLength(1);
});

test('[R-MSH-3] a computer that slept for a night asks first: one late tick is one tick, whatever the clock says', () => {
  const late: (() => void)[] = [];
  const said: string[] = [];
  const timers = { after: () => () => undefined, every: (_ms: number, run: () => void) => (late.push(run), () => undefined) };
  const watch = new SilenceWatch({ timers, ask: () => said.push('asked'), onDead: () => said.push('dead') });
  const tick = (): void => late[0]?.();
  tick();
  tick();
  watch.heard();
  // Asleep: no tick. Awake: the ticks go on, and the other side is gone.
  for (let at = 0; at < 4; at++) tick();
  expect(said).toEqual(['asked', 'asked', 'asked']);
  tick();
  expect(said.at(-1)).toBe('dead');
});
