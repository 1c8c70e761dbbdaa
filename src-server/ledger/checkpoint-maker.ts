import { limits } from '../../shared/base/limits.ts';
import type { Signer } from '../../shared/ledger/keys.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { LedgerBase } from '../../shared/ledger/ledger-base.ts';
import type { LedgerStore } from '../../shared/ledger/ledger-store.ts';
import { makeCheckpoint } from '../../shared/ledger/make-checkpoint.ts';

/** Makes the authority's checkpoints: every so many records, and when a session is paused or ended. R-AUT-3. */
export class CheckpointMaker {
  readonly #ledger: Ledger;
  readonly #store: LedgerStore;
  readonly #signer: Signer;
  readonly #onMade: (base: LedgerBase) => void;
  /** Where one was tried last: what fails (a full disk, a session above the limit) is not tried with each record. */
  #triedN: number;
  #isMaking = false;

  constructor(ledger: Ledger, store: LedgerStore, signer: Signer, onMade: (base: LedgerBase) => void) {
    this.#ledger = ledger;
    this.#store = store;
    this.#signer = signer;
    this.#onMade = onMade;
    this.#triedN = ledger.checkpoint?.head.n ?? 0;
  }

  /** Makes one when it is time; call when everything that can be numbered is. Rejects when it can't be made or stored. */
  async run(): Promise<void> {
    const { n, statement } = this.#ledger;
    const isResting = statement !== null && ['paused', 'ended', 'archived'].includes(statement.claims.status);
    const isDue = n - this.#triedN >= limits.checkpointEvery || (isResting && n > this.#triedN);
    if (!isDue || this.#isMaking) return;
    const making = makeCheckpoint(this.#ledger, this.#signer);
    if (making === null) return;
    this.#triedN = n;
    this.#isMaking = true;
    try {
      const { checkpoint, base } = await making;
      this.#store.putCheckpoint(this.#ledger.sessionId, { n: base.head.n, head: checkpoint.headBytes, body: checkpoint.body });
      this.#ledger.checkpoint = checkpoint;
      this.#onMade(base);
    } finally {
      this.#isMaking = false;
    }
  }
}
