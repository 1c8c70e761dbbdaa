import type { Database } from '../../database/open-database.ts';
import type { Deps } from '../../deps.ts';
import type { UserStore } from '../accounts/user-store.ts';
import type { MailPort } from '../mail/port.ts';
import type { LedgerPort } from './ledger-port.ts';
import type { PresentSession } from './present-session.ts';
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
  mail: MailPort;
}
