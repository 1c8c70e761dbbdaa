import { array, assert, property, string, tuple, double, nat } from 'fast-check';
import { expect, test } from 'vitest';
import { applySplice, applySplices, type Splice } from '../../../shared/playback/splice.ts';

const edits = array(tuple(double({ min: 0, max: 1, noNaN: true }), nat(4), string({ maxLength: 4 })), { maxLength: 40 });

test('many splices at once make the same text as one after the other', () => {
  assert(
    property(string({ maxLength: 60 }), edits, (text, list) => {
      const splices: Splice[] = [];
      const after = list.reduce((before, [share, most, inserted]) => {
        const at = Math.floor(share * before.length);
        const splice = { song_id: 'song', at, removed: before.slice(at, at + most), inserted };
        splices.push(splice);
        return applySplice(before, splice);
      }, text);
      expect(applySplices(text, splices)).toBe(after);
    }),
  );
});
