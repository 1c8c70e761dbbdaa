import { operations, type InputOf, type OutputOf } from '../../../shared/api/operations.ts';
import { sessionOperations } from '../../../shared/api/sessions.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import { ask } from '../../app/ask.ts';

type SessionOperation = keyof typeof sessionOperations;

/** The client's word for each operation of sessions; one without a word is a compile error. */
const methods = {
  createSession: 'createSession',
  getSession: 'getSession',
  mySessions: 'getMySessions',
  publicSessions: 'getPublicSessions',
  joinSession: 'joinSession',
  joinByCode: 'joinByCode',
  leaveSession: 'leaveSession',
  listParticipants: 'getParticipants',
  changeRole: 'changeRole',
  removeParticipant: 'removeParticipant',
  banParticipant: 'banParticipant',
  unbanParticipant: 'unbanParticipant',
  startSession: 'startSession',
  pauseSession: 'pauseSession',
  resumeSession: 'resumeSession',
  endSession: 'endSession',
  reopenSession: 'reopenSession',
  listTemplates: 'getTemplates',
} as const satisfies Record<SessionOperation, string>;

/** One method an operation, typed from its row. Throws the Fault that the authority or core answered with. */
export type SessionManagementService = {
  [N in SessionOperation as (typeof methods)[N]]: (input: InputOf<N>) => Promise<OutputOf<N>>;
};

export function createSessionManagementService(bridge: Bridge): SessionManagementService {
  const names = Object.keys(sessionOperations) as SessionOperation[];
  const rows = names.map((operation) => {
    const request = async (input: InputOf<typeof operation>): Promise<unknown> =>
      operations[operation].output.parse(await ask(bridge, 'authority.request', { operation, input }));
    return [methods[operation], request] as const;
  });
  return Object.fromEntries(rows) as SessionManagementService;
}
