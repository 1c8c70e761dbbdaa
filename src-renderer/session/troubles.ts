import type { Entry } from '../../shared/ledger/entry.ts';
import type { Ledger } from '../../shared/ledger/ledger.ts';
import { pendingMode } from '../../shared/ledger/pending-mode.ts';
import { verdicts } from '../../shared/ledger/record.ts';
import type { NumberedRecord } from '../../shared/ledger/record-log.ts';
import type { ReplicaEvents } from '../../shared/ledger/replica-events.ts';
import { deviceOfStream } from '../../shared/ledger/stream.ts';
import type { Trouble } from './live-session.ts';

/** What this window found out about programs that do what none of ours does: people see whose it was. R-ENT-3, R-ENT-4, R-AUT-5. */
export class Troubles {
  readonly #ledger: Ledger;
  readonly #onChange: () => void;
  readonly #forked = new Set<string>();
  readonly #rejected = new Set<string>();
  /** Of each device one entry that it was not permitted to write: a later statement may permit it, then it was only early. */
  readonly #refused = new Map<string, Entry>();
  #hasUnproved = false;
  #hasConflict = false;

  constructor(ledger: Ledger, onChange: () => void) {
    this.#ledger = ledger;
    this.#onChange = onChange;
  }

  /** What a replica tells of it. */
  get events(): Pick<ReplicaEvents, 'onFork' | 'onConflict' | 'onStrike' | 'onRefused'> {
    return {
      onFork: ({ device }) => this.#note(() => this.#forked.add(device)),
      onConflict: () => this.#note(() => (this.#hasConflict = true)),
      onStrike: (link) => {
        if (link.isProved) this.noteRejected(link.device);
        else this.#note(() => (this.#hasUnproved = true));
      },
      onRefused: (entry) => this.#note(() => this.#refused.set(entry.device, entry)),
    };
  }

  #note(change: () => unknown): void {
    change();
    this.#onChange();
  }

  noteRejected(device: string): void {
    this.#note(() => this.#rejected.add(device));
  }

  /** A stream was closed of which more is here: that can be used by nobody. What is one's own is a draft. R-ENT-2. */
  noteRecords(batch: readonly NumberedRecord[], ownDevice: string): void {
    for (const { record } of batch) {
      const device = deviceOfStream(record.stream);
      if (record.verdict !== verdicts.close || device === ownDevice) continue;
      if ((this.#ledger.stream(record.stream)?.after(record.seq).length ?? 0) > 0) this.noteRejected(device);
    }
  }

  /** The server's history counts from here on. */
  noteGeneration(): void {
    this.#hasConflict = false;
  }

  read(ownUserId: string): readonly Trouble[] {
    const found: Trouble[] = [];
    if (this.#hasConflict) found.push({ kind: 'two-histories' });
    if (this.#rejected.has(this.#ledger.authorityDevice)) found.push({ kind: 'rejected-server' });
    if (this.#hasUnproved) found.push({ kind: 'unproved' });
    const usersOf = (devices: Iterable<string>): Set<string> =>
      new Set([...devices].map((device) => this.#ledger.device(device)?.user_id ?? ''));
    // Who is barred wrote in vain too often, which an honest program may: R-AUT-2.
    for (const device of this.#rejected) if (this.#ledger.device(device)?.barred === true) this.#rejected.delete(device);
    const isUnpermitted = (entry: Entry): boolean =>
      this.#ledger.device(entry.device)?.barred !== true && pendingMode(entry, this.#ledger) === null;
    const unpermitted = [...this.#refused.values()].filter(isUnpermitted).map(({ device }) => device);
    const [forked, rejected] = [usersOf(this.#forked), usersOf([...this.#rejected, ...unpermitted])];
    for (const { user_id, name } of this.#ledger.statement?.claims.participants ?? []) {
      const whose = { user_id, name, is_own: user_id === ownUserId };
      if (forked.has(user_id)) found.push({ kind: 'fork', ...whose });
      else if (rejected.has(user_id)) found.push({ kind: 'rejected', ...whose });
    }
    return found;
  }
}
