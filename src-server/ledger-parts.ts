import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Database } from './database/open-database.ts';
import type { Deps } from './deps.ts';
import type { DeviceMarks } from './features/sessions/device-marks.ts';
import type { SessionActivity } from './features/sessions/activity.ts';
import type { LedgerArchive } from './features/cleanup/archive-port.ts';
import type { SessionContent } from './features/content/content-port.ts';
import type { RecordedLedger, RecordingTap } from './features/recordings/recorded-ledger.ts';
import type { LedgerPort } from './features/sessions/ledger-port.ts';
import type { StatementSource } from './features/sessions/statement-source.ts';
import type { AuthorityKeys } from './keys/authority-keys.ts';
import type { SocketAuth } from './plugins/socket-auth.ts';
import type { UnprovedSockets } from './plugins/unproved-sockets.ts';

/** What the ledger is made of. */
export interface LedgerParts {
  deps: Deps;
  log: FastifyBaseLogger;
  /** Its store has the connection to itself during each synchronous call, as everything else. */
  db: Database;
  keys: AuthorityKeys;
  statements: StatementSource;
  activity: SessionActivity;
  marks: DeviceMarks;
  /** Recordings under way. */
  recording: RecordingTap;
  /** What the database states is numbered above a statement that an app showed. R-MEM-2. */
  numberAbove(sessionId: string, shown: { generation: number; epoch: number }): void;
  auth: SocketAuth;
  unproved: UnprovedSockets;
  /** Whether the user takes part in the session or once did. Answers the same for a session that is not there. */
  mayHear(sessionId: string, userId: string): boolean;
  /** Somebody who may wrote into a session at rest: it becomes active. R-MEM-1. */
  wake(sessionId: string, userId: string): void;
  /** For the list of devices: this one has a link. */
  noteDeviceSeen(deviceId: string): void;
}

export interface ServerLedger extends LedgerPort {
  /** Links that live, of all sessions. */
  linkCount(): number;
  content: SessionContent;
  recorded: RecordedLedger;
  archive: LedgerArchive;
  /** Adds the ledger's WebSocket route. */
  register(app: FastifyInstance): void;
}
