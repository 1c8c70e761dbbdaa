import { Fault } from '../../../shared/base/errors.ts';
import type { CommentView } from '../../../shared/session/content-schemas.ts';
import { can } from '../../../shared/session/roles.ts';
import { type Caller, userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import { enter } from '../sessions/gate.ts';
import type { SessionParts } from '../sessions/parts.ts';
import type { PeopleNames } from '../sessions/people-names.ts';
import { enterToWrite } from './content-gate.ts';
import type { CommentTarget, SaidRemark, SaidThread } from './content-port.ts';

type CommentHandlers = Pick<Handlers, 'listComments' | 'addComment' | 'changeComment' | 'deleteComment'>;
type Remark = CommentView['replies'][number];

function targetOf(input: {
  anchor?: { song_id: string; start: number; end: number } | undefined;
  reply_to?: string | undefined;
}): CommentTarget {
  const { anchor, reply_to } = input;
  if (anchor !== undefined && reply_to === undefined) return { song_id: anchor.song_id, from: anchor.start, to: anchor.end };
  if (anchor === undefined && reply_to !== undefined) return { reply_to };
  throw new Fault('unprocessable', undefined, [{ path: 'anchor', message: 'Either anchor or reply_to.' }]);
}

/** Comments for programs that speak no ledger. */
export function createComments({ sessions, content }: Pick<SessionParts, 'sessions' | 'content'>, names: PeopleNames): CommentHandlers {
  function showRemark({ user_id, atMs, ...remark }: SaidRemark): Remark {
    return { ...remark, user: names.person(user_id), created_at: new Date(atMs).toISOString() };
  }

  function show({ id, anchor, place, is_resolved, first, replies }: SaidThread): CommentView {
    return {
      id,
      anchor: anchor === null ? null : { song_id: anchor.song_id, start: place?.from ?? null, end: place?.to ?? null, quote: anchor.quote },
      is_resolved,
      first: first === null ? null : showRemark(first),
      replies: replies.map(showRemark),
    };
  }

  /** The thread that a comment or an answer is in. */
  async function threadOf(id: string, commentId: string): Promise<SaidThread | undefined> {
    return (await content.threads(id)).find((thread) => thread.id === commentId || thread.replies.some((reply) => reply.id === commentId));
  }

  /** Own ones by whoever may comment, others' by whoever moderates besides. The authority's stream is not judged again: it is done here. */
  async function changeable(id: string, commentId: string, caller: Caller): Promise<{ userId: string; isThread: boolean }> {
    const { userId, role, table } = enterToWrite(sessions, id, caller, 'comment');
    const thread = await threadOf(id, commentId);
    const remark = thread?.first?.id === commentId ? thread.first : thread?.replies.find((reply) => reply.id === commentId);
    if (remark === undefined) throw new Fault('not-found');
    if (remark.user_id !== userId && !can('moderate', role, table)) throw new Fault('forbidden');
    return { userId, isThread: thread?.id === commentId };
  }

  return {
    async listComments({ id, song_id }, caller) {
      enter(sessions, id, userOf(caller), 'read');
      const threads = (await content.threads(id)).filter(({ anchor }) => song_id === undefined || anchor?.song_id === song_id);
      return { items: threads.map(show), next_cursor: null };
    },

    async addComment({ id, text, ...about }, caller) {
      const { userId } = enterToWrite(sessions, id, caller, 'comment');
      const target = targetOf(about);
      const made = await content.comment(id, userId, { text, target });
      if (made === null) {
        const path = 'reply_to' in target ? 'reply_to' : 'anchor';
        throw new Fault('unprocessable', undefined, [{ path, message: 'What it is about is not there.' }]);
      }
      const thread = await threadOf(id, made);
      if (thread === undefined) throw new Fault('not-found');
      return show(thread);
    },

    async changeComment({ id, comment_id, text, is_resolved }, caller) {
      const { userId, isThread } = await changeable(id, comment_id, caller);
      if (is_resolved !== undefined && !isThread) {
        throw new Fault('unprocessable', undefined, [{ path: 'is_resolved', message: 'An answer is not resolved by itself.' }]);
      }
      if (text !== undefined) await content.changeComment(id, userId, comment_id, { type: 'edit', text });
      if (is_resolved !== undefined) await content.changeComment(id, userId, comment_id, { type: is_resolved ? 'resolve' : 'reopen' });
      const thread = await threadOf(id, comment_id);
      if (thread === undefined) throw new Fault('not-found');
      return show(thread);
    },

    async deleteComment({ id, comment_id }, caller) {
      const { userId } = await changeable(id, comment_id, caller);
      await content.changeComment(id, userId, comment_id, { type: 'delete' });
      return null;
    },
  };
}
