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

function listAt<T>(lists: Map<string, T[]>, id: string): T[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}

function changesOf({ source, comments }: SaidWords, numberOf: NumberOf): CommentChanges {
  const words: CommentChanges['words'] = new Map();
  const settled: CommentChanges['settled'] = new Map();
  for (const post of inOrder(source, comments.values())) {
    const from = numberOf(post);
    const { words: change } = post;
    if (change.type === 'edit') listAt(words, change.comment).push({ from, text: change.text });
    if (change.type === 'resolve' || change.type === 'reopen')
      listAt(settled, change.comment).push({ from, isResolved: change.type === 'resolve' });
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

/** Something became another with a thread, at a number. */
type Turn = { at: number } & ({ isResolved: boolean } | { hasBegun: true } | { lives: 1 | -1; isFirst: boolean });

function turnsOf({ id, replies }: Thread, first: Remark, { taken, settled }: CommentChanges, numberOf: NumberOf): Turn[] {
  const lifeOf = (remark: Remark): Turn[] => {
    const [from, end] = [numberOf(remark), taken.get(remark.id) ?? Infinity];
    const isFirst = remark === first;
    return end <= from ? [] : [{ at: from, lives: 1, isFirst }, ...(end === Infinity ? [] : [{ at: end, lives: -1 as const, isFirst }])];
  };
  const changes = settled.get(id) ?? [];
  return [
    { at: numberOf(first), hasBegun: true as const },
    ...[first, ...replies].flatMap(lifeOf),
    ...changes.map(({ from: at, isResolved }) => ({ at, isResolved })),
  ].sort((a, b) => a.at - b.at);
}

function commentedOf(thread: Thread, changes: CommentChanges, numberOf: NumberOf): CommentedSpan[] {
  const { id, anchor, first } = thread;
  if (anchor === null || first === null) return [];
  const spans: CommentedSpan[] = [];
  let [hasBegun, isFirstThere, isResolved, living] = [false, false, false, 0];
  const turns = turnsOf(thread, first, changes, numberOf);
  for (const [index, turn] of turns.entries()) {
    if ('hasBegun' in turn) hasBegun = true;
    else if ('isResolved' in turn) ({ isResolved } = turn);
    else {
      living += turn.lives;
      if (turn.isFirst) isFirstThere = turn.lives === 1;
    }
    const [from, to] = [turn.at, (turns[index + 1]?.at ?? Infinity) - 1];
    if (from <= to && hasBegun && living > 0 && !isResolved)
      spans.push({ id, song_id: anchor.song_id, user_id: isFirstThere ? first.user_id : null, from, to });
  }
  return spans;
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
