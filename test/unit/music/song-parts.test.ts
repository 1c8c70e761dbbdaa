import { expect, test } from 'vitest';
import { partsOf, withPart } from '../../../shared/music/song-parts.ts';

const song = `{title: Silent Night}
{key: G}

{start_of_verse: Verse 1}
[G]Silent night, holy night
{end_of_verse}

{soc}
Sleep in heavenly [C]peace
{eoc}

{start_of_verse: Verse 2}
Shepherds quake at the sight
{end_of_verse}

{chorus}

[G]Loose words at the end
in two lines
`;

const partNamed = (text: string, name: string) => {
  const found = partsOf(text).find(({ label, type, words }) => [label, type, words].includes(name));
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

test('the parts of a song are its sections with their directives, and its paragraphs; a recalled chorus is none', () => {
  expect(partsOf(song).map(({ type, label, words, text }) => [type, label, words, text])).toEqual([
    ['verse', 'Verse 1', 'Silent night, holy night', '{start_of_verse: Verse 1}\n[G]Silent night, holy night\n{end_of_verse}'],
    ['chorus', null, 'Sleep in heavenly peace', '{soc}\nSleep in heavenly [C]peace\n{eoc}'],
    ['verse', 'Verse 2', 'Shepherds quake at the sight', '{start_of_verse: Verse 2}\nShepherds quake at the sight\n{end_of_verse}'],
    ['none', null, 'Loose words at the end', '[G]Loose words at the end\nin two lines'],
  ]);
  for (const { from, to, text } of partsOf(song)) expect(song.slice(from, to)).toBe(text);
  expect(partsOf('{sov}\nnot closed')).toMatchObject([{ text: '{sov}\nnot closed' }]);
  expect(partsOf('{sov}')).toMatchObject([{ text: '{sov}', words: '' }]);
  expect(partsOf('')).toEqual([]);
});

test('a part is brought back in its place, and the rest stays as it is now', () => {
  const now = song
    .replace('Shepherds quake at the sight', 'Other words altogether')
    .replace('{key: G}', '{key: A}')
    .replace('Loose words at the end', 'Loose words at the very end, changed');
  expect(withPart(now, partNamed(song, 'Verse 2'), song)).toBe(now.replace('Other words altogether', 'Shepherds quake at the sight'));
  expect(withPart(now, partNamed(song, 'Loose words at the end'), song)).toBe(
    now.replace('Loose words at the very end, changed', 'Loose words at the end'),
  );
  expect(withPart(song, partNamed(song, 'chorus'), song)).toBe(song);
});

test('of parts with the same name the one that reads most like it is meant, whatever its place', () => {
  const older = '{sov}\none two three\n{eov}\n\n{sov}\nfour five six\n{eov}';
  const now = '{sov}\nfour five six seven\n{eov}\n\n{sov}\none two three\n{eov}';
  expect(withPart(now, partNamed(older, 'four five six'), older)).toBe('{sov}\nfour five six\n{eov}\n\n{sov}\none two three\n{eov}');
  // Where none does, it is the one with its place.
  expect(withPart('{sov}\nx\n{eov}\n\n{sov}\ny\n{eov}', partNamed(older, 'four five six'), older)).toBe(
    '{sov}\nx\n{eov}\n\n{sov}\nfour five six\n{eov}',
  );
});

test('a part that is gone comes back behind what stood before it, or at the beginning', () => {
  const chorus = '{soc}\nSleep in heavenly [C]peace\n{eoc}';
  const without = song.replace(`\n\n${chorus}`, '');
  expect(withPart(without, partNamed(song, 'chorus'), song)).toBe(song);
  const headless = '{title: Silent Night}\n\n{sov: Verse 2}\nx\n{eov}\n';
  expect(withPart(headless, partNamed(song, 'Verse 1'), song)).toBe(
    '{title: Silent Night}\n\n{start_of_verse: Verse 1}\n[G]Silent night, holy night\n{end_of_verse}\n\n{sov: Verse 2}\nx\n{eov}\n',
  );
  expect(withPart('{title: Silent Night}\n', partNamed(song, 'chorus'), song)).toBe(`{title: Silent Night}\n\n${chorus}\n`);
  expect(withPart('', partNamed(song, 'chorus'), song)).toBe(chorus);
});
