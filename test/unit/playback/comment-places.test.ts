import { expect, test } from 'vitest';
import { wordsMovedBy } from '../../../shared/playback/comment-places.ts';

const words = { from: 4, to: 8 };
const written = (at: number) => wordsMovedBy(words, { song_id: 'aa', at, removed: '', inserted: 'la' });
const takenOut = (at: number, removed: string) => wordsMovedBy(words, { song_id: 'aa', at, removed, inserted: '' });

test('what is written right before or behind commented words stays outside, what is written within is theirs', () => {
  expect(written(0)).toEqual({ from: 6, to: 10 });
  expect(written(4)).toEqual({ from: 6, to: 10 });
  expect(written(5)).toEqual({ from: 4, to: 10 });
  expect(written(8)).toEqual({ from: 4, to: 8 });
  expect(takenOut(2, 'abc')).toEqual({ from: 2, to: 5 });
  expect(takenOut(6, 'abc')).toEqual({ from: 4, to: 6 });
  expect(takenOut(3, 'abcdef')).toEqual({ from: 3, to: 3 });
});
