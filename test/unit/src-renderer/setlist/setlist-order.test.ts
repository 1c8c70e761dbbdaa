import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentItem, moveTarget, neighbour, type PlacedSong } from '../../../../src-renderer/features/setlist/setlist-order.ts';

function list(...names: string[]): PlacedSong[] {
  return names.map((name) => ({ item_id: name, song_id: `song ${name}`, title: name }));
}

test('moving names the item to stand after, and nothing where nothing moves', () => {
  const items = list('a', 'b', 'c');
  expect(moveTarget(items, 'c', 0)).toBeNull();
  expect(moveTarget(items, 'a', 1)).toBe('b');
  expect(moveTarget(items, 'a', 9)).toBe('c');
  expect(moveTarget(items, 'a', -1)).toBeUndefined();
  expect(moveTarget(items, 'b', 1)).toBeUndefined();
  expect(moveTarget(items, 'gone', 1)).toBeUndefined();
});

test('an item put after its target stands at the place that was asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(8), fc.integer({ min: -3, max: 12 }), (length, from, index) => {
      const items = list(...'abcdefghi'.slice(0, length).split(''));
      const item = items[from % length];
      if (item === undefined) return;
      const after = moveTarget(items, item.item_id, index);
      const wanted = Math.max(0, Math.min(index, length - 1));
      if (after === undefined) {
        expect(items.indexOf(item)).toBe(wanted);
        return;
      }
      const others = items.filter((each) => each !== item);
      others.splice(after === null ? 0 : others.findIndex((each) => each.item_id === after) + 1, 0, item);
      expect(others.indexOf(item)).toBe(wanted);
    }),
  );
});

test('the song in front stays while it is on the list, else the first is', () => {
  const items = list('a', 'b');
  expect(currentItem(items, 'song b')?.item_id).toBe('b');
  expect(currentItem(items, 'song gone')?.item_id).toBe('a');
  expect(currentItem([], 'song b')).toBeNull();
});

test('next and previous end at the ends', () => {
  const items = list('a', 'b');
  const [a = null, b = null] = items;
  expect(neighbour(items, a, 1)).toBe(b);
  expect(neighbour(items, b, 1)).toBeNull();
  expect(neighbour(items, a, -1)).toBeNull();
  expect(neighbour(items, null, 1)).toBeNull();
});
