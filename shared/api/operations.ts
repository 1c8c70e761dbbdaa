import type { z } from 'zod';
import { adminOperations } from './admin.ts';
import { authOperations } from './auth.ts';
import { serverOperations } from './server.ts';
import { sessionContentOperations } from './session-content.ts';
import { sessionHistoryOperations } from './session-history.ts';
import { sessionPeopleOperations } from './session-people.ts';
import { sessionRecordingOperations } from './session-recording.ts';
import { sessionOperations } from './sessions.ts';
import { templateOperations } from './templates.ts';

/** Every REST operation of the authority. A row without a handler on the server is a compile error there. */
export const operations = {
  ...serverOperations,
  ...authOperations,
  ...adminOperations,
  ...sessionOperations,
  ...sessionPeopleOperations,
  ...sessionContentOperations,
  ...sessionRecordingOperations,
  ...sessionHistoryOperations,
  ...templateOperations,
} as const;

export type OperationName = keyof typeof operations;
/** What a caller passes: defaults may be left out. */
export type InputOf<N extends OperationName> = z.input<(typeof operations)[N]['input']>;
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInputOf<N extends OperationName> = z.output<(typeof operations)[N]['input']>;
export type OutputOf<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

export const apiPrefix = '/api/v1';
