import type { Database } from '../../database/open-database.ts';
import type { Deps } from '../../deps.ts';
import type { UserStore } from '../accounts/user-store.ts';
import type { ActivityLog } from '../activities/activity-log.ts';
import type { LedgerArchive } from '../cleanup/archive-port.ts';
import type { MailPort } from '../mail/port.ts';
import type { SessionContent } from '../content/content-port.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { LedgerPort } from './ledger-port.ts';
import type { PresentSession } from './present-session.ts';
import type { SessionBounds } from './session-bounds.ts';
import type { SessionStore } from './session-store.ts';
import type { StatementChanges } from './statement-changes.ts';

/** What the services of sessions are made of. */
export interface SessionParts {
  db: Database;
  deps: Deps;
  users: UserStore;
  sessions: SessionStore;
  present: PresentSession;
  changes: StatementChanges;
  ledger: LedgerPort;
  content: SessionContent;
  /** What of the ledger's rows can be put away. */
  archive: LedgerArchive;
  activities: ActivityLog;
  recordings: Recordings;
  /** The administrator's limits, as they are now. */
  bounds(): SessionBounds;
  mail: MailPort;
  /** What links name: where this server is reached, and the thumbprint of its key. */
  place(): { server: string; key: string };
  /** An invitation to this address came, changed or went: lists of it are out of date. */
  invitationChanged(email: string): void;
  /** Ways into a session came or went: those who look at it see that. No statement changes by it. */
  waysChanged(sessionId: string): void;
}
