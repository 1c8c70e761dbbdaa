import type { FaultCode } from '../base/errors.ts';
import type { Bytes } from './bytes.ts';
import type { Checkpoint, CheckpointHead } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import type { ForkProof } from './fork-proof.ts';
import type { SequencedEntry } from './ledger-store.ts';
import type { Link } from './link.ts';
import type { NumberedRecord } from './record-log.ts';
import type { Head } from './record.ts';
import type { Statement, StatementClaims } from './statement.ts';

/** What a replica tells its owner. All are called after the ledger changed and settled. */
export interface ReplicaEvents {
  /** Newly accepted from others: store them. `from` is null for own ones. */
  onEntries(entries: readonly Entry[], from: Link | null): void;
  /** Entries changed their form, words that were deleted are gone from them: store them so. R-ENT-6. */
  onReformed?(entries: readonly Entry[]): void;
  onRecords(firstN: number, batch: readonly NumberedRecord[], head: Head): void;
  onStatement(statement: Statement): void;
  /** A device signed two things at one place: its user is to be told, the authority suspends it. R-ENT-3. */
  onFork?(proof: ForkProof): void;
  /** One was taken: store it. */
  onCheckpoint?(checkpoint: Checkpoint): void;
  /** A new generation begins at it: store it so, and offer what is stored anew (`Replica.offerStored`). R-AUT-5. */
  onGeneration?(checkpoint: Checkpoint): void;
  /** Whether what has a record up to n may leave the memory; asked when a checkpoint stands for it. */
  mayTrim?(n: number): boolean;
  /** The authority signed two histories: its own stays, and nothing of the other is taken. R-AUT-5. */
  onConflict?(head: Pick<CheckpointHead, 'generation' | 'n' | 'chain'>): void;
  /** The authority's: what others have of its own records is on its way into the ledger. Throws where it can't be stored: then it is not taken. */
  storeMissed?(firstN: number, batch: readonly SequencedEntry[], head: Head): void;
  /** The authority's: whether it may begin at a checkpoint of its own that is ahead of its records: they are lost, and none were made since. R-AUT-5. */
  mayBeginAhead?(): boolean;
  /** The authority's: it begins at this one. Throws where it can't be stored: then it is not taken. */
  storeBase?(checkpoint: Checkpoint): void;
  /** The authority's: somebody shows a statement of its own that is above what it states. R-MEM-2. */
  onOutnumbered?(claims: StatementClaims): void;
  /** Presence of a device, as the authority stamped it, or of the link's own. */
  onAwareness(update: Bytes, device: string, from: Link): void;
  /** Links came, went, or caught up. */
  onLinks(): void;
  /** Anything that people see may have changed. */
  onChange(): void;
  /** Nobody took what somebody wrote, who was never permitted to; it may be that the statement which permits it comes later. */
  onRefused?(entry: Entry): void;
  /** A forged, malformed or oversized thing arrived: its link was closed. Whose it was is known only of a link that is proved. */
  onStrike(link: Link, code: FaultCode): void;
}
