import type { Ledger } from '../../shared/ledger/ledger.ts';
import type { Trouble } from './live-session.ts';

/** What this window found out about programs that contradict themselves: people see whose it was. R-ENT-3, R-AUT-5. */
export class Troubles {
  readonly #forked = new Set<string>();
  #hasConflict = false;

  noteFork(device: string): void {
    this.#forked.add(device);
  }

  noteConflict(): void {
    this.#hasConflict = true;
  }

  /** The server's history counts from here on. */
  noteGeneration(): void {
    this.#hasConflict = false;
  }

  read(ledger: Ledger, ownUserId: string): readonly Trouble[] {
    const users = new Set([...this.#forked].map((device) => ledger.device(device)?.user_id ?? ''));
    const people = ledger.statement?.claims.participants ?? [];
    const forks = people
      .filter(({ user_id }) => users.has(user_id))
      .map(({ user_id, name }): Trouble => ({ kind: 'fork', user_id, name, is_own: user_id === ownUserId }));
    return this.#hasConflict ? [{ kind: 'two-histories' }, ...forks] : forks;
  }
}
