import { expect, test } from 'vitest';
import { Sight } from '../../../../src-renderer/features/chart/view/in-sight.tsx';

const standing = (top: number, height: number): Element =>
  ({ getBoundingClientRect: () => ({ top, bottom: top + height, height }) }) as Element;

test('what is within half a pane above or below is near; what shows nothing is told nothing', () => {
  const sight = new Sight({ current: standing(100, 500) });
  const told = new Map<string, boolean>();
  const watch = (name: string, part: Element): (() => void) => sight.watch(part, (isNear) => told.set(name, isNear));
  watch('in sight', standing(300, 50));
  watch('around all of it', standing(-5_000, 10_000));
  watch('above', standing(-190, 50));
  watch('far above', standing(-210, 50));
  watch('below', standing(840, 50));
  watch('far below', standing(860, 50));
  watch('hidden', standing(0, 0));
  const leave = watch('gone', standing(300, 50));
  leave();
  sight.look();
  expect(Object.fromEntries(told)).toEqual({
    'in sight': true,
    'around all of it': true,
    above: true,
    'far above': false,
    below: true,
    'far below': false,
  });
});
