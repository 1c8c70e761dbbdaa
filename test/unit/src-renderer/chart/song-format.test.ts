import { expect, test } from 'vitest';
import { guessFormat, takeIn } from '../../../../src-renderer/features/chart/take-in/song-format.ts';
import { processorMs } from '../../../support/processor-time.ts';

test.each([
  ['chordpro', '{title: x}\n[G]words'],
  ['chordpro', '[G]words with [D7]chords and nothing else'],
  ['chordpro', 'only words'],
  ['chordpro', ''],
  ['over-lyrics', 'Silent Night\n\nG        D7\nSilent night, holy night\n'],
  ['over-lyrics', 'Bella ciao\n\nLam            Mi7      Lam\nUna mattina mi son svegliato\n'],
  ['over-lyrics', 'Lied\n\n| H7   fis |  Es\nDer Mond ist aufgegangen\n'],
  ['ultimate-guitar', '[Verse 1]\nG        D7\nSilent night, holy night\n\n[Chorus]\nC  G\nSleep in peace'],
  ['onsong', 'Silent Night\nFranz Gruber\nKey: G\n\nVerse 1:\n[G]Silent night'],
  ['opensong', '<?xml version="1.0"?>\n<song><title>x</title><lyrics>[V]\n.G\n Words</lyrics></song>'],
])('%s is told by its text', (format, text) => {
  expect(guessFormat(text)).toBe(format);
  expect(takeIn(text, guessFormat(text))?.chordpro).toBeDefined();
});

test('what is not of a format is said, not guessed', () => {
  expect(takeIn('no xml', 'opensong')).toBeNull();
});

test('hostile text costs no more than its length', () => {
  const started = processorMs();
  for (const text of ['['.repeat(1_000_000), '{'.repeat(1_000_000), ' \t'.repeat(500_000), `<song>${'<'.repeat(500_000)}`])
    guessFormat(text);
  expect(processorMs() - started).toBeLessThan(2_000);
});
