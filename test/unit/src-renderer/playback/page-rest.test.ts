import { expect, test } from 'vitest';
import { PageRest } from '../../../../src-renderer/features/playback/page-rest.ts';

test('a page is turned to what is written elsewhere when for a second nothing was written on it', () => {
  const page = new PageRest();
  expect(page.isTurned(false, 5_000)).toBe(true);
  expect([page.isTurned(false, 5_016), page.isTurned(false, 5_999)]).toEqual([false, false]);
  expect(page.isTurned(true, 5_999)).toBe(false);
  expect([page.isTurned(false, 6_998), page.isTurned(false, 6_999)]).toEqual([false, true]);
});
