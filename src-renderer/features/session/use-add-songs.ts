import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import type { AddSongDeeds } from '../setlist/add-song.tsx';

/** Puts songs at the end of the session's setlist, as the library has them; the first of them is then in front. */
export function useAddSongs(live: LiveSession, onChoose: (songId: string) => void): AddSongDeeds {
  const bridge = useBridge();
  return {
    onAdd: async (ids) => {
      for (const [at, id] of ids.entries()) {
        // One after another: they come to stand in this order.
        // oxlint-disable-next-line no-await-in-loop
        const { chordpro } = await ask(bridge, 'library.get', { id });
        // oxlint-disable-next-line no-await-in-loop
        const songId = await live.addSong(chordpro);
        if (at === 0) onChoose(songId);
      }
    },
    onBlank: async () => onChoose(await live.addSong(en.library.newSongText)),
  };
}
