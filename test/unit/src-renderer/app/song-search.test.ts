import { QueryObserver } from '@tanstack/react-query';
import { expect, onTestFinished, test } from 'vitest';
import type { Bridge } from '../../../../shared/ipc/contract.ts';
import { makeQueryClient } from '../../../../src-renderer/app/queries.ts';
import { songSearch, type SongFinds } from '../../../../src-renderer/app/song-search.ts';

/** Answers each search when it is told to; the number of finds says which one it is. */
function showSearch() {
  const waiting = new Map<string, () => void>();
  const invoke = (_: string, { q }: { q: string }) =>
    new Promise((resolve) => void waiting.set(q, () => resolve({ ok: true, result: { songs: [], total_count: q.length } })));
  const bridge = { invoke, on: () => () => {} } as unknown as Bridge;
  const observer = new QueryObserver<SongFinds | null>(makeQueryClient(), songSearch(bridge, '', []));
  onTestFinished(observer.subscribe(() => {}));
  return {
    type: (q: string) => observer.setOptions(songSearch(bridge, q, [])),
    answer: (q: string) => waiting.get(q)?.(),
    shown: () => observer.getCurrentResult().data?.total_count ?? null,
  };
}

test('what was found for the letter before stays in sight until the answer is there', async () => {
  const search = showSearch();
  search.type('s');
  expect(search.shown()).toBeNull();
  search.answer('s');
  await expect.poll(search.shown).toBe(1);
  search.type('si');
  expect(search.shown()).toBe(1);
  search.answer('si');
  await expect.poll(search.shown).toBe(2);
});

test('after the field was emptied nothing of an earlier word comes back', async () => {
  const search = showSearch();
  search.type('silent');
  search.answer('silent');
  await expect.poll(search.shown).toBe(6);
  search.type('');
  expect(search.shown()).toBeNull();
  search.type('g');
  expect(search.shown()).toBeNull();
});
