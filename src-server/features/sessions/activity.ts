import { timestamp } from '../../deps.ts';
import type { SessionParts } from './parts.ts';
import type { SongHead } from './song-head.ts';

/** What the ledger tells the session tables, so that lists need no ledger. Changes no statement. */
export interface SessionActivity {
  /** Somebody wrote or is there: the session lives on, the person was seen. */
  noteActivity(sessionId: string, userId: string): void;
  /** The first song of the setlist is another one, or is called otherwise; null when the setlist is empty. */
  noteSongHead(sessionId: string, head: SongHead | null): void;
}

export function createSessionActivity({ db, deps, sessions }: Pick<SessionParts, 'db' | 'deps' | 'sessions'>): SessionActivity {
  return {
    noteActivity(sessionId, userId) {
      const now = timestamp(deps.clock);
      db.transact(() => {
        sessions.update(sessionId, { last_activity_at: now });
        db.run(
          db.query.updateTable('participants').set({ last_seen_at: now }).where('session_id', '=', sessionId).where('user_id', '=', userId),
        );
      });
    },
    noteSongHead(sessionId, head) {
      sessions.update(sessionId, { song_id: head?.id ?? null, song_title: head?.title ?? '', song_artist: head?.artist ?? '' });
    },
  };
}
