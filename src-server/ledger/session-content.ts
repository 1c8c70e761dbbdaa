import type * as Y from 'yjs';
import { anchorAt, placesOf } from '../../shared/ledger/anchor.ts';
import { readMessages } from '../../shared/ledger/chat.ts';
import { readThreads, type Remark } from '../../shared/ledger/comments.ts';
import { entryKinds, type Entry } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Comment } from '../../shared/ledger/payloads.ts';
import { readSetlist } from '../../shared/ledger/setlist.ts';
import { rootOfSong } from '../../shared/ledger/update.ts';
import { readSongHead } from '../../shared/music/read-song-head.ts';
import type { SaidRemark, SaidThread, SessionContent, SongText } from '../features/content/content-port.ts';
import type { SessionRoom } from './session-room.ts';

function textOf(ledger: Ledger, songId: string): Y.Text {
  return ledger.fold.doc.getText(rootOfSong(songId));
}

function songIn(ledger: Ledger, songId: string): SongText | null {
  if (ledger.fold.sets.get(`song/${songId}`)?.value !== true) return null;
  const chordpro = textOf(ledger, songId).toJSON();
  return { song_id: songId, ...readSongHead(chordpro), chordpro };
}

const atOf = (ledger: Ledger, entry: Entry): number => ledger.recordOf(entry.hash)?.receivedAt ?? entry.at;

function remarkIn(ledger: Ledger, { id, entry, user_id, text, edited_by }: Remark): SaidRemark {
  return { id, user_id, text, is_edited: edited_by !== null, atMs: atOf(ledger, entry) };
}

/** A comment of REST as the ledger has it; null when what it is about is not there. */
function commentOf(ledger: Ledger, { text, target }: Parameters<SessionContent['comment']>[2]): Comment | null {
  if ('reply_to' in target) {
    const isThere = readThreads(ledger, ledger.fold.comments, ledger.fold.gone).some(
      ({ id, first, replies }) => (first !== null && id === target.reply_to) || replies.some((reply) => reply.id === target.reply_to),
    );
    return isThere ? { type: 'add', text, anchor: null, reply_to: target.reply_to } : null;
  }
  const { song_id, from, to } = target;
  if (songIn(ledger, song_id) === null || to > textOf(ledger, song_id).length) return null;
  return { type: 'add', text, anchor: anchorAt(textOf(ledger, song_id), song_id, { from, to }), reply_to: null };
}

/** What sessions hold, read out of their rooms, and what REST writes into them. */
export function createSessionContent(roomOf: (sessionId: string) => Promise<SessionRoom>): SessionContent {
  /** @param work answers false or null where nothing was written: that is no sign of life in the session */
  async function written<Result>(sessionId: string, userId: string, work: (room: SessionRoom) => Promise<Result>): Promise<Result> {
    const room = await roomOf(sessionId);
    const result = await work(room);
    if (result !== false && result !== null) room.noteWriting(userId);
    return result;
  }

  return {
    async songs(sessionId) {
      const { ledger } = await roomOf(sessionId);
      const ids = new Set(readSetlist(ledger.fold.sets).map(({ song_id }) => song_id));
      return [...ids].flatMap((songId) => songIn(ledger, songId) ?? []);
    },

    async song(sessionId, songId) {
      return songIn((await roomOf(sessionId)).ledger, songId);
    },

    addSong: (sessionId, userId, song) => written(sessionId, userId, ({ writer }) => writer.createSong(userId, song)),
    replaceSong: (sessionId, userId, song) => written(sessionId, userId, ({ writer }) => writer.replaceSong(userId, song)),
    removeSong: (sessionId, userId, songId) => written(sessionId, userId, ({ writer }) => writer.removeSong(userId, songId)),

    async messages(sessionId) {
      const { ledger } = await roomOf(sessionId);
      return readMessages(ledger, ledger.fold.chat, ledger.fold.gone).map(({ id, entry, user_id, text, reply_to, reactions }) => ({
        id,
        user_id,
        text,
        reply_to,
        reactions: reactions.map(({ emoji, user_ids }) => ({ emoji, user_ids: [...user_ids] })),
        atMs: atOf(ledger, entry),
      }));
    },

    say: (sessionId, userId, { text, reply_to }) =>
      written(sessionId, userId, ({ ledger, writer }) =>
        writer.say(userId, entryKinds.chat, () => {
          const isThere = reply_to === null || readMessages(ledger, ledger.fold.chat, ledger.fold.gone).some(({ id }) => id === reply_to);
          return isThere ? { type: 'message', text, reply_to } : null;
        }),
      ),

    async threads(sessionId) {
      const { ledger } = await roomOf(sessionId);
      const threads = readThreads(ledger, ledger.fold.comments, ledger.fold.gone);
      const anchored = threads.flatMap(({ id, anchor }) => (anchor === null ? [] : [{ id, anchor }]));
      const places = new Map<string, SaidThread['place']>();
      for (const [songId, ofSong] of Map.groupBy(anchored, ({ anchor }) => anchor.song_id)) {
        const found = placesOf(
          textOf(ledger, songId),
          ofSong.map(({ anchor }) => anchor),
        );
        for (const [at, { id }] of ofSong.entries()) places.set(id, found[at] ?? null);
      }
      return threads.map(({ id, anchor, is_resolved, first, replies }) => ({
        id,
        anchor,
        place: places.get(id) ?? null,
        is_resolved,
        first: first === null ? null : remarkIn(ledger, first),
        replies: replies.map((reply) => remarkIn(ledger, reply)),
      }));
    },

    comment: (sessionId, userId, comment) =>
      written(sessionId, userId, ({ ledger, writer }) => writer.say(userId, entryKinds.comment, () => commentOf(ledger, comment))),

    async changeComment(sessionId, userId, commentId, change) {
      await written(sessionId, userId, ({ writer }) =>
        writer.say(userId, entryKinds.comment, () => {
          const { type, ...words } = change;
          // In the order of the payload's schema: it must re-encode to the same bytes.
          return { type, comment: commentId, ...words } as Comment;
        }),
      );
    },
  };
}
