import { expect, test } from 'vitest';
import { songChoices } from '../../../../src-renderer/features/library/song-choices.ts';

const at = '2026-11-20T19:00:00.000Z';
const song = (id: string, title: string, artist: string) => ({ id, title, artist, key: '', tags: [], created_at: at, updated_at: at });

test('songs are chosen by title, and by artist too where two share one', () => {
  const songs = [
    song('1', 'Hello', 'Ann'),
    song('2', 'Hello', 'Bob'),
    song('3', 'Hello', ''),
    song('4', 'Alone', 'Ann'),
    song('5', '', ''),
  ];
  expect(songChoices(songs).map((choice) => choice.label)).toEqual(['Hello (Ann)', 'Hello (Bob)', 'Hello', 'Alone', 'Untitled']);
});
