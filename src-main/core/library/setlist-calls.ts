import type { Clock } from '../../../shared/base/clock.ts';
import { Fault } from '../../../shared/base/errors.ts';
import { makeUuid, type RandomBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { Setlist } from '../../../shared/ipc/setlists.ts';
import type { CoreHandlers } from '../answer-call.ts';
import type { SetlistRow, SetlistStore } from './setlist-store.ts';
import type { SongStore } from './song-store.ts';

type SetlistHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `setlists.${string}`>>;

export interface SetlistParts {
  setlists: SetlistStore;
  songs: Pick<SongStore, 'head'>;
  clock: Clock;
  random: RandomBytes;
  /** Called after each commit that changed something. */
  changed: () => void;
}

const toSetlist = ({ updated_at, ...row }: SetlistRow): Setlist => ({ ...row, updated_at: new Date(updated_at).toISOString() });

/** Calls of the setlists of the library. Nothing here needs the network. */
export function createSetlistCalls({ setlists, songs, clock, random, changed }: SetlistParts): SetlistHandlers {
  const found = (id: string): SetlistRow => {
    const row = setlists.get(id);
    if (row === null) throw new Fault('not-found');
    return row;
  };
  const foundSong = (id: string): void => {
    if (songs.head(id) === null) throw new Fault('not-found');
  };
  const done = (): null => {
    changed();
    return null;
  };
  return {
    'setlists.list': () => setlists.list().map(toSetlist),
    'setlists.create': ({ name, song_ids }) => {
      if (setlists.count() >= limits.setlists) throw new Fault('too-many');
      for (const songId of song_ids) foundSong(songId);
      const now = clock.now();
      const id = makeUuid(now, random);
      setlists.add({ id, name, updated_at: now, song_ids: [...new Set(song_ids)] });
      changed();
      return toSetlist(found(id));
    },
    'setlists.rename': ({ id, name }) => {
      if (found(id).name === name) return null;
      setlists.rename(id, name, clock.now());
      return done();
    },
    'setlists.put_song': ({ id, song_id, after }) => {
      const { song_ids } = found(id);
      foundSong(song_id);
      if (!song_ids.includes(song_id) && song_ids.length >= limits.songsPerSession) throw new Fault('too-many');
      setlists.putSong(id, song_id, after, clock.now());
      return done();
    },
    'setlists.take_song': ({ id, song_id }) => {
      found(id);
      setlists.takeSong(id, song_id, clock.now());
      return done();
    },
    'setlists.remove': ({ id }) => {
      if (!setlists.setRemoved(id, clock.now())) throw new Fault('not-found');
      return done();
    },
    'setlists.restore': ({ id }) => {
      if (!setlists.setRemoved(id, null)) throw new Fault('not-found');
      return done();
    },
  };
}
