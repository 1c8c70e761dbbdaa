import { operations, type InputOf, type OutputOf } from '../../../shared/api/operations.ts';
import { sessionContentOperations } from '../../../shared/api/session-content.ts';
import { sessionHistoryOperations } from '../../../shared/api/session-history.ts';
import { sessionPeopleOperations } from '../../../shared/api/session-people.ts';
import { sessionRecordingOperations } from '../../../shared/api/session-recording.ts';
import { sessionOperations } from '../../../shared/api/sessions.ts';
import { templateOperations } from '../../../shared/api/templates.ts';
import type { Bridge } from '../../../shared/ipc/contract.ts';
import { ask } from '../../app/ask.ts';

const rowsOfSessions = {
  ...sessionOperations,
  ...sessionPeopleOperations,
  ...sessionContentOperations,
  ...sessionRecordingOperations,
  ...sessionHistoryOperations,
  ...templateOperations,
} as const;
type SessionOperation = keyof typeof rowsOfSessions;

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
  archiveSession: 'archiveSession',
  updateSession: 'updateSession',
  deleteSession: 'deleteSession',
  transferSession: 'transferSession',
  invite: 'inviteToSession',
  listInvitations: 'getInvitations',
  revokeInvitation: 'revokeInvitation',
  myInvitations: 'getMyInvitations',
  acceptInvitation: 'acceptInvitation',
  declineInvitation: 'declineInvitation',
  listLinks: 'getLinks',
  createLink: 'createLink',
  revokeLink: 'revokeLink',
  listDocuments: 'getDocuments',
  getDocument: 'getDocument',
  addDocument: 'addDocument',
  replaceDocument: 'replaceDocument',
  removeDocument: 'removeDocument',
  listMessages: 'getMessages',
  sendMessage: 'sendMessage',
  listComments: 'getComments',
  addComment: 'addComment',
  changeComment: 'changeComment',
  deleteComment: 'deleteComment',
  startRecording: 'startRecording',
  stopRecording: 'stopRecording',
  recordingStatus: 'getRecordingStatus',
  myRecordingChoice: 'getMyRecordingChoice',
  setMyRecordingChoice: 'setMyRecordingChoice',
  listRecordings: 'getRecordings',
  getRecording: 'getRecording',
  recordingEvents: 'getRecordingEvents',
  recordingLedger: 'getRecordingLedger',
  exportRecording: 'exportRecording',
  deleteRecording: 'deleteRecording',
  listActivities: 'getActivities',
  sessionStats: 'getSessionStats',
  sessionHealth: 'getSessionHealth',
  myStats: 'getMyStats',
  serverStats: 'getServerStats',
  cleanUp: 'cleanUp',
  listTemplates: 'getTemplates',
  createTemplate: 'createTemplate',
  updateTemplate: 'updateTemplate',
  deleteTemplate: 'deleteTemplate',
} as const satisfies Record<SessionOperation, string>;

/** One method an operation, typed from its row. Throws the Fault that the authority or core answered with. */
export type SessionManagementService = {
  [N in SessionOperation as (typeof methods)[N]]: (input: InputOf<N>) => Promise<OutputOf<N>>;
};

export function createSessionManagementService(bridge: Bridge): SessionManagementService {
  const names = Object.keys(rowsOfSessions) as SessionOperation[];
  const rows = names.map((operation) => {
    const request = async (input: InputOf<typeof operation>): Promise<unknown> =>
      operations[operation].output.parse(await ask(bridge, 'authority.request', { operation, input }));
    return [methods[operation], request] as const;
  });
  return Object.fromEntries(rows) as SessionManagementService;
}
