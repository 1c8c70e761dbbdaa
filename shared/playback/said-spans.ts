import { readMessages } from '../ledger/chat.ts';
import { readThreads, type Remark, type Thread } from '../ledger/comments.ts';
import type { Chat, Comment, Marker } from '../ledger/payloads.ts';
import { authorOf, inOrder, type GonePosts, type Post, type PostSource, type Posts } from '../ledger/posts.ts';

/** All that was said until a recording's end. */
export interface SaidWords {
  source: PostSource;
  chat: Posts<Chat>;
  comments: Posts<Comment>;
  markers: Posts<Marker>;
  gone: GonePosts;
  /** Numbers of these and of their changes, ascending. */
  numbers: readonly number[];
}

/** As long as the ledger stood at one of these numbers, the first and the last among them. */
export interface Span {
  from: number;
  to: number;
}

/** Words as they stood: a comment whose words were changed has a span for each. */
export interface SaidSpan extends Span {
  id: string;
  /** The number at which it was said first; 0: it is not known. */
  n: number;
  user_id: string;
  text: string;
  kind: 'message' | 'comment' | 'mark';
  /** The words that a comment is about. */
  quote: string | null;
}

/** Words of a song that were commented on, as long as the comment was there and not settled. */
export interface CommentedSpan extends Span {
  id: string;
  song_id: string;
  /** Who began it; null: that was taken back, and answers stand. */
  user_id: string | null;
}

/** A moment that somebody named. */
export interface Mark {
  id: string;
  n: number;
  user_id: string;
  type: Marker['type'];
  name: string;
  song_id: string | null;
}

export interface SaidSpans {
  /** In the order of their numbers. */
  lines: readonly SaidSpan[];
  commented: readonly CommentedSpan[];
  marks: readonly Mark[];
}

type NumberOf = (post: { entry: { hash: string } }) => number;

function only<Words extends { type: string }>(posts: Posts<Words>, isKept: (words: Words) => boolean): Posts<Words> {
  return new Map([...posts].filter(([, { words }]) => isKept(words)));
}

/** The first number at which each was taken back. @param named what a post takes back; null: nothing */
function takenBack<Words>(posts: Posts<Words>, named: (words: Words) => string | null, numberOf: NumberOf): Map<string, number> {
  const first = new Map<string, number>();
  for (const post of posts.values()) {
    const id = named(post.words);
    if (id !== null) first.set(id, Math.min(first.get(id) ?? Infinity, numberOf(post)));
  }
  return first;
}

/** What became of comments, each in its order: their words, and whether their threads are settled. */
interface CommentChanges {
  taken: Map<string, number>;
  words: Map<string, { from: number; text: string }[]>;
  settled: Map<string, { from: number; isResolved: boolean }[]>;
}

function changesOf({ source, comments }: SaidWords, numberOf: NumberOf): CommentChanges {
  const words: CommentChanges['words'] = new Map();
  const settled: CommentChanges['settled'] = new Map();
  for (const post of inOrder(source, comments.values())) {
    const from = numberOf(post);
    const { words: change } = post;
    if (change.type === 'edit') words.set(change.comment, [...(words.get(change.comment) ?? []), { from, text: change.text }]);
    if (change.type === 'resolve' || change.type === 'reopen')
      settled.set(change.comment, [...(settled.get(change.comment) ?? []), { from, isResolved: change.type === 'resolve' }]);
  }
  return { taken: takenBack(comments, (one) => (one.type === 'delete' ? one.comment : null), numberOf), words, settled };
}

/** As its words were, one span after the other. */
function spansOf(remark: Remark, quote: string | null, { taken, words }: CommentChanges, numberOf: NumberOf): SaidSpan[] {
  const { id, user_id } = remark;
  const n = numberOf(remark);
  const last = (taken.get(id) ?? Infinity) - 1;
  const texts = [{ from: n, text: remark.text }, ...(words.get(id) ?? [])];
  return texts.flatMap(({ from, text }, at): SaidSpan[] => {
    const to = Math.min(last, (texts[at + 1]?.from ?? Infinity) - 1);
    return from > to ? [] : [{ id, n, user_id, text, kind: 'comment', quote, from, to }];
  });
}

function commentedOf({ id, anchor, first, replies }: Thread, { taken, settled }: CommentChanges, numberOf: NumberOf): CommentedSpan[] {
  if (anchor === null || first === null) return [];
  const lifeOf = (remark: Remark): Span => ({ from: numberOf(remark), to: (taken.get(remark.id) ?? Infinity) - 1 });
  const [life, lives] = [lifeOf(first), replies.map(lifeOf)];
  const changes = settled.get(id) ?? [];
  // Between two of these numbers nothing becomes another.
  const turns = [...new Set([life, ...lives].flatMap(({ from, to }) => [from, to + 1]))].concat(changes.map(({ from }) => from));
  turns.sort((a, b) => a - b);
  return turns.flatMap((from, at): CommentedSpan[] => {
    const to = (turns[at + 1] ?? Infinity) - 1;
    const isThere = (span: Span): boolean => span.from <= from && from <= span.to;
    const isResolved = changes.findLast((change) => change.from <= from)?.isResolved ?? false;
    if (from === Infinity || from > to || isResolved || from < life.from || ![life, ...lives].some(isThere)) return [];
    return [{ id, song_id: anchor.song_id, user_id: isThere(life) ? first.user_id : null, from, to }];
  });
}

/**
 * Reads once what was said and how long it stood, so that a moment has nothing to read but numbers. The readers of chat and comments say what
 * counts; they are asked as if nothing had ever been changed or taken back, and that is put in here.
 */
export function readSaid(said: SaidWords): SaidSpans {
  const { source, chat, comments, markers, gone } = said;
  const numberOf: NumberOf = ({ entry }) => source.recordOf(entry.hash)?.n ?? 0;
  const taken = takenBack(chat, (one) => (one.type === 'delete' ? one.message : null), numberOf);
  const messages = readMessages(
    source,
    only(chat, ({ type }) => type === 'message'),
    gone,
  );
  const changes = changesOf(said, numberOf);
  const threads = readThreads(
    source,
    only(comments, ({ type }) => type === 'add'),
    gone,
  );
  const markOf = (post: Post<Marker>): Mark => ({ id: post.id, n: numberOf(post), user_id: authorOf(source, post), ...post.words });
  const marks = inOrder(source, markers.values()).map(markOf);
  const lines: SaidSpan[] = [
    ...messages.map((message): SaidSpan => {
      const { id, user_id, text } = message;
      const n = numberOf(message);
      return { id, n, user_id, text, kind: 'message', quote: null, from: n, to: (taken.get(id) ?? Infinity) - 1 };
    }),
    ...threads.flatMap(({ anchor, first, replies }) =>
      [first, ...replies].flatMap((remark) => (remark === null ? [] : spansOf(remark, anchor?.quote ?? null, changes, numberOf))),
    ),
    ...marks.map(({ id, n, user_id, name }): SaidSpan => ({
      id,
      n,
      user_id,
      text: name,
      kind: 'mark',
      quote: null,
      from: n,
      to: Infinity,
    })),
  ];
  return {
    lines: lines.filter(({ from, to }) => from <= to).sort((a, b) => a.n - b.n),
    commented: threads.flatMap((thread) => commentedOf(thread, changes, numberOf)),
    marks,
  };
}
