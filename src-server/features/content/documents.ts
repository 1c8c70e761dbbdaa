import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { Document, DocumentHead, documentFormats } from '../../../shared/session/content-schemas.ts';
import { songsJson } from '../../../shared/music/export-json.ts';
import { chartText } from '../../../shared/music/export-text.ts';
import { parseSongs } from '../../../shared/music/parse-song.ts';
import { newId } from '../../deps.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import { chartFromNames } from '../sessions/song-head.ts';
import { enterToWrite } from './content-gate.ts';
import type { SongText } from './content-port.ts';

type Format = (typeof documentFormats)[number];
type DocumentHandlers = Pick<Handlers, 'listDocuments' | 'getDocument' | 'addDocument' | 'replaceDocument' | 'removeDocument'>;

function headOf({ chordpro, ...song }: SongText): DocumentHead {
  return { ...song, characters: chordpro.length };
}

function contentAs(chordpro: string, format: Format): Document['content'] {
  switch (format) {
    case 'chordpro':
      return chordpro;
    case 'text':
      return parseSongs(chordpro)
        .map((chart) => chartText(chart))
        .join('\n');
    case 'json':
      // Through text: what a chart leaves undefined is not there.
      return JSON.parse(JSON.stringify(songsJson(parseSongs(chordpro)))) as Extract<Document['content'], object>;
  }
}

/** The songs of a session for programs that speak no ledger. */
export function createDocuments({ deps, sessions, content }: Pick<SessionParts, 'deps' | 'sessions' | 'content'>): DocumentHandlers {
  async function show(id: string, songId: string, format: Format): Promise<Document> {
    const song = await content.song(id, songId);
    if (song === null) throw new Fault('not-found');
    return { ...headOf(song), format, content: contentAs(song.chordpro, format) };
  }

  return {
    async listDocuments({ id }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      return { items: (await content.songs(id)).map(headOf), next_cursor: null };
    },

    async getDocument({ id, song_id, format }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      return show(id, song_id, format);
    },

    async addDocument({ id, song }, caller) {
      const { userId } = enterToWrite(sessions, id, caller, 'edit');
      const songId = song.id ?? newId(deps);
      const there = await content.songs(id);
      if (there.some(({ song_id }) => song_id === songId)) {
        throw new Fault('unprocessable', undefined, [{ path: 'song.id', message: 'The session has this song already.' }]);
      }
      if (there.length >= limits.songsPerSession) throw new Fault('too-many');
      const chordpro = song.chordpro ?? chartFromNames(song.title, song.artist ?? '');
      await content.addSong(id, userId, { song_id: songId, chordpro });
      return show(id, songId, 'chordpro');
    },

    async replaceDocument({ id, song_id, chordpro }, caller) {
      const { userId } = enterToWrite(sessions, id, caller, 'edit');
      if (!(await content.replaceSong(id, userId, { song_id, chordpro }))) throw new Fault('not-found');
      return show(id, song_id, 'chordpro');
    },

    async removeDocument({ id, song_id }, caller) {
      const { userId } = enterToWrite(sessions, id, caller, 'edit');
      if (!(await content.removeSong(id, userId, song_id))) throw new Fault('not-found');
      return null;
    },
  };
}
