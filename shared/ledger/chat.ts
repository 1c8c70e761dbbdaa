import { limits } from '../base/limits.ts';
import { entryKinds, type Entry } from './entry.ts';
import type { Chat } from './payloads.ts';
import { authorOf, inOrder, type GonePosts, type Post, type PostSource, type Posts } from './posts.ts';

export interface Reaction {
  emoji: string;
  /** In the order in which they reacted. */
  user_ids: readonly string[];
}

export interface Message {
  /** Hash of its entry. */
  id: string;
  entry: Entry;
  user_id: string;
  text: string;
  reply_to: string | null;
  reactions: readonly Reaction[];
}

type Said = Post<Extract<Chat, { type: 'message' }>>;

/** Messages that answer nothing, or one that is here or was. What is answered came into the fold first. */
function messagesOf(posts: Posts<Chat>, gone: GonePosts): Map<string, Said> {
  const messages = new Map<string, Said>();
  for (const { words, ...post } of posts.values()) {
    if (words.type !== 'message') continue;
    const answered = words.reply_to;
    if (answered === null || messages.has(answered) || (gone.get(answered)?.kind ?? entryKinds.comment) !== entryKinds.comment)
      messages.set(post.id, { ...post, words });
  }
  return messages;
}

/** The chat as all see it; what was taken back is gone. That only its author or a moderator takes it back was judged before: R-AUT-1. */
export function readMessages(source: PostSource, posts: Posts<Chat>, gone: GonePosts): Message[] {
  const messages = messagesOf(posts, gone);
  const deleted = new Set<string>();
  const reactions = new Map<string, Map<string, Set<string>>>();
  for (const post of inOrder(source, posts.values())) {
    const { words } = post;
    if (words.type === 'message') continue;
    if (words.type === 'delete') {
      deleted.add(words.message);
      continue;
    }
    const ofMessage = reactions.get(words.message) ?? new Map<string, Set<string>>();
    const people = ofMessage.get(words.emoji) ?? new Set();
    if (words.is_on) people.add(authorOf(source, post));
    else people.delete(authorOf(source, post));
    ofMessage.set(words.emoji, people);
    reactions.set(words.message, ofMessage);
  }
  const left = inOrder(source, messages.values()).filter(({ id }) => !deleted.has(id));
  return left.map((post) => ({
    id: post.id,
    entry: post.entry,
    user_id: authorOf(source, post),
    text: post.words.text,
    reply_to: post.words.reply_to,
    reactions: [...(reactions.get(post.id) ?? [])]
      .filter(([, people]) => people.size > 0)
      .slice(0, limits.reactionsPerMessage)
      .map(([emoji, people]) => ({ emoji, user_ids: [...people] })),
  }));
}
