import type { Timers } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Ledger } from './ledger.ts';

/** Looks after the order of what was folded before its record, in a pause: it folds anew all that came since the base. R-DOC-4. */
export class OrderCheck {
  readonly #ledger: Ledger;
  readonly #timers: Timers;
  readonly #onRebuilt: () => void;
  #stop: () => void = () => undefined;

  constructor(ledger: Ledger, timers: Timers, onRebuilt: () => void) {
    this.#ledger = ledger;
    this.#timers = timers;
    this.#onRebuilt = onRebuilt;
  }

  /** Records were folded. */
  note(): void {
    this.#stop();
    this.#stop = (): void => undefined;
    if (!this.#ledger.folding.isDoubtful) return;
    this.#stop = this.#timers.after(limits.orderCheckMs, () => {
      if (!this.#ledger.folding.verifyOrder()) return;
      this.#ledger.settle();
      this.#onRebuilt();
    });
  }
}
