import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { Setlist } from '../../../shared/ipc/setlists.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';
import type { PlacedSong } from './setlist-order.ts';

type Named = Pick<Setlist, 'id' | 'name'>;

export interface SetlistDeeds {
  create: (songIds: readonly string[]) => Promise<Setlist>;
  rename: (id: string, name: string) => Promise<void>;
  /** Behind another song; null: first. */
  put: (id: string, songId: string, after: string | null) => Promise<void>;
  /** At its end, in this order. Throws the Fault of the first that is refused. */
  append: (setlist: Pick<Setlist, 'id' | 'song_ids'>, songIds: readonly string[]) => Promise<void>;
  /** With undo. */
  take: (setlist: Pick<Setlist, 'id' | 'song_ids'>, song: PlacedSong) => Promise<void>;
  /** With undo. */
  remove: (setlist: Named) => Promise<void>;
  rehearse: (id: string) => void;
}

/** What one does with setlists of the library. */
export function useSetlistDeeds(): SetlistDeeds {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMemo(() => {
    const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: keys.setlists });
    const put = async (id: string, songId: string, after: string | null): Promise<void> => {
      await ask(bridge, 'setlists.put_song', { id, song_id: songId, after });
      await refresh();
    };
    return {
      create: async (songIds) => {
        const setlist = await ask(bridge, 'setlists.create', { name: en.setlists.newName, song_ids: [...songIds] });
        await refresh();
        return setlist;
      },
      rename: (id, name) =>
        sayingFaults(async () => {
          await ask(bridge, 'setlists.rename', { id, name });
          await refresh();
        }),
      put: (id, songId, after) => sayingFaults(() => put(id, songId, after)),
      append: async ({ id, song_ids }, songIds) => {
        let after = song_ids.at(-1) ?? null;
        for (const songId of songIds) {
          // One after another: they come to stand in this order.
          // oxlint-disable-next-line no-await-in-loop
          await put(id, songId, after);
          after = songId;
        }
      },
      take: ({ id, song_ids }, { song_id, title }) =>
        sayingFaults(async () => {
          const before = song_ids[song_ids.indexOf(song_id) - 1] ?? null;
          await ask(bridge, 'setlists.take_song', { id, song_id });
          await refresh();
          sayUndoable(en.setlist.removed(title === '' ? en.library.untitled : title), () => {
            void sayingFaults(() => put(id, song_id, before));
          });
        }),
      remove: ({ id, name }) =>
        sayingFaults(async () => {
          await ask(bridge, 'setlists.remove', { id });
          await refresh();
          sayUndoable(en.setlists.removed(name), () => {
            void sayingFaults(async () => {
              await ask(bridge, 'setlists.restore', { id });
              await refresh();
            });
          });
        }),
      rehearse: (id) => void navigate(`/sessions?new=1&setlist=${id}`),
    };
  }, [bridge, client, navigate]);
}
