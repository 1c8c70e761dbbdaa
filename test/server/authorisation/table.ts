import type { OperationName } from '../../../shared/api/operations.ts';

/**
 * Who asks. The session is a Music Lesson, whose table tells every role from the next (product.md): a viewer reads, a
 * commenter chats and comments besides, an editor edits besides; nobody but the owner gives out, manages, moderates or deletes.
 *
 * - `invited`: has an open invitation to it, and no more
 * - `manager`: an editor in a lesson of the same kind whose owner gave editors every permission there is
 * - `other`: the owner of another session
 * - `expired`: the owner, with a token that has ended
 * - `revoked`: an editor whose only device was revoked; a token is no device's, so that REST answers as to any editor
 */
export const actors = [
  'anonymous',
  'stranger',
  'invited',
  'viewer',
  'commenter',
  'editor',
  'manager',
  'owner',
  'removed',
  'banned',
  'admin',
  'other',
  'expired',
  'revoked',
] as const;
export type Actor = (typeof actors)[number];

/** In the order of `actors`; `yes` is the status of success that the operation's row names. */
const groups = {
  /*              anonymous stranger invited viewer commenter editor manager owner removed banned admin other expired revoked */
  open: /*      */ 'yes      yes      yes     yes    yes       yes    yes     yes   yes     yes    yes   yes   yes     yes',
  signed_in: /* */ '401      yes      yes     yes    yes       yes    yes     yes   yes     yes    yes   yes   401     yes',
  admin: /*     */ '401      403      403     403    403       403    403     403   403     403    yes   403   401     403',
  read: /*      */ '401      404      404     yes    yes       yes    yes     yes   404     404    404   404   401     yes',
  say: /*       */ '401      404      404     403    yes       yes    yes     yes   404     404    404   404   401     yes',
  edit: /*      */ '401      404      404     403    403       yes    yes     yes   404     404    404   404   401     yes',
  manage: /*    */ '401      404      404     403    403       403    yes     yes   404     404    404   404   401     403',
  /** Whatever the table says: only the owner. */
  lead: /*      */ '401      404      404     403    403       403    403     yes   404     404    404   404   401     403',
  /** Everybody who takes part may go, but for the owner. */
  leave: /*     */ '401      404      404     yes    yes       yes    yes     409   404     404    404   404   401     yes',
  /** The code of a link: whoever holds it knows that there is something, so that a ban is told. */
  code: /*      */ '401      yes      yes     yes    yes       yes    yes     yes   yes     403    yes   yes   401     yes',
  /** What is one person's own: for all others it is not there. */
  of_invited: /**/ '401      404      yes     404    404       404    404     404   404     404    404   404   401     404',
  of_owner: /*  */ '401      404      404     404    404       404    404     yes   404     404    404   404   401     404',
  /** The last administrator does not go while others have accounts. */
  own_end: /*   */ '401      yes      yes     yes    yes       yes    yes     yes   yes     yes    409   yes   401     yes',
} as const;

/** By api.md and product.md. A new operation does not compile, and fails, without its line here. */
export const groupOf: Record<OperationName, keyof typeof groups> = {
  describeServer: 'open',
  iceServers: 'signed_in',

  register: 'open',
  guest: 'open',
  login: 'open',
  refresh: 'open',
  logout: 'open',
  logoutEverywhere: 'signed_in',
  forgotPassword: 'open',
  resetPassword: 'open',
  me: 'signed_in',
  updateMe: 'signed_in',
  exportMe: 'signed_in',
  requestDeletion: 'own_end',
  deleteMe: 'signed_in',
  listDevices: 'signed_in',
  registerDevice: 'signed_in',
  revokeDevice: 'of_owner',

  getServerSettings: 'admin',
  updateServerSettings: 'admin',
  listUsers: 'admin',
  updateUser: 'admin',
  serverStats: 'admin',
  cleanUp: 'admin',
  cleanupPlan: 'admin',
  serverStatus: 'admin',
  testMail: 'admin',

  createSession: 'signed_in',
  mySessions: 'signed_in',
  publicSessions: 'signed_in',
  getSession: 'read',
  updateSession: 'manage',
  deleteSession: 'manage',
  transferSession: 'lead',
  startSession: 'manage',
  pauseSession: 'manage',
  resumeSession: 'manage',
  endSession: 'manage',
  archiveSession: 'manage',
  reopenSession: 'manage',

  joinSession: 'read',
  joinByCode: 'code',
  leaveSession: 'leave',
  listParticipants: 'read',
  changeRole: 'manage',
  removeParticipant: 'manage',
  banParticipant: 'manage',
  unbanParticipant: 'manage',

  invite: 'manage',
  listInvitations: 'manage',
  revokeInvitation: 'manage',
  myInvitations: 'signed_in',
  acceptInvitation: 'of_invited',
  declineInvitation: 'of_invited',
  listLinks: 'manage',
  createLink: 'manage',
  revokeLink: 'manage',

  listDocuments: 'read',
  getDocument: 'read',
  addDocument: 'edit',
  replaceDocument: 'edit',
  removeDocument: 'edit',
  listMessages: 'read',
  sendMessage: 'say',
  listComments: 'read',
  addComment: 'say',
  // The owner's: others may not, though they comment.
  changeComment: 'manage',
  deleteComment: 'manage',

  // In a lesson only the owner records.
  startRecording: 'manage',
  stopRecording: 'manage',
  recordingStatus: 'read',
  myRecordingChoice: 'read',
  setMyRecordingChoice: 'read',
  listRecordings: 'read',
  getRecording: 'read',
  recordingEvents: 'read',
  recordingLedger: 'read',
  exportRecording: 'read',
  deleteRecording: 'lead',

  listActivities: 'read',
  sessionStats: 'read',
  sessionHealth: 'read',
  myStats: 'signed_in',

  listTemplates: 'signed_in',
  createTemplate: 'signed_in',
  updateTemplate: 'of_owner',
  deleteTemplate: 'of_owner',
};

/** What somebody who is let in gets where that is not the status of success, since the call names nothing that is there. */
export const yesOf: Partial<Record<OperationName, number>> = { resetPassword: 422, deleteMe: 422 };

/** The status that the table has for one of them, or that they are let in. */
export function expectedOf(name: OperationName, actor: Actor): number | 'yes' {
  const cells = groups[groupOf[name]].split(/\s+/);
  const cell = cells[actors.indexOf(actor)];
  if (cells.length !== actors.length || cell === undefined) throw new Error(`The line ${groupOf[name]} does not have a cell for each.`);
  return cell === 'yes' ? 'yes' : Number(cell);
}
