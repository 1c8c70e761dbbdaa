import { limits } from '../../../shared/base/limits.ts';
import type { Settings } from '../settings/settings.ts';
import type { SongHeadRow, SongStore } from './song-store.ts';

/** The songs opened last, newest first; those that were removed are left out, and back with the undo. */
export interface RecentSongs {
  note(id: string): void;
  list(): SongHeadRow[];
}

export function createRecentSongs(settings: Settings, songs: Pick<SongStore, 'head'>): RecentSongs {
  const ids = (): string[] => settings.get('recent_songs')?.split(',') ?? [];
  return {
    note: (id) => {
      const others = ids().filter((each) => each !== id);
      settings.set('recent_songs', [id, ...others].slice(0, limits.recentSongs).join(','));
    },
    list: () => ids().flatMap((id) => songs.head(id) ?? []),
  };
}
