import type { Timers } from './clock.ts';
import { limits } from './limits.ts';

/** Looked at this often: a ghost is found out within it. */
const lookMs = 1_000;

export interface SilenceParts {
  timers: Timers;
  /** Asks the other side for a sign of life. */
  ask(): void;
  /** It gave none in time. */
  onDead(): void;
}

/**
 * Whether the other side of a connection still lives: asked every `pingEveryMs`, dead after `deadAfterMs` of silence. It counts
 * ticks, not the time of day: a clock that is set, and a computer that slept, neither end a link that lives nor keep one that
 * does not. R-LNK-5, R-MSH-3.
 */
export class SilenceWatch {
  readonly #parts: SilenceParts;
  readonly #stop: () => void;
  #silentMs = 0;
  #unaskedMs = 0;

  constructor(parts: SilenceParts) {
    this.#parts = parts;
    this.#stop = parts.timers.every(lookMs, () => this.#look());
  }

  heard(): void {
    this.#silentMs = 0;
  }

  stop(): void {
    this.#stop();
  }

  #look(): void {
    this.#silentMs += lookMs;
    if (this.#silentMs > limits.deadAfterMs - lookMs) {
      this.#stop();
      this.#parts.onDead();
      return;
    }
    this.#unaskedMs += lookMs;
    if (this.#unaskedMs < limits.pingEveryMs) return;
    this.#unaskedMs = 0;
    this.#parts.ask();
  }
}
