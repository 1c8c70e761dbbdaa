import type { SetlistEntry } from '../ledger/setlist.ts';
import { lastWhere } from './last-where.ts';
import { applySteps, type CursorPlace, type PersonPoint, type Playback } from './playback.ts';
import { movedBy } from './splice.ts';

/** Where somebody was. */
export interface PersonThen {
  user_id: string;
  song_id: string | null;
  cursor: { song_id: string; anchor: number; head: number } | null;
  scroll: number | null;
  is_typing: boolean;
}

/** The rehearsal as it was at a moment. */
export interface Moment {
  ms: number;
  /** The number up to which the ledger stood. */
  n: number;
  /** How many changes of songs and setlist were done. */
  steps: number;
  /** By song. The same object as long as no text changes. */
  texts: ReadonlyMap<string, string>;
  setlist: readonly SetlistEntry[];
  /** Who was there. */
  people: readonly PersonThen[];
  /** The song that most looked at; null: nobody showed one. */
  song_id: string | null;
}

/** A cursor as it was told, and where the steps since have moved it. */
interface Followed {
  told: CursorPlace;
  place: CursorPlace;
}

/** The place from which a playback is looked at: going on is cheap, and so is any jump. */
export class Playhead {
  readonly #playback: Playback;
  readonly #followed = new Map<string, Followed>();
  #texts: ReadonlyMap<string, string>;
  #steps = 0;

  constructor(playback: Playback) {
    this.#playback = playback;
    this.#texts = playback.textsAt(0);
  }

  /** @param ms is kept within the recording */
  seek(ms: number): Moment {
    const playback = this.#playback;
    const at = Math.max(0, Math.min(ms, playback.durationMs));
    const steps = playback.stepsAt(at);
    this.#goTo(steps);
    const n = playback.numberAt(at);
    return {
      ms: at,
      n,
      steps,
      texts: this.#texts,
      setlist: playback.setlistAt(steps),
      people: playback.userIds.flatMap((userId) => this.#personAt(userId, at)),
      song_id: playback.inFront[lastWhere(playback.inFront, (one) => one.ms <= at)]?.song_id ?? null,
    };
  }

  #goTo(steps: number): void {
    if (steps === this.#steps) return;
    const { step } = this.#playback.keyframeBefore(steps);
    const goesOn = this.#steps < steps && this.#steps >= step;
    this.#texts = goesOn ? applySteps(this.#texts, this.#playback.steps.slice(this.#steps, steps)) : this.#playback.textsAt(steps);
    this.#steps = steps;
  }

  #personAt(userId: string, ms: number): PersonThen[] {
    const points = this.#playback.pointsOf(userId);
    const point: PersonPoint | undefined = points[lastWhere(points, (one) => one.ms <= ms)];
    if (point?.is_here !== true) return [];
    const { song_id, scroll, is_typing, cursor } = point;
    return [{ user_id: userId, song_id, scroll, is_typing, cursor: cursor === null ? null : this.#follow(userId, cursor) }];
  }

  /** Where a cursor stands now that was told some steps ago. */
  #follow(userId: string, told: CursorPlace): PersonThen['cursor'] {
    const known = this.#followed.get(userId);
    const goesOn = known?.told === told && known.place.step <= this.#steps;
    let { anchor, head, step } = goesOn ? known.place : told;
    for (; step < this.#steps; step++) {
      for (const splice of this.#playback.steps[step]?.splices ?? []) {
        if (splice.song_id !== told.song_id) continue;
        anchor = movedBy(anchor, splice);
        head = movedBy(head, splice);
      }
    }
    this.#followed.set(userId, { told, place: { song_id: told.song_id, anchor, head, step } });
    return { song_id: told.song_id, anchor, head };
  }
}
