import type { SetlistEntry } from '../ledger/setlist.ts';
import type { Role } from '../session/roles.ts';
import type { CommentPlace } from './comment-places.ts';
import { lastWhere } from './last-where.ts';
import { readSaid, type SaidSpans, type SaidWords } from './said-spans.ts';
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

/** Somebody became something else. */
export interface NewRole {
  ms: number;
  user_id: string;
  role: Role;
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
  /** What was said, and how long it stood. */
  readonly said: SaidSpans;

  constructor(parts: PlaybackParts) {
    this.#parts = parts;
    this.said = readSaid(parts.said);
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

  /** The first moment after this one at which anything happened; null: nothing did any more. */
  activityAfter(ms: number): number | null {
    const { activity } = this.#parts;
    return activity[lastWhere(activity, (at) => at <= ms) + 1] ?? null;
  }
}
