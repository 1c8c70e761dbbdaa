import type { Entry, EntryKind } from './entry.ts';
import { entryKinds } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerBase } from './ledger-base.ts';
import { verdicts } from './record.ts';
import type { Permission } from '../session/roles.ts';
import { mayNow, permissionOfKind, type Statement } from './statement.ts';
import { deviceOfStream } from './stream.ts';

/** Why somebody's own changes do not count, as far as statement and records tell. */
export type DraftWhy = 'role' | 'paused' | 'ended' | 'removed' | 'device' | 'no-song' | 'earlier';

const textKinds: ReadonlySet<EntryKind> = new Set([entryKinds.songUpdate]);
const wordKinds: ReadonlySet<EntryKind> = new Set([entryKinds.comment, entryKinds.chat, entryKinds.marker]);

/**
 * What a person wrote that does not count, on all their devices whose entries are here (R-LOC-3). Kept up record by record,
 * since it is asked for with every picture of the session.
 */
export class RefusedEdits {
  readonly #ledger: Ledger;
  readonly #userId: string;
  readonly #devices = new Set<string>();
  readonly #void = new Set<string>();
  #statement: Statement | null = null;
  #base: LedgerBase | null = null;
  #seenN = 0;

  constructor(ledger: Ledger, userId: string) {
    this.#ledger = ledger;
    this.#userId = userId;
  }

  isOwn(device: string): boolean {
    this.#follow();
    return this.#devices.has(device);
  }

  /** Changes of songs: void ones by number, then those without a record that are not permitted or stand in a closed stream. */
  read(): Entry[] {
    return this.#read(textKinds);
  }

  /** The same of comments, messages and marks. */
  readWords(): Entry[] {
    return this.#read(wordKinds);
  }

  #read(kinds: ReadonlySet<EntryKind>): Entry[] {
    this.#follow();
    const found = [...this.#void]
      .flatMap((hash) => this.#ledger.entry(hash) ?? [])
      .filter(({ form, kind }) => form === 'whole' && kinds.has(kind));
    for (const stream of this.#ledger.streams()) {
      const device = deviceOfStream(stream.name);
      if (stream.tip <= stream.sequencedSeq || !this.#devices.has(device)) continue;
      const isRefused = ({ kind }: Entry): boolean => kinds.has(kind) && (stream.isClosed || !this.#may(device, permissionOfKind[kind]));
      found.push(...stream.after(stream.sequencedSeq).filter(isRefused));
    }
    return found;
  }

  /**
   * Why what they needed that permission for does not count now; once the person has it again, only that it came while it was not so.
   */
  why(permission: Permission = 'edit'): Exclude<DraftWhy, 'no-song'> {
    const claims = this.#ledger.statement?.claims;
    const person = claims?.participants.find(({ user_id }) => user_id === this.#userId);
    if (claims === undefined || person === undefined) return 'earlier';
    if (person.status !== 'joined' || person.role === null) return 'removed';
    if (!claims.dormant && claims.status === 'paused') return 'paused';
    if (!claims.dormant && (claims.status === 'ended' || claims.status === 'archived')) return 'ended';
    if (person.role !== 'owner' && !claims.permissions[person.role].includes(permission)) return 'role';
    const isRevoked = [...this.#devices].every((device) => this.#ledger.device(device)?.role == null);
    return isRevoked ? 'device' : 'earlier';
  }

  #may(deviceId: string, permission: Permission | null): boolean {
    const device = this.#ledger.device(deviceId);
    return permission !== null && device !== undefined && this.#statement !== null && mayNow(this.#statement.claims, device, permission);
  }

  #follow(): void {
    const { statement, base, log } = this.#ledger;
    if (statement !== this.#statement) {
      this.#statement = statement;
      const devices = (statement?.claims.devices ?? []).filter(({ user_id }) => user_id === this.#userId);
      // A device that was not known as one's own may have written before.
      if (devices.some(({ device_id }) => !this.#devices.has(device_id))) this.#seenN = 0;
      for (const { device_id } of devices) this.#devices.add(device_id);
    }
    if (base !== this.#base || log.n < this.#seenN) {
      this.#base = base;
      this.#seenN = 0;
      this.#void.clear();
    }
    for (let n = Math.max(this.#seenN, log.baseN) + 1; n <= log.n; n++) {
      const record = log.at(n);
      if (record?.verdict !== verdicts.void || !this.#devices.has(deviceOfStream(record.stream))) continue;
      this.#void.add(record.hash);
    }
    this.#seenN = log.n;
  }
}
