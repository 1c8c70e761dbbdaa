import { expect, test } from 'vitest';
import { TakeBacks } from '../../../../src-renderer/session/take-backs.ts';
import { FakeTime } from '../../../support/fake-time.ts';

function scene(): { time: FakeTime; told: string[]; takeBacks: TakeBacks; changes: () => number } {
  const time = new FakeTime();
  const told: string[] = [];
  let changes = 0;
  const takeBacks = new TakeBacks(time, () => (changes += 1));
  return { time, told, takeBacks, changes: () => changes };
}

test('what is taken back is told once, when its undo is over', () => {
  const { time, told, takeBacks, changes } = scene();
  const undo = takeBacks.add('a', () => told.push('a'));
  takeBacks.add('a', () => told.push('again'));
  expect([...takeBacks.ids]).toEqual(['a']);
  time.advance(10_000);
  expect(told).toEqual([]);
  time.advance(5_000);
  expect(told).toEqual(['a']);
  expect(takeBacks.ids.size).toBe(0);
  undo();
  time.advance(60_000);
  expect(told).toEqual(['a']);
  expect(changes()).toBe(2);
});

test('undone in time, nothing is told; it can be taken back again', () => {
  const { time, told, takeBacks } = scene();
  takeBacks.add('a', () => told.push('a'))();
  expect(takeBacks.ids.size).toBe(0);
  time.advance(60_000);
  expect(told).toEqual([]);
  takeBacks.add('a', () => told.push('a'));
  time.advance(60_000);
  expect(told).toEqual(['a']);
});

test('the end of the session tells what waits, and no timer tells it twice', () => {
  const { time, told, takeBacks } = scene();
  takeBacks.add('a', () => told.push('a'));
  takeBacks.add('b', () => told.push('b'));
  takeBacks.tellAll();
  time.advance(60_000);
  expect(told).toEqual(['a', 'b']);
});
