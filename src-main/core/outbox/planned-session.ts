import type { InputOf } from '../../../shared/api/operations.ts';
import type { SessionPlan } from '../../../shared/ipc/outbox.ts';
import type { OutboxWork } from './outbox-store.ts';

/** A song of the library, as much of it as a session takes over. */
export interface PlannedSong {
  id: string;
  title: string;
  artist: string;
  chordpro: string;
}

/** Null: it is no longer in the library. */
export type SongOf = (id: string) => PlannedSong | null;

const titleLength = 500;

function songInput({ id, title, artist, chordpro }: PlannedSong): PlannedSong {
  return { id, title: title.slice(0, titleLength), artist: artist.slice(0, titleLength), chordpro };
}

const songsOf = (plan: SessionPlan, songOf: SongOf): PlannedSong[] => [...new Set(plan.song_ids)].flatMap((id) => songOf(id) ?? []);

/** The request that makes it, with the first song. */
export function creationOf(plan: SessionPlan, songOf: SongOf): InputOf<'createSession'> {
  const { name, template_id, access_mode } = plan;
  const [first] = songsOf(plan, songOf);
  return { name, template_id, access_mode, ...(first !== undefined && { song: songInput(first) }) };
}

/**
 * What is still to be done when it is there: its other songs, and who is invited.
 * @param firstSong the one that it was made with
 */
export function afterCreation(plan: SessionPlan, sessionId: string, firstSong: string | null, songOf: SongOf): OutboxWork[] {
  const songs = songsOf(plan, songOf)
    .filter(({ id }) => id !== firstSong)
    .map((song): OutboxWork => {
      const input = { id: sessionId, song: songInput(song) } satisfies InputOf<'addDocument'>;
      return { kind: 'request', operation: 'addDocument', input, about: song.title };
    });
  if (plan.invitations.length === 0) return songs;
  const input = { id: sessionId, users: plan.invitations } satisfies InputOf<'invite'>;
  const about = plan.invitations
    .map(({ email }) => email)
    .join(', ')
    .slice(0, 300);
  return [...songs, { kind: 'request', operation: 'invite', input, about }];
}
