import { expect, test } from 'vitest';
import type { KeptDraft } from '../../../../shared/ipc/contract.ts';
import { joined, named, uncovered } from '../../../../src-renderer/session/kept-drafts.ts';

const song_id = '0198f000-0000-7000-8000-0000000000aa';

function draftOf(text: string, ...marks: string[]): KeptDraft {
  return { song_id, text, entry_count: marks.length, since: 1, marks };
}

test('[R-LOC-3] of the same changes the last text is kept, and none that another one holds', () => {
  const [first, last, more] = [draftOf('old', 'a', 'b'), draftOf('new', 'b', 'a'), draftOf('more', 'a', 'c')];
  expect(uncovered([first, last, more])).toEqual([last, more]);
  expect(uncovered([draftOf('part', 'a'), more])).toEqual([more]);
  expect(uncovered([draftOf('part', 'a'), { ...more, song_id: `${song_id.slice(0, -1)}b` }])).toHaveLength(2);
});

test('[R-LOC-3] one text that left a song in pieces is one draft', () => {
  expect(joined(draftOf('text', 'b'), [draftOf('text', 'a')])).toEqual(draftOf('text', 'a', 'b'));
  expect(joined(draftOf('text', 'b'), [draftOf('other', 'a')])).toEqual(draftOf('text', 'b'));
});

test('[R-LOC-3] a draft does not take the place of another one that shares a change with it', () => {
  const draft = draftOf('second', 'a', 'c');
  expect(named(draft, [draftOf('first', 'a', 'b'), draft])).toEqual(draftOf('second', 'c', 'a'));
  expect(named(draft, [draft])).toEqual(draft);
});
