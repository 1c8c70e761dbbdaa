import { lastWhere } from '../../../shared/playback/last-where.ts';
import { Playhead, type Moment } from '../../../shared/playback/playhead.ts';
import type { Playback } from '../../../shared/playback/playback.ts';

export const speeds = [0.25, 0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

/** A rest longer than this is passed over, where one wants that… */
const silenceMs = 3_000;
/** … up to so long before what follows. */
const leadMs = 700;
/** A window that was hidden or busy goes on from where it was. */
const longestFrameMs = 250;

/** The frames of a window; an argument, so that a test turns them by hand. */
export interface Frames {
  /** Calls back with the next frame's time in ms; answers its undo. */
  next(run: (nowMs: number) => void): () => void;
}

export interface PlayerState {
  moment: Moment;
  isPlaying: boolean;
  /** The window's time of the frame that is shown; null: none was since it plays. */
  frameMs: number | null;
  speed: Speed;
  skipsSilences: boolean;
}

/** Plays a recording: time that goes on, stands still or jumps. For useSyncExternalStore. */
export class Player {
  readonly playback: Playback;
  readonly #head: Playhead;
  readonly #frames: Frames;
  readonly #listeners = new Set<() => void>();
  #state: PlayerState;
  #stopFrames: (() => void) | null = null;

  constructor(playback: Playback, frames: Frames) {
    this.playback = playback;
    this.#head = new Playhead(playback);
    this.#frames = frames;
    this.#state = { moment: this.#head.seek(0), isPlaying: false, frameMs: null, speed: 1, skipsSilences: true };
  }

  readonly read = (): PlayerState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly seek = (ms: number): void => this.#put({ moment: this.#head.seek(ms) });

  toggle(): void {
    if (this.#state.isPlaying) this.pause();
    else this.play();
  }

  /** From the beginning where it stood at the end. */
  play(): void {
    if (this.#state.isPlaying) return;
    const { durationMs } = this.playback;
    const moment = this.#state.moment.ms >= durationMs ? this.#head.seek(0) : this.#state.moment;
    this.#put({ moment, isPlaying: true, frameMs: null });
    this.#askFrame();
  }

  pause(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
    this.#put({ isPlaying: false });
  }

  /** To the next change, or the one before; the recording rests there. */
  step(way: 1 | -1): void {
    this.pause();
    const { steps, durationMs } = this.playback;
    const { ms } = this.#state.moment;
    const next = way === 1 ? steps[lastWhere(steps, (step) => step.ms <= ms) + 1] : steps[lastWhere(steps, (step) => step.ms < ms)];
    this.seek(next?.ms ?? (way === 1 ? durationMs : 0));
  }

  setSpeed(speed: Speed): void {
    this.#put({ speed });
  }

  setSkipping(skipsSilences: boolean): void {
    this.#put({ skipsSilences });
  }

  #askFrame(): void {
    this.#stopFrames = this.#frames.next((nowMs) => this.#onFrame(nowMs));
  }

  #onFrame(nowMs: number): void {
    const { speed, skipsSilences, moment, frameMs } = this.#state;
    const elapsedMs = Math.min(longestFrameMs, nowMs - (frameMs ?? nowMs));
    let ms = moment.ms + elapsedMs * speed;
    if (skipsSilences) ms = this.#behindSilence(ms);
    const isOver = ms >= this.playback.durationMs;
    this.#put({ moment: this.#head.seek(ms), isPlaying: !isOver, frameMs: nowMs });
    if (isOver) this.#stopFrames = null;
    else this.#askFrame();
  }

  #behindSilence(ms: number): number {
    const next = this.playback.activityAfter(ms) ?? this.playback.durationMs;
    return next - ms > silenceMs ? next - leadMs : ms;
  }

  #put(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
