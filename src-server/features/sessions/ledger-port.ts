export interface Said {
  /** Hash of its entry. */
  id: string;
  text: string;
  /** When the server numbered it. */
  at: string;
}

export interface PersonWords {
  messages: Said[];
  comments: Said[];
}

/** What sessions and devices need of the ledger; implemented in src-server/ledger. */
export interface LedgerPort {
  /** After the commit of a change of participants, roles, status, table or devices. Must not throw and not wait. */
  statementChanged(sessionId: string): void;
  /** What the user said in the session and did not take back. */
  wordsOf(sessionId: string, userId: string): Promise<PersonWords>;
  /** Takes all of it back, by attested deletions. On disk when it resolves; nothing to do is done at once. */
  takeBackWords(sessionId: string, userId: string): Promise<void>;
  /** Users with a live link to the session. */
  presentUsers(sessionId: string): ReadonlySet<string>;
  /** Ends every link of a device that was revoked. */
  closeDevice(deviceId: string): void;
  /** Ends the links with 'going-away' and waits until what was accepted is on disk. */
  close(): Promise<void>;
}
