import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SongTransposing } from '../../../../src-renderer/session/song-transposing.ts';

const origin = Symbol('test');

function song(source: string): Y.Text {
  const text = new Y.Doc().getText('song');
  text.insert(0, source);
  return text;
}

test('a song is transposed in one transaction, and its undo gives back the very spelling', () => {
  const text = song('[G#]No [Ab]key\n');
  const transposing = new SongTransposing(origin);
  let transactions = 0;
  text.observe(() => (transactions += 1));
  const undo = transposing.transpose(text, 1);
  expect([text.toJSON(), transactions]).toEqual(['[A]No [A]key\n', 1]);
  undo?.();
  expect([text.toJSON(), transactions]).toEqual(['[G#]No [Ab]key\n', 2]);
});

test('each step has its own undo; what others wrote meanwhile stays', () => {
  const text = song('{key: G}\n[G]One\n');
  const transposing = new SongTransposing(origin);
  const first = transposing.transpose(text, 2);
  const second = transposing.transpose(text, 2);
  expect(text.toJSON()).toBe('{key: B}\n[B]One\n');
  text.insert(text.length, 'More\n');
  second?.();
  expect(text.toJSON()).toBe('{key: A}\n[A]One\nMore\n');
  second?.();
  expect(text.toJSON()).toBe('{key: A}\n[A]One\nMore\n');
  first?.();
  expect(text.toJSON()).toBe('{key: G}\n[G]One\nMore\n');
});

test('there is nothing to undo where there is nothing to transpose, and nothing is kept after the end', () => {
  const text = song('Only words\n');
  const transposing = new SongTransposing(origin);
  expect(transposing.transpose(text, 1)).toBeNull();
  text.insert(0, '[C]');
  const undo = transposing.transpose(text, 1);
  transposing.close();
  undo?.();
  expect(text.toJSON()).toBe('[C#]Only words\n');
});
