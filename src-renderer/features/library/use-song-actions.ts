import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { LibrarySongHead } from '../../../shared/ipc/library.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys } from '../../app/queries.ts';
import { sayingFaults } from '../../app/saying-faults.ts';
import { en } from '../../text/en.ts';
import { sayUndoable } from '../../ui/notices.tsx';

export interface SongActions {
  createSong: () => Promise<void>;
  removeSong: (song: Pick<LibrarySongHead, 'id' | 'title'>) => Promise<void>;
  exportSong: (id: string) => Promise<void>;
  rehearse: (id: string) => void;
}

/** What one can do with a song of the library, wherever it is shown; the same object until it does something else. */
export function useSongActions(): SongActions {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMemo(() => {
    const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: keys.library });
    return {
      createSong: () =>
        sayingFaults(async () => {
          const song = await ask(bridge, 'library.create', { chordpro: en.library.newSongText });
          await refresh();
          await navigate(`/song/${song.id}`);
        }),
      removeSong: ({ id, title }) =>
        sayingFaults(async () => {
          await ask(bridge, 'library.remove', { id });
          await refresh();
          sayUndoable(en.library.removed(title === '' ? en.library.untitled : title), () => {
            void sayingFaults(async () => {
              await ask(bridge, 'library.restore', { id });
              await refresh();
            });
          });
        }),
      exportSong: (id) =>
        sayingFaults(async () => {
          const { name, content } = await ask(bridge, 'library.export', { id });
          const url = URL.createObjectURL(new Blob([new Uint8Array(content)], { type: 'text/plain' }));
          const link = document.createElement('a');
          link.href = url;
          link.download = name;
          link.click();
          URL.revokeObjectURL(url);
        }),
      rehearse: (id) => void navigate(`/sessions?new=1&song=${id}`),
    };
  }, [bridge, client, navigate]);
}
