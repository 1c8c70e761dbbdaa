import * as Y from 'yjs';
import { transposeChanges } from '../../shared/music/transpose-text.ts';
import { differencesBetween, type Replacement } from './text-difference.ts';

/** Steps that can still be taken back exactly; each one keeps what it replaced in memory. */
const kept = 24;

/** Changes shared songs outside an editor, by transposing or by bringing a version back; each step is one transaction that is taken back as a whole. */
export class SongTransposing {
  readonly #origin: symbol;
  #steps: Y.UndoManager[] = [];

  /** @param origin of the transactions */
  constructor(origin: symbol) {
    this.#origin = origin;
  }

  /** @returns the undo, which leaves what others wrote meanwhile; null when nothing in the song can be transposed */
  transpose(text: Y.Text, semitones: number): (() => void) | null {
    return this.#replace(text, transposeChanges(text.toJSON(), { semitones }) ?? []);
  }

  /** Gives the song another text by the fewest changes: what others write beside them stays. */
  restore(text: Y.Text, wanted: string): (() => void) | null {
    return this.#replace(text, differencesBetween(text.toJSON(), wanted.toWellFormed()));
  }

  #replace(text: Y.Text, changes: readonly Replacement[]): (() => void) | null {
    if (changes.length === 0) return null;
    const step = new Y.UndoManager(text, { trackedOrigins: new Set([this.#origin]) });
    text.doc?.transact(() => {
      // From the end on, so that the offsets before stay true.
      for (const { from, to, insert } of changes.toReversed()) {
        text.delete(from, to - from);
        text.insert(from, insert);
      }
    }, this.#origin);
    // One step and no more: the next one of this origin is another's.
    step.removeTrackedOrigin(this.#origin);
    this.#steps.push(step);
    if (this.#steps.length > kept) this.#steps.shift()?.destroy();
    return () => {
      if (this.#steps.includes(step)) step.undo();
    };
  }

  close(): void {
    for (const step of this.#steps) step.destroy();
    this.#steps = [];
  }
}
