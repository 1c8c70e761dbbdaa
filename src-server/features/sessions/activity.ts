import type { Written } from '../statistics/written.ts';
import { timestamp } from '../../deps.ts';
import type { SessionParts } from './parts.ts';
import type { SongHead } from './song-head.ts';

/** What the ledger tells the session tables, so that lists need no ledger. Changes no statement. */
export interface SessionActivity {
  /** Somebody wrote or is there: the session lives on, the person was seen. */
  noteActivity(sessionId: string, userId: string): void;
  /** The first song of the setlist is another one, or is called otherwise; null when the setlist is empty. */
  noteSongHead(sessionId: string, head: SongHead | null): void;
  /** What people did in a batch that is being numbered; part of its transaction. */
  noteWritten(sessionId: string, written: readonly Written[]): void;
  /** Who is here now. */
  notePresence(sessionId: string, users: ReadonlySet<string>): void;
}

export function createSessionActivity(
  { db, deps, sessions }: Pick<SessionParts, 'db' | 'deps' | 'sessions'>,
  noteWritten: SessionActivity['noteWritten'],
  presence: { note(sessionId: string, users: ReadonlySet<string>): void },
): SessionActivity {
  return {
    noteActivity(sessionId, userId) {
      const now = timestamp(deps.clock);
      db.transact(() => {
        sessions.update(sessionId, { last_activity_at: now });
        sessions.noteSeen(sessionId, userId, now);
      });
    },
    noteWritten,
    notePresence: (sessionId, users) => presence.note(sessionId, users),
    noteSongHead(sessionId, head) {
      sessions.update(sessionId, { song_id: head?.id ?? null, song_title: head?.title ?? '', song_artist: head?.artist ?? '' });
    },
  };
}
