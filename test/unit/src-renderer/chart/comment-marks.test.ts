import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { commentPlace } from '../../../../src-renderer/features/chart/editor/comment-marks.ts';

const source = '{title: x}\n\n[G]Silent night,   holy [D7]night! \n   \n';

/** What a comment would be about, as text, with the selection from `from` to `to`. */
function about(from: number, to = from): string | null {
  const state = EditorState.create({ doc: source, selection: { anchor: from, head: to } });
  const place = commentPlace(state);
  return place === null ? null : state.sliceDoc(place.from, place.to);
}
const at = (text: string): number => source.indexOf(text);

test('selected words, without the space around them', () => {
  expect(about(at('night,'), at('holy') + 5)).toBe('night,   holy');
  expect(about(at('holy') + 5, at('night,'))).toBe('night,   holy');
  expect(about(at('   holy'), at('holy'))).toBeNull();
});

test('without a selection the chord or word at the caret, at its ends too', () => {
  expect(about(at('Silent') + 2)).toBe('Silent');
  expect(about(at('[D7]') + 2)).toBe('[D7]');
  expect(about(at('[G]'))).toBe('[G]');
  expect(about(at('night!') + 6)).toBe('night!');
});

test('between words the line, and nothing on an empty one', () => {
  expect(about(at('   holy') + 2)).toBe('[G]Silent night,   holy [D7]night!');
  expect(about(at('\n\n') + 1)).toBeNull();
  expect(about(source.length - 2)).toBeNull();
});
