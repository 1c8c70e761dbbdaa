/** Ledgers put away, as cleanup does it; implemented in src-server/ledger. */
export interface LedgerArchive {
  /** Compresses the ledger of a session; answers false when somebody is in it, or there is nothing to compress. */
  pack(sessionId: string): boolean;
  /** Archived sessions whose ledger is not compressed. */
  unpacked(most: number): string[];
}
