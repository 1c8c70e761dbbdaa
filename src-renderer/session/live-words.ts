import { readMessages } from '../../shared/ledger/chat.ts';
import { readThreads, type Remark } from '../../shared/ledger/comments.ts';
import type { Entry } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { authorOf, inOrder } from '../../shared/ledger/posts.ts';
import type { ChatLine, CommentLine, CommentThread, MarkLine, SaidLine } from './live-session.ts';

/** Whose eyes see it, and what they took back without its being told to the others yet. */
export interface Reader {
  ledger: Ledger;
  ownUserId: string;
  takenBack: ReadonlySet<string>;
}

interface Person {
  name: string;
  color: string;
}

function peopleOf(ledger: Ledger): ReadonlyMap<string, Person> {
  return new Map((ledger.statement?.claims.participants ?? []).map((participant) => [participant.user_id, participant]));
}

interface Said {
  id: string;
  entry: Entry;
  user_id: string;
  text: string;
}

function lineOf({ ledger, ownUserId }: Reader, people: ReadonlyMap<string, Person>, { id, entry, user_id, text }: Said): SaidLine {
  const person = people.get(user_id);
  return {
    id,
    user_id,
    name: person?.name ?? '',
    color: person?.color ?? '',
    text,
    at: timeOf(entry.at),
    is_own: user_id === ownUserId,
    is_pending: ledger.recordOf(entry.hash) === undefined,
  };
}

/** The last moment that a date can name. */
const lastMs = 8.64e15;

/** A foreign clock may say anything. */
function timeOf(atMs: number): string {
  return new Date(Math.min(atMs, lastMs)).toISOString();
}

/** Messages that count, in the order in which all see them. */
function readChat(reader: Reader): ChatLine[] {
  const { ledger, ownUserId, takenBack } = reader;
  const people = peopleOf(ledger);
  const messages = readMessages(ledger, ledger.fold.chat, ledger.fold.gone).filter(({ id }) => !takenBack.has(id));
  const known = new Map(messages.map((message) => [message.id, message]));
  const answered = (id: string): ChatLine['reply_to'] => {
    const message = known.get(id);
    return message === undefined ? 'gone' : { id, name: people.get(message.user_id)?.name ?? '', text: message.text };
  };
  return messages.map((message) => ({
    ...lineOf(reader, people, message),
    reply_to: message.reply_to === null ? null : answered(message.reply_to),
    reactions: message.reactions.map(({ emoji, user_ids }) => ({
      emoji,
      names: user_ids.map((id) => people.get(id)?.name ?? ''),
      is_own: user_ids.includes(ownUserId),
    })),
  }));
}

/** Comments that count, by thread. */
function readComments(reader: Reader): CommentThread[] {
  const { ledger, takenBack } = reader;
  const people = peopleOf(ledger);
  const commentLine = (remark: Remark): CommentLine => ({
    ...lineOf(reader, people, remark),
    edited_by: remark.edited_by === null ? null : (people.get(remark.edited_by)?.name ?? ''),
  });
  return readThreads(ledger, ledger.fold.comments, ledger.fold.gone)
    .map(({ id, anchor, first, replies, is_resolved }) => ({
      id,
      anchor,
      first: first === null || takenBack.has(id) ? null : commentLine(first),
      replies: replies.filter((reply) => !takenBack.has(reply.id)).map(commentLine),
      is_resolved,
    }))
    .filter(({ first, replies }) => first !== null || replies.length > 0);
}

/** Moments that count. */
function readMarks(reader: Reader): MarkLine[] {
  const { ledger } = reader;
  const people = peopleOf(ledger);
  return inOrder(ledger, ledger.fold.markers.values()).map((post) => ({
    ...lineOf(reader, people, { id: post.id, entry: post.entry, user_id: authorOf(ledger, post), text: post.words.name }),
    type: post.words.type,
    song_id: post.words.song_id,
  }));
}

export interface Words {
  chat: readonly ChatLine[];
  marks: readonly MarkLine[];
  comments: readonly CommentThread[];
}

function hasPending({ chat, comments, marks }: Words): boolean {
  return (
    marks.some((line) => line.is_pending) ||
    chat.some((line) => line.is_pending) ||
    comments.some(({ first, replies }) => [first, ...replies].some((line) => line?.is_pending))
  );
}

/** Reads what was said anew only when something of it changed: a picture is made thirty times a second while somebody types. */
export class WordsReader {
  #seen: readonly unknown[] = [];
  #words: Words = { chat: [], comments: [], marks: [] };
  #isPending = false;

  read(reader: Reader): Words {
    const { ledger, ownUserId, takenBack } = reader;
    const { fold, statement } = ledger;
    // What waits for its number gets it with a record.
    const sizes = [fold.chat.size, fold.comments.size, fold.markers.size, fold.gone.size];
    const seen = [fold, ...sizes, statement, ownUserId, takenBack, this.#isPending ? ledger.n : null];
    if (seen.every((part, at) => part === this.#seen[at])) return this.#words;
    this.#words = { chat: readChat(reader), comments: readComments(reader), marks: readMarks(reader) };
    this.#isPending = hasPending(this.#words);
    seen[seen.length - 1] = this.#isPending ? ledger.n : null;
    this.#seen = seen;
    return this.#words;
  }
}
