import { limits } from '../base/limits.ts';
import type { Entry } from './entry.ts';
import type { LedgerStore } from './ledger-store.ts';

/** How many entries each device wrote in vain: everybody keeps them, so there is an end to it. R-AUT-2. */
export class VoidBudget {
  readonly #store: LedgerStore;
  readonly #sessionId: string;
  readonly #spent = new Map<string, { entries: number; bytes: number }>();

  constructor(store: LedgerStore, sessionId: string) {
    this.#store = store;
    this.#sessionId = sessionId;
  }

  #spentBy(device: string): { entries: number; bytes: number } {
    let spent = this.#spent.get(device);
    if (spent === undefined) this.#spent.set(device, (spent = this.#store.voidsOf(this.#sessionId, device)));
    return spent;
  }

  /** @param before others that are about to be recorded */
  hasRoomFor(entry: Entry, before: readonly Entry[]): boolean {
    const spent = this.#spentBy(entry.device);
    const own = [...before.filter(({ device }) => device === entry.device), entry];
    const bytes = own.reduce((sum, one) => sum + one.bytes.length, spent.bytes);
    return spent.entries + own.length <= limits.voidEntriesPerDevice && bytes <= limits.voidBytesPerDevice;
  }

  /** It is recorded as void. */
  note({ device, bytes }: Entry): void {
    const spent = this.#spentBy(device);
    spent.entries += 1;
    spent.bytes += bytes.length;
  }
}
