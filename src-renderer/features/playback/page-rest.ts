/** So long a page stays after the last change on it. */
const restMs = 1_000;

/** Nobody can read a page that is turned with each word that somebody writes elsewhere: it stays as long as something is written on it. */
export class PageRest {
  #writtenMs = -Infinity;

  /** Whether it is turned to a change. @param frameMs the window's time */
  isTurned(isInSight: boolean, frameMs: number): boolean {
    if (!isInSight && frameMs - this.#writtenMs < restMs) return false;
    this.#writtenMs = frameMs;
    return !isInSight;
  }
}
