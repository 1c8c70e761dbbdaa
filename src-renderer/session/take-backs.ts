import type { Timers } from '../../shared/base/clock.ts';

/** Longer than the notice with the undo stands there. */
const undoMs = 11_000;

/**
 * What this person took back, until it is told to the others: a deletion is for good, so the time for changing one's mind
 * comes before it.
 */
export class TakeBacks {
  readonly #timers: Timers;
  readonly #onChange: () => void;
  #ids: ReadonlySet<string> = new Set();
  readonly #waiting = new Map<string, { tell: () => unknown; stop: () => void }>();

  constructor(timers: Timers, onChange: () => void) {
    this.#timers = timers;
    this.#onChange = onChange;
  }

  /** The same set until something changes. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /**
   * @param tell makes it known to all, if that is still permitted
   * @returns the undo: without effect once it was told
   */
  add(id: string, tell: () => unknown): () => void {
    if (this.#waiting.has(id)) return () => this.#undo(id);
    const stop = this.#timers.after(undoMs, () => this.#tell(id));
    this.#waiting.set(id, { tell, stop });
    this.#changed();
    return () => this.#undo(id);
  }

  /** The session ends here: now or never. */
  tellAll(): void {
    for (const id of this.ids) this.#tell(id);
  }

  #undo(id: string): void {
    this.#waiting.get(id)?.stop();
    if (this.#waiting.delete(id)) this.#changed();
  }

  #tell(id: string): void {
    const waiting = this.#waiting.get(id);
    waiting?.stop();
    this.#waiting.delete(id);
    waiting?.tell();
    this.#changed();
  }

  #changed(): void {
    this.#ids = new Set(this.#waiting.keys());
    this.#onChange();
  }
}
