import { Fault } from '../../../shared/base/errors.ts';
import type { Clock } from '../../../shared/base/clock.ts';
import { makeUuid, type RandomBytes } from '../../../shared/base/ids.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { LibrarySong, LibrarySongHead } from '../../../shared/ipc/library.ts';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import { decodeSong } from '../../../shared/music/song-bytes.ts';
import { withTags } from '../../../shared/music/song-tags.ts';
import type { CoreHandlers } from '../answer-call.ts';
import type { RecentSongs } from './recent-songs.ts';
import { findLine, foldForSearch } from './search-text.ts';
import type { NewSong, SongHeadRow, SongStore } from './song-store.ts';
import { exportName } from './export-name.ts';
import { tagsOfText } from './song-tags.ts';

type LibraryHandlers = Pick<CoreHandlers, Extract<keyof CoreHandlers, `library.${string}`>>;

export interface LibraryParts {
  songs: SongStore;
  recent: RecentSongs;
  clock: Clock;
  random: RandomBytes;
  /** Called after each commit that changed something. */
  changed: () => void;
}

/** What stands in one line of a list. */
const lineCharacters = 160;

function toHead(row: SongHeadRow): LibrarySongHead {
  return {
    id: row.id,
    title: row.title,
    artist: row.artist,
    key: row.song_key,
    tags: row.tags,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

/** Calls of the song library. Nothing here needs the network. */
export function createLibrary({ songs, recent, clock, random, changed }: LibraryParts): LibraryHandlers {
  const found = (id: string) => {
    const row = songs.get(id);
    if (row === null) throw new Fault('not-found');
    return row;
  };
  const toSong = (id: string): LibrarySong => {
    const row = found(id);
    return { ...toHead(row), chordpro: row.chordpro };
  };
  const newSong = (chordpro: string, original: Uint8Array | null, fileName: string | null): NewSong => {
    const { title, artist, key } = readSongHead(chordpro);
    const now = clock.now();
    const id = makeUuid(now, random);
    return {
      id,
      title,
      artist,
      song_key: key,
      chordpro,
      original,
      file_name: fileName,
      created_at: now,
      updated_at: now,
      tags: tagsOfText(chordpro),
    };
  };

  return {
    'library.list': () => songs.list().map(toHead),
    'library.search': ({ q, tags }) => {
      const phrase = foldForSearch(q);
      const { songs: all, total } = songs.find(q, tags, limits.foundSongs);
      // With each letter that is typed: the text is read only where a line of it is shown.
      const lineOf = (id: string): string | null => findLine(songs.get(id)?.chordpro ?? '', phrase)?.slice(0, lineCharacters) ?? null;
      const rows = all.flatMap(({ id, isByText }) => {
        const row = songs.head(id);
        return row === null ? [] : [{ ...toHead(row), line: isByText ? lineOf(id) : null }];
      });
      return { songs: rows, total_count: total };
    },
    'library.get': ({ id }) => toSong(id),
    'library.create': ({ chordpro }) => {
      const song = newSong(chordpro, null, null);
      songs.add([song]);
      changed();
      return toSong(song.id);
    },
    'library.save': ({ id, chordpro, is_apart }) => {
      const row = found(id);
      if (row.chordpro === chordpro) return toHead(row);
      const { title, artist, key } = readSongHead(chordpro);
      songs.save({ id, title, artist, song_key: key, chordpro, updated_at: clock.now() }, row, is_apart);
      changed();
      return toHead(found(id));
    },
    'library.versions': ({ id }) => {
      found(id);
      return songs.versions(id).map(({ id: version_id, fromMs, toMs, text }) => ({
        id: version_id,
        from_at: new Date(fromMs).toISOString(),
        to_at: new Date(toMs).toISOString(),
        chordpro: text,
      }));
    },
    'library.set_tags': ({ id, tags }) => {
      found(id);
      songs.setTags(id, tags);
      changed();
      return toHead(found(id));
    },
    'library.rename_tag': ({ tag, name }) => {
      const before = songs.renameTag(tag, name);
      changed();
      return before;
    },
    'library.put_tags': ({ songs: some }) => {
      songs.putAllTags(some);
      changed();
      return null;
    },
    'library.remove': ({ id }) => {
      if (!songs.setRemoved(id, clock.now())) throw new Fault('not-found');
      changed();
      return null;
    },
    'library.restore': ({ id }) => {
      if (!songs.setRemoved(id, null)) throw new Fault('not-found');
      changed();
      return toHead(found(id));
    },
    'library.import': ({ files, keeps_known }) => {
      const fresh: NewSong[] = [];
      const all: SongHeadRow[] = [];
      const problems: { file: string; message: string }[] = [];
      for (const { name, content } of files) {
        const known = keeps_known ? songs.findImported(name, content) : null;
        const read = known ?? readFile(content);
        if ('problem' in read) problems.push({ file: name, message: read.problem });
        else if ('id' in read) all.push(read);
        else {
          const song = newSong(read.text, content, name);
          fresh.push(song);
          all.push(song);
        }
      }
      if (fresh.length > 0) {
        songs.add(fresh);
        changed();
      }
      return { songs: all.map(toHead), problems };
    },
    'library.opened': ({ id }) => {
      found(id);
      recent.note(id);
      changed();
      return null;
    },
    'library.recent': () => recent.list().map(toHead),
    'library.export': ({ id }) => {
      const row = found(id);
      const kept = songs.readOriginal(id);
      // Compared by text, so that an edit and its undo give the very bytes back.
      const name = exportName(kept?.file_name ?? row.title);
      const text = withTags(row.chordpro, row.tags);
      const original = kept?.original ?? null;
      const isAsImported = original !== null && textOf(original) === text;
      return { name, content: isAsImported ? new Uint8Array(original) : new TextEncoder().encode(text) };
    },
  };
}

function readFile(content: Uint8Array): { text: string } | { problem: string } {
  if (content.length === 0) return { problem: 'The file is empty.' };
  // Four bytes a character is the most that any encoding takes.
  if (content.length > limits.songCharacters * 4) return { problem: 'The file is too large for a song.' };
  const text = textOf(content);
  if (text === null) return { problem: 'This is not a text file.' };
  if (text.length > limits.songCharacters) return { problem: 'The file is too large for a song.' };
  return { text };
}

/** Without its byte order mark; null when the bytes are no text: no chart has a NUL, and every picture or archive has. */
function textOf(content: Uint8Array): string | null {
  const text = decodeSong(content).text.replace(/^\ufeff/, '');
  return text.includes('\0') ? null : text;
}
