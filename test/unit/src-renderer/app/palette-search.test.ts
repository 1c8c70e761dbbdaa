import { expect, test } from 'vitest';
import { makeSearchable, searchPalette, type PaletteEntry } from '../../../../src-renderer/app/palette-search.ts';

const entries: PaletteEntry[] = [
  { id: '1', group: 'songs', title: 'O Holy Night', detail: 'Adolphe Adam' },
  { id: '2', group: 'songs', title: 'Night and Day', detail: 'Cole Porter' },
  { id: '3', group: 'songs', title: 'Água de beber', detail: 'Antônio Carlos Jobim' },
  { id: '4', group: 'sessions', title: 'Friday rehearsal', detail: 'Night and Day' },
  { id: '5', group: 'actions', title: 'New song', detail: '' },
];
const found = (typed: string): string[] => searchPalette(makeSearchable(entries), typed, 10).map((entry) => entry.id);

test('every typed word begins a word; titles that begin so come first', () => {
  expect(found('night')).toEqual(['2', '1', '4']);
  expect(found('por nig')).toEqual(['2']);
  expect(found('ight')).toEqual([]);
});

test('accents, case and punctuation do not matter', () => {
  expect(found('agua')).toEqual(['3']);
  expect(found('ANTONIO')).toEqual(['3']);
  const apostrophe = makeSearchable([{ id: '6', group: 'songs', title: 'Don’t Think Twice, It’s All Right', detail: '' } as const]);
  expect(["don't", 'twice it', 'it’s all'].map((typed) => searchPalette(apostrophe, typed, 10).length)).toEqual([1, 1, 1]);
  expect(searchPalette(apostrophe, '’’', 10)).toHaveLength(1);
});

test('before anything is typed each group shows its first ones', () => {
  const many = Array.from({ length: 50 }, (_, at): PaletteEntry => ({ id: `s${at}`, group: 'songs', title: `Song ${at}`, detail: '' }));
  const shown = searchPalette(makeSearchable([...many, ...entries]), '  ', 12);
  expect(shown.map((entry) => entry.group)).toEqual(['sessions', 'songs', 'songs', 'songs', 'songs', 'actions']);
});
