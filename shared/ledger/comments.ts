import { entryKinds, type Entry } from './entry.ts';
import type { Anchor, Comment } from './payloads.ts';
import { authorOf, inOrder, type GonePosts, type Post, type PostSource, type Posts } from './posts.ts';

/** One comment, or an answer to one. */
export interface Remark {
  /** Hash of its entry. */
  id: string;
  entry: Entry;
  user_id: string;
  text: string;
  /** Who changed its words last; null: nobody. */
  edited_by: string | null;
}

/** A comment about words of a song, with its answers. */
export interface Thread {
  /** That of the comment it began with. */
  id: string;
  /** Null when the comment was deleted for good, and with it what it was about. R-ENT-6. */
  anchor: Anchor | null;
  /** Null when it was taken back and answers stand below it. */
  first: Remark | null;
  replies: readonly Remark[];
  is_resolved: boolean;
}

type Added = Post<Extract<Comment, { type: 'add' }>>;

interface Edits {
  text: Map<string, { text: string; by: string }>;
  deleted: Set<string>;
  resolved: Set<string>;
}

/**
 * Comments by id with the id of their thread: answers to answers stand in the same one. What is answered came into the fold
 * first. Of one that was deleted for good nobody knows what it answered: its answers are a thread of their own.
 */
function addedOf(posts: Posts<Comment>, gone: GonePosts): { added: Map<string, Added>; threadOf: Map<string, string> } {
  const added = new Map<string, Added>();
  const threadOf = new Map<string, string>();
  for (const { words, ...post } of posts.values()) {
    if (words.type !== 'add') continue;
    const isGone = (id: string): boolean => (gone.get(id)?.kind ?? entryKinds.chat) !== entryKinds.chat;
    const answered = words.reply_to;
    const thread = answered === null ? post.id : (threadOf.get(answered) ?? (isGone(answered) ? answered : undefined));
    if (thread === undefined) continue;
    threadOf.set(post.id, thread);
    added.set(post.id, { ...post, words });
  }
  return { added, threadOf };
}

/** What became of them, in the order in which all see it. That only its author or a moderator changes one was judged before: R-AUT-1. */
function editsOf(source: PostSource, posts: Posts<Comment>): Edits {
  const edits: Edits = { text: new Map(), deleted: new Set(), resolved: new Set() };
  for (const post of inOrder(source, posts.values())) {
    const { words } = post;
    if (words.type === 'edit') edits.text.set(words.comment, { text: words.text, by: authorOf(source, post) });
    else if (words.type === 'delete') edits.deleted.add(words.comment);
    else if (words.type === 'resolve') edits.resolved.add(words.comment);
    else if (words.type === 'reopen') edits.resolved.delete(words.comment);
  }
  return edits;
}

/** All threads, in the order of their first comments; those of which nothing is left are gone. */
export function readThreads(source: PostSource, posts: Posts<Comment>, gone: GonePosts): Thread[] {
  if (posts.size === 0) return [];
  const { added, threadOf } = addedOf(posts, gone);
  const edits = editsOf(source, posts);
  const threads = new Map<string, Thread & { replies: Remark[] }>();
  const replies: { thread: string; remark: Remark }[] = [];
  for (const post of inOrder(source, added.values())) {
    const { id, entry, words } = post;
    const edit = edits.text.get(id);
    const isDeleted = edits.deleted.has(id);
    const remark = { id, entry, user_id: authorOf(source, post), text: edit?.text ?? words.text, edited_by: edit?.by ?? null };
    if (words.anchor === null) {
      if (!isDeleted) replies.push({ thread: threadOf.get(id) ?? id, remark });
    } else
      threads.set(id, { id, anchor: words.anchor, first: isDeleted ? null : remark, replies: [], is_resolved: edits.resolved.has(id) });
  }
  // After all first comments: an answer written by a clock that is behind may stand before its question.
  for (const { thread: id, remark } of replies) {
    const thread = threads.get(id) ?? { id, anchor: null, first: null, replies: [], is_resolved: edits.resolved.has(id) };
    threads.set(id, thread);
    thread.replies.push(remark);
  }
  return [...threads.values()].filter((thread) => thread.first !== null || thread.replies.length > 0);
}
