import { expect, test } from 'vitest';
import { readTrackEvent } from '../../../shared/playback/track-event.ts';
import type { RecordingEvent } from '../../../shared/session/recording-schemas.ts';
import { songId } from '../../support/band.ts';

const user_id = '0198f000-0000-7000-8000-000000000b0b';
const event = (type: RecordingEvent['type'], data: RecordingEvent['data']): RecordingEvent => ({
  type,
  user_id,
  relative_ms: 5,
  at: '2026-01-01T00:00:00.000Z',
  data,
});
const place = { tname: `s:${songId}`, item: { client: 1, clock: 2 }, assoc: 0 };

test('where people pointed is read strictly; what the ledger tells, and what is malformed, is left out', () => {
  const moved = { cursor: { anchor: place, head: place }, scroll: 0.5, is_typing: true };
  expect(readTrackEvent(event('user_joined', {}))).toEqual({ type: 'user_joined', user_id, ms: 5 });
  expect(readTrackEvent(event('song_shown', { song_id: songId }))).toEqual({ type: 'song_shown', user_id, ms: 5, song_id: songId });
  expect(readTrackEvent(event('cursor_moved', moved))).toEqual({ type: 'cursor_moved', user_id, ms: 5, ...moved });
  expect(readTrackEvent(event('cursor_moved', { ...moved, cursor: null }))).toMatchObject({ cursor: null });
  const became = event('permission_changed', { from: 'viewer', to: 'editor' });
  expect(readTrackEvent(became)).toEqual({ type: 'permission_changed', user_id, ms: 5, to: 'editor' });
  const refused: RecordingEvent[] = [
    event('content_edited', { n: 1 }),
    event('song_shown', { song_id: 'x' }),
    event('permission_changed', { from: 'viewer', to: 'king' }),
    event('cursor_moved', { ...moved, scroll: 2 }),
    event('cursor_moved', { ...moved, more: 1 }),
    event('cursor_moved', { ...moved, cursor: { anchor: place, head: { ...place, tname: '../etc' } } }),
  ];
  expect(refused.map(readTrackEvent)).toEqual([null, null, null, null, null, null]);
});
