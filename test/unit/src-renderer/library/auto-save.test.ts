import { expect, test } from 'vitest';
import { createAutoSave, type SaveState } from '../../../../src-renderer/features/library/auto-save.ts';

/** After everything that was waiting for the answer ran. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Timers turned by hand, and a disk that answers when told. */
function desk() {
  const timers = new Set<() => void>();
  const written: string[] = [];
  const states: SaveState[] = [];
  const refusals: unknown[] = [];
  const waiting: { done: () => void; refuse: (error: Error) => void }[] = [];
  const autoSave = createAutoSave({
    save: (text) => {
      written.push(text);
      return new Promise<void>((done, refuse) => waiting.push({ done, refuse }));
    },
    timers: {
      after: (_ms, run) => {
        timers.add(run);
        return () => void timers.delete(run);
      },
    },
    onState: (state) => states.push(state),
    onRefused: (error) => refusals.push(error),
  });
  return {
    autoSave,
    written,
    states,
    refusals,
    rest: () => {
      for (const run of Array.from(timers)) {
        timers.delete(run);
        run();
      }
    },
    answer: async () => {
      waiting.shift()?.done();
      await settled();
    },
    refuse: async () => {
      waiting.shift()?.refuse(new Error('disk full'));
      await settled();
    },
  };
}

test('keys typed in one go are one write, when typing rests', async () => {
  const { autoSave, written, states, rest, answer } = desk();
  for (const text of ['S', 'Si', 'Sil']) autoSave.change(text);
  expect(written).toEqual([]);
  rest();
  expect(written).toEqual(['Sil']);
  await answer();
  expect(states.at(-1)).toBe('saved');
});

test('what is typed while a write runs is written after it, never beside it', async () => {
  const { autoSave, written, states, rest, answer } = desk();
  autoSave.change('one');
  rest();
  autoSave.change('two');
  rest();
  expect(written).toEqual(['one']);
  await answer();
  expect(written).toEqual(['one', 'two']);
  await answer();
  expect(states.at(-1)).toBe('saved');
});

test('leaving writes at once; with nothing to write, nothing', () => {
  const { autoSave, written } = desk();
  autoSave.flush();
  expect(written).toEqual([]);
  autoSave.change('kept');
  autoSave.flush();
  expect(written).toEqual(['kept']);
});

test('a refused write is said and tried again with the newest text', async () => {
  const { autoSave, written, states, refusals, rest, refuse, answer } = desk();
  autoSave.change('one');
  rest();
  await refuse();
  expect(refusals).toHaveLength(1);
  expect(states.at(-1)).toBe('unsaved');
  autoSave.change('two');
  rest();
  await answer();
  expect(written).toEqual(['one', 'two']);
  expect(states.at(-1)).toBe('saved');
});
