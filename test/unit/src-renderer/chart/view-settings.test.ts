import { describe, expect, test } from 'vitest';
import { defaultViewSettings, isOwnView, readViewSettings } from '../../../../src-renderer/features/chart/view-settings.ts';

describe('a stored view', () => {
  test('is read field by field; what does not fit falls back alone', () => {
    const stored = JSON.stringify({ transpose: 2, capo: 99, size: 20.5, columns: 2, notation: 'klingon', more: 1 });
    expect(readViewSettings(stored)).toEqual({ ...defaultViewSettings, transpose: 2, columns: 2 });
  });

  test.each(['', 'null', '[]', '{', '"text"', '{"__proto__":{"transpose":3}}'])('broken or strange (%s) is the shared chart', (stored) => {
    expect(readViewSettings(stored)).toEqual(defaultViewSettings);
  });

  test('is one’s own when the chords differ, not when it is only larger', () => {
    expect(isOwnView({ ...defaultViewSettings, size: 30, columns: 2, theme: 'dark' })).toBe(false);
    expect(isOwnView({ ...defaultViewSettings, transpose: -1 })).toBe(true);
    expect(isOwnView({ ...defaultViewSettings, capo: 0 })).toBe(true);
    expect(isOwnView({ ...defaultViewSettings, hide_chords: true })).toBe(true);
  });
});
