import type { Moment } from '../../../shared/playback/playhead.ts';

/** What is followed: the song that most looked at, one person (`user …`), or one song (`song …`). */
export type Followed = string;
export const most: Followed = 'most';

export interface InFront {
  songId: string | null;
  /** How far the person whom one follows had scrolled; null: one scrolls oneself. */
  scroll: number | null;
}

export function inFrontOf(followed: Followed, moment: Moment): InFront {
  const [kind, id = ''] = followed.split(' ');
  if (kind === 'song') return { songId: id, scroll: null };
  const person = kind === 'user' ? moment.people.find(({ user_id }) => user_id === id) : undefined;
  if (person !== undefined) return { songId: person.song_id ?? moment.song_id, scroll: person.scroll };
  return { songId: moment.song_id ?? moment.setlist[0]?.song_id ?? null, scroll: null };
}
