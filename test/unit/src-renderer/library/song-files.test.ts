import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBatches, isSongFile } from '../../../../src-renderer/features/library/song-files.ts';

test('song files are known by their endings, in any case', () => {
  for (const name of ['a.cho', 'B.CHOPRO', 'c.crd', 'd.pro', 'e.txt', 'f.onsong', 'g.XML']) expect(isSongFile(name)).toBe(true);
  for (const name of ['a.pdf', 'cho', '.DS_Store', 'b.cho.zip', '']) expect(isSongFile(name)).toBe(false);
});

test('batches keep every file in its order and stay within their size, but for a file that is too large alone', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ size: fc.nat(6 * 1024 * 1024) }), { maxLength: 80 }), (files) => {
      const batches = inBatches(files);
      expect(batches.flat()).toEqual(files);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(25);
        const bytes = batch.reduce((sum, file) => sum + file.size, 0);
        expect(batch.length === 1 || bytes <= 4 * 1024 * 1024).toBe(true);
      }
    }),
  );
});
