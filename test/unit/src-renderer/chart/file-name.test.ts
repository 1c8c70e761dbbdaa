import { expect, test } from 'vitest';
import { fileName } from '../../../../src-renderer/features/chart/out/file-name.ts';

test.each([
  ['Silent Night', 'Silent Night.cho'],
  ['../../etc/passwd', 'etc passwd.cho'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.cho'],
  ['', 'song.cho'],
  ['...', 'song.cho'],
  ['CON', 'song CON.cho'],
  ['ends with dots...', 'ends with dots.cho'],
  ['שלום \u0000\n', 'שלום.cho'],
  ['😀'.repeat(200), `${'😀'.repeat(80)}.cho`],
  ['\ud800', '\ufffd.cho'],
])('%j becomes %s', (title, name) => {
  expect(fileName(title, 'cho')).toBe(name);
});
