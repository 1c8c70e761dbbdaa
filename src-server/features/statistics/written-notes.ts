import type { ActivityDetails } from '../../../shared/session/history-schemas.ts';
import type { Database } from '../../database/open-database.ts';
import { type Deps, timestamp } from '../../deps.ts';
import type { ActivityLog } from '../activities/activity-log.ts';
import type { CountStore } from './count-store.ts';
import type { Written } from './written.ts';

/** Edits of one person within this time are one row: product.md, Activity. */
const runMs = 5 * 60 * 1_000;
/** Songs that one row of edits names. */
const mostSongs = 20;

const numberIn = (details: ActivityDetails | null, key: string): number => Number(details?.[key] ?? 0);

function songsIn(details: ActivityDetails | null): string[] {
  const songs = details?.['song_ids'];
  return Array.isArray(songs) ? songs : [];
}

/** What the ledger numbered, as rows and counts: part of the transaction that numbers it, so that they say the same after any crash. */
export function createWrittenNotes({
  db,
  deps,
  activities,
  counts,
}: {
  db: Database;
  deps: Deps;
  activities: ActivityLog;
  counts: CountStore;
}) {
  function noteEdits(sessionId: string, written: Written): void {
    const what = { session_id: sessionId, type: 'song_edited' as const, user_id: written.user_id, since: timestamp(deps.clock, -runMs) };
    activities.noteRun(what, (before) => ({
      edits: numberIn(before, 'edits') + written.edits,
      characters_added: numberIn(before, 'characters_added') + written.characters_added,
      characters_removed: numberIn(before, 'characters_removed') + written.characters_removed,
      song_ids: [...new Set([...songsIn(before), ...written.places.map(({ song_id }) => song_id)])].slice(0, mostSongs),
    }));
  }

  function noteRefused(sessionId: string, written: Written): void {
    const what = { session_id: sessionId, type: 'entry_refused' as const, user_id: written.user_id, since: timestamp(deps.clock, -runMs) };
    activities.noteRun(what, (before) => ({ count: numberIn(before, 'count') + written.refused }));
  }

  /** One row a day and person: how many, never what. */
  function noteMessages(sessionId: string, written: Written, day: string): void {
    const what = { session_id: sessionId, type: 'message_sent' as const, user_id: written.user_id, since: `${day}T00:00:00.000Z` };
    activities.noteRun(what, (before) => ({ count: numberIn(before, 'count') + written.messages }));
  }

  function noteSongs(sessionId: string, { user_id, songs_added, songs_removed }: Written): void {
    for (const song_id of songs_added) {
      const isNew =
        db.run(
          db.query
            .insertInto('session_songs')
            .values({ song_id, session_id: sessionId })
            .onConflict((conflict) => conflict.doNothing()),
        ) > 0;
      if (isNew) activities.note({ session_id: sessionId, type: 'song_added', by: { user_id }, details: { song_id } });
    }
    for (const song_id of songs_removed) {
      const isGone = db.run(db.query.deleteFrom('session_songs').where('song_id', '=', song_id).where('session_id', '=', sessionId)) > 0;
      if (isGone) activities.note({ session_id: sessionId, type: 'song_removed', by: { user_id }, details: { song_id } });
    }
  }

  return (sessionId: string, all: readonly Written[]): void => {
    const day = timestamp(deps.clock).slice(0, 10);
    for (const written of all) {
      const { user_id, entries, edits, messages, bytes, comments_added, comments_resolved } = written;
      if (entries > 0) counts.add(sessionId, user_id, day, { entries, edits, messages, bytes, comments: comments_added.length });
      for (const { song_id, section, edits: edited } of written.places) counts.addSection(sessionId, song_id, section, edited);
      noteSongs(sessionId, written);
      if (edits > 0) noteEdits(sessionId, written);
      if (messages > 0) noteMessages(sessionId, written, day);
      if (written.refused > 0) noteRefused(sessionId, written);
      for (const comment_id of comments_added)
        activities.note({ session_id: sessionId, type: 'comment_added', by: { user_id }, details: { comment_id } });
      for (const comment_id of comments_resolved)
        activities.note({ session_id: sessionId, type: 'comment_resolved', by: { user_id }, details: { comment_id } });
    }
  };
}
