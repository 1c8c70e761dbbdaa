import type { Clock } from '../../shared/base/clock.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { LinkView } from '../../shared/ledger/link-view.ts';

/** Heads are not signed: who says that there is more has this long to show some of it, and again after each part. */
const patienceMs = 5_000;

/**
 * An authority behind a head that it once signed (a restored backup) takes the missing records from apps before it numbers
 * anything itself; else there would be two histories. R-AUT-5.
 */
export class CatchingUp {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #told = new Map<string, { n: number; at: number }>();

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Whether somebody says that there are records which this side does not have, and may still show them. */
  isWaiting(views: readonly LinkView[]): boolean {
    const { n, generation } = this.#ledger;
    const now = this.#clock.now();
    return views.some((view) => {
      if (view.generation !== generation || view.n === null || view.n <= n) return false;
      const device = view.link.device;
      const before = this.#told.get(device);
      // Once a device: who reconnects is not waited for again, unless something came.
      if (before === undefined || before.n < n) this.#told.set(device, { n, at: now });
      return before === undefined || before.n < n || now - before.at < patienceMs;
    });
  }
}
