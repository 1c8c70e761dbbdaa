import { readMessages, type Message } from '../ledger/chat.ts';
import { readThreads, type Thread } from '../ledger/comments.ts';
import type { Chat, Comment, Marker } from '../ledger/payloads.ts';
import { authorOf, inOrder, type GonePosts, type PostSource, type Posts } from '../ledger/posts.ts';
import type { SetlistEntry } from '../ledger/setlist.ts';
import type { Role } from '../session/roles.ts';
import type { CommentPlace } from './comment-places.ts';
import { lastWhere } from './last-where.ts';
import { postsUntil } from './posts-until.ts';
import { applySplices, type Splice } from './splice.ts';

/** One entry that changed a song or the setlist. */
export interface Step {
  ms: number;
  /** Its number in the ledger. */
  n: number;
  /** Null: somebody whom nothing names any more. */
  user_id: string | null;
  splices: readonly Splice[];
}

/** A caret and what is selected, as places in a song's text when `step` steps were done. */
export interface CursorPlace {
  song_id: string;
  anchor: number;
  head: number;
  step: number;
}

/** What is known of one person from a moment on. */
export interface PersonPoint {
  ms: number;
  is_here: boolean;
  song_id: string | null;
  cursor: CursorPlace | null;
  /** How far the chart is scrolled: 0 its beginning, 1 its end. */
  scroll: number | null;
  is_typing: boolean;
}

/** A moment that somebody named. */
export interface Mark {
  id: string;
  user_id: string;
  type: Marker['type'];
  name: string;
  song_id: string | null;
}

/** Somebody became something else. */
export interface NewRole {
  ms: number;
  user_id: string;
  role: Role;
}

/** What people said until a moment. */
export interface Talk {
  messages: readonly Message[];
  threads: readonly Thread[];
  marks: readonly Mark[];
}

/** All that was said until the recording's end, and when. */
export interface SaidWords {
  source: PostSource;
  chat: Posts<Chat>;
  comments: Posts<Comment>;
  markers: Posts<Marker>;
  gone: GonePosts;
  /** Numbers of these and of their changes, ascending. */
  numbers: readonly number[];
}

/** All texts after so many steps: seeking begins at the nearest. */
export interface TextKeyframe {
  step: number;
  texts: ReadonlyMap<string, string>;
}

export interface PlaybackParts {
  durationMs: number;
  steps: readonly Step[];
  keyframes: readonly TextKeyframe[];
  /** The setlist after so many steps; the first is as it was before. */
  setlists: readonly { step: number; items: readonly SetlistEntry[] }[];
  people: ReadonlyMap<string, readonly PersonPoint[]>;
  /** The song that most looked at, from its moment on. */
  inFront: readonly { ms: number; song_id: string | null }[];
  newRoles: readonly NewRole[];
  /** Of each comment with words that it is about, as they were told: see `CommentPlaces`. */
  commentPlaces: ReadonlyMap<string, readonly CommentPlace[]>;
  said: SaidWords;
  /** The last number of each moment at which entries got theirs. */
  numbers: readonly { ms: number; n: number }[];
  /** Before the recording. */
  firstN: number;
  /** Moments at which anything happened, ascending. */
  activity: readonly number[];
}

/** The texts after these steps. */
export function applySteps(texts: ReadonlyMap<string, string>, steps: readonly Step[]): ReadonlyMap<string, string> {
  const after = new Map(texts);
  const bySong = Map.groupBy(
    steps.flatMap(({ splices }) => splices),
    ({ song_id }) => song_id,
  );
  for (const [songId, splices] of bySong) after.set(songId, applySplices(after.get(songId) ?? '', splices));
  return after;
}

