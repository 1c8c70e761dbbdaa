import type { SongHead } from './song-head.ts';

/** What sessions and devices need of the ledger; implemented in src-server/ledger. */
export interface LedgerPort {
  /** After the commit of a change of participants, roles, status, table or devices. Must not throw and not wait. */
  statementChanged(sessionId: string): void;
  /**
   * Writes attested entries on behalf of the user: the song exists, stands at the end of the setlist, has this text.
   * On disk when it resolves.
   */
  createSong(sessionId: string, userId: string, song: { song_id: string; chordpro: string }): Promise<void>;
  /** First of the setlist, null when it is empty. */
  setlistHead(sessionId: string): Promise<SongHead | null>;
  /** Users with a live link to the session. */
  presentUsers(sessionId: string): ReadonlySet<string>;
  /** Ends every link of a device that was revoked. */
  closeDevice(deviceId: string): void;
  /** Ends the links with 'going-away' and waits until what was accepted is on disk. */
  close(): Promise<void>;
}
