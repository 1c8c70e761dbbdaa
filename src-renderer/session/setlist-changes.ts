import type { Ledger } from '../../shared/ledger/ledger.ts';
import { addSongSets, moveItemSets, readSetlist, removeItemSets, restoreItemSets } from '../../shared/ledger/setlist.ts';
import type { SetlistItem } from './live-session.ts';
import type { SessionWriter } from './session-writer.ts';

/** What a person changes in the setlist. */
export class SetlistChanges {
  readonly #ledger: Ledger;
  readonly #writer: SessionWriter;
  readonly #newId: () => string;

  constructor(ledger: Ledger, writer: SessionWriter, newId: () => string) {
    this.#ledger = ledger;
    this.#writer = writer;
    this.#newId = newId;
  }

  /** At the end of the setlist; answers its undo. */
  put(songId: string): () => void {
    const itemId = this.#newId();
    this.#writer.set(addSongSets(readSetlist(this.#ledger.fold.sets), songId, itemId));
    return () => this.remove(itemId);
  }

  move(itemId: string, afterItemId: string | null): void {
    this.#writer.set(moveItemSets(readSetlist(this.#ledger.fold.sets), itemId, afterItemId));
  }

  remove(itemId: string): void {
    this.#writer.set(removeItemSets(itemId));
  }

  restore(item: SetlistItem): void {
    this.#writer.set(restoreItemSets(item));
  }
}