/** A recording that can be looked at from any moment. It is made once (`readPlayback`) and then only read. */
export class Playback {
  readonly #parts: PlaybackParts;
  readonly #until: {
    chat: (n: number) => Posts<Chat>;
    comments: (n: number) => Posts<Comment>;
    markers: (n: number) => Posts<Marker>;
  };
  #talk: { saidBy: number; talk: Talk } | null = null;

  constructor(parts: PlaybackParts) {
    this.#parts = parts;
    const { chat, comments, markers } = parts.said;
    const numberOf = (hash: string): number => this.numberOf(hash);
    this.#until = { chat: postsUntil(chat, numberOf), comments: postsUntil(comments, numberOf), markers: postsUntil(markers, numberOf) };
  }

  get durationMs(): number {
    return this.#parts.durationMs;
  }

  get steps(): readonly Step[] {
    return this.#parts.steps;
  }

  get inFront(): PlaybackParts['inFront'] {
    return this.#parts.inFront;
  }

  /** In their order. */
  get newRoles(): readonly NewRole[] {
    return this.#parts.newRoles;
  }

  /** Everybody who was there at any time. */
  get userIds(): string[] {
    return [...this.#parts.people.keys()];
  }

  pointsOf(userId: string): readonly PersonPoint[] {
    return this.#parts.people.get(userId) ?? [];
  }

  /** Where the words of a comment were, in the order of their steps. */
  commentPlacesOf(id: string): readonly CommentPlace[] {
    return this.#parts.commentPlaces.get(id) ?? [];
  }

  /** How many steps were done at a moment. */
  stepsAt(ms: number): number {
    return lastWhere(this.#parts.steps, (step) => step.ms <= ms) + 1;
  }

  /** The number up to which the ledger stood at a moment. */
  numberAt(ms: number): number {
    const { numbers, firstN } = this.#parts;
    return numbers[lastWhere(numbers, (one) => one.ms <= ms)]?.n ?? firstN;
  }

  /** The number of something that was said; 0: it is not known. */
  numberOf(hash: string): number {
    return this.#parts.said.source.recordOf(hash)?.n ?? 0;
  }

  /** When a number was given; 0 for what was there before. */
  msOf(n: number): number {
    const { numbers, firstN } = this.#parts;
    return n <= firstN ? 0 : (numbers[lastWhere(numbers, (one) => one.n < n) + 1]?.ms ?? 0);
  }

  setlistAt(steps: number): readonly SetlistEntry[] {
    const { setlists } = this.#parts;
    return setlists[lastWhere(setlists, ({ step }) => step <= steps)]?.items ?? [];
  }

  keyframeBefore(steps: number): TextKeyframe {
    const { keyframes } = this.#parts;
    const found = keyframes[lastWhere(keyframes, ({ step }) => step <= steps)];
    if (found === undefined) throw new Error('a playback begins with a keyframe');
    return found;
  }

  /** All texts after so many steps. */
  textsAt(steps: number): ReadonlyMap<string, string> {
    const { step, texts } = this.keyframeBefore(steps);
    return applySteps(texts, this.#parts.steps.slice(step, steps));
  }

  /** The number of what was said last when the ledger stood at a number; 0: nothing had been said. */
  saidBy(n: number): number {
    const { numbers } = this.#parts.said;
    return numbers[lastWhere(numbers, (number) => number <= n)] ?? 0;
  }

  /** What had been said when the ledger stood at a number. Who asks twice in a row for the same gets the same object. */
  talkAt(n: number): Talk {
    const saidBy = this.saidBy(n);
    if (this.#talk?.saidBy !== saidBy) this.#talk = { saidBy, talk: this.#readTalk(saidBy) };
    return this.#talk.talk;
  }

  #readTalk(n: number): Talk {
    const { source, gone } = this.#parts.said;
    const { chat, comments, markers } = this.#until;
    const goneThen = new Map([...gone].filter(([hash]) => this.numberOf(hash) <= n));
    return {
      messages: readMessages(source, chat(n), goneThen),
      threads: readThreads(source, comments(n), goneThen),
      marks: inOrder(source, markers(n).values()).map((post) => {
        const { type, name, song_id } = post.words;
        return { id: post.id, user_id: authorOf(source, post), type, name, song_id };
      }),
    };
  }

  /** The first moment after this one at which anything happened; null: nothing did any more. */
  activityAfter(ms: number): number | null {
    const { activity } = this.#parts;
    return activity[lastWhere(activity, (at) => at <= ms) + 1] ?? null;
  }
}
