/** Time as an argument: `Date.now` and timers appear in composition roots only. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. */
  now(): number;
}

/** Timers as an argument, so that the fuzz can turn them by hand. Each call returns its own undo. */
export interface Timers {
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): () => void;
}
