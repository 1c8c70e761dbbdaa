import type { InputOf, OperationName } from '../../../shared/api/operations.ts';
import { callApi } from '../../support/api-client.ts';
import { expectDone, makeDevice, testPassword } from '../../support/server.ts';
import type { Lesson, School } from './lessons.ts';
import type { Actor } from './table.ts';

export interface Scene {
  school: School;
  lesson: Lesson;
  actor: Actor;
}

interface Call<N extends OperationName> {
  /** Brings the lesson into the state in which who may do it can. */
  prepare?(at: Scene): Promise<unknown>;
  input(at: Scene): InputOf<N> | Promise<InputOf<N>>;
  /** For what ends more than the lesson. */
  after?(at: Scene): Promise<unknown>;
}

const ofSession = ({ lesson }: Scene) => ({ id: lesson.session.id });
const ofSong = ({ lesson }: Scene) => ({ id: lesson.session.id, song_id: lesson.song });
const ofComment = ({ lesson }: Scene) => ({ id: lesson.session.id, comment_id: lesson.comment });
const ofRecording = ({ lesson }: Scene) => ({ id: lesson.session.id, recording_id: lesson.recording });
const ofPerson = (name: 'viewer' | 'banned' | 'editor') => (at: Scene) => ({ ...ofSession(at), user_id: at.school.people[name].id });
const byOwner = (verb: 'pauseSession' | 'endSession') => async (at: Scene) =>
  expectDone(await callApi(at.school.server.url, verb, ofSession(at), at.school.people.owner.token));
const login = (at: Scene) => ({ email: at.school.people.viewer.credentials.user.email ?? '', password: testPassword });
let newcomers = 0;

/** One call of each operation that would be done for whoever may. */
export const calls: { [N in OperationName]: Call<N> } = {
  describeServer: { input: () => ({}) },
  iceServers: { input: () => ({}) },

  register: { input: () => ({ email: `new.${newcomers++}@example.org`, password: testPassword }) },
  guest: { input: ({ lesson }) => ({ code: lesson.code, name: 'Gus' }) },
  login: { input: login },
  refresh: {
    input: async (at) => {
      const { refresh_token } = expectDone(await callApi(at.school.server.url, 'login', login(at)));
      return { refresh_token };
    },
  },
  logout: { input: () => ({ refresh_token: 'none' }) },
  logoutEverywhere: { input: () => ({}), after: ({ school, actor }) => school.signIn(actor) },
  forgotPassword: { input: () => ({ email: 'nobody@example.org' }) },
  resetPassword: { input: () => ({ token: 'none', password: testPassword }) },
  me: { input: () => ({}) },
  updateMe: { input: () => ({}) },
  exportMe: { input: () => ({}) },
  requestDeletion: { input: () => ({ current_password: testPassword }) },
  deleteMe: { input: () => ({ deletion_token: 'x'.repeat(43) }) },
  listDevices: { input: () => ({}) },
  registerDevice: {
    input: async ({ school, actor }) => {
      const { proof } = await makeDevice(school.server.url, school.people[actor === 'anonymous' ? 'stranger' : actor].id);
      return { ...proof, name: 'Phone' };
    },
  },
  revokeDevice: { input: ({ school }) => ({ device_id: school.device }) },

  getServerSettings: { input: () => ({}) },
  updateServerSettings: { input: () => ({ max_users: 1_000 }) },
  listUsers: { input: () => ({}) },
  updateUser: { input: ({ school }) => ({ user_id: school.people.stranger.id, is_disabled: false }) },
  serverStats: { input: () => ({}) },
  cleanUp: { input: () => ({ dry_run: true }) },
  cleanupPlan: { input: () => ({}) },
  serverStatus: { input: () => ({}) },
  testMail: { input: () => ({}) },

  createSession: { input: () => ({ name: 'Mine' }) },
  mySessions: { input: () => ({}) },
  publicSessions: { input: () => ({}) },
  getSession: { input: ofSession },
  updateSession: { input: (at) => ({ ...ofSession(at), name: 'Renamed' }) },
  deleteSession: { input: (at) => ({ ...ofSession(at), confirm: at.lesson.session.name }) },
  transferSession: { input: ofPerson('editor') },
  startSession: {
    prepare: async (at) => {
      at.lesson = await at.school.lesson({ startsAt: '2999-01-01T00:00:00Z', isWide: at.actor === 'manager' });
    },
    input: ofSession,
  },
  pauseSession: { input: ofSession },
  resumeSession: { prepare: byOwner('pauseSession'), input: ofSession },
  endSession: { input: ofSession },
  archiveSession: { prepare: byOwner('endSession'), input: ofSession },
  reopenSession: { prepare: byOwner('endSession'), input: ofSession },

  joinSession: { input: ofSession },
  joinByCode: { input: ({ lesson }) => ({ code: lesson.code }) },
  leaveSession: { input: ofSession },
  listParticipants: { input: ofSession },
  changeRole: { input: (at) => ({ ...ofPerson('viewer')(at), role: 'commenter' }) },
  removeParticipant: { input: ofPerson('viewer') },
  banParticipant: { input: ofPerson('viewer') },
  unbanParticipant: { input: ofPerson('banned') },

  invite: { input: (at) => ({ ...ofSession(at), users: [{ email: 'someone@example.org', role: 'viewer' }] }) },
  listInvitations: { input: ofSession },
  revokeInvitation: { input: (at) => ({ ...ofSession(at), invitation_id: at.lesson.invitation }) },
  myInvitations: { input: () => ({}) },
  acceptInvitation: { input: ({ lesson }) => ({ id: lesson.invitation }) },
  declineInvitation: { input: ({ lesson }) => ({ id: lesson.invitation }) },
  listLinks: { input: ofSession },
  createLink: { input: ofSession },
  revokeLink: { input: (at) => ({ ...ofSession(at), link_id: at.lesson.link }) },

  listDocuments: { input: ofSession },
  getDocument: { input: ofSong },
  addDocument: { input: (at) => ({ ...ofSession(at), song: { title: 'Second' } }) },
  replaceDocument: { input: (at) => ({ ...ofSong(at), chordpro: 'Other words' }) },
  removeDocument: { input: ofSong },
  listMessages: { input: ofSession },
  sendMessage: { input: (at) => ({ ...ofSession(at), text: 'Hello', reply_to: at.lesson.message }) },
  listComments: { input: ofSession },
  addComment: { input: (at) => ({ ...ofSession(at), text: 'Hm', anchor: { song_id: at.lesson.song, start: 0, end: 6 } }) },
  changeComment: { input: (at) => ({ ...ofComment(at), is_resolved: true }) },
  deleteComment: { input: ofComment },

  startRecording: { input: ofSession },
  stopRecording: {
    prepare: async (at) => expectDone(await callApi(at.school.server.url, 'startRecording', ofSession(at), at.school.people.owner.token)),
    input: ofSession,
  },
  recordingStatus: { input: ofSession },
  myRecordingChoice: { input: ofSession },
  setMyRecordingChoice: { input: (at) => ({ ...ofSession(at), is_left_out: true }) },
  listRecordings: { input: ofSession },
  getRecording: { input: ofRecording },
  recordingEvents: { input: ofRecording },
  recordingLedger: { input: ofRecording },
  exportRecording: { input: ofRecording },
  deleteRecording: { input: ofRecording },

  listActivities: { input: ofSession },
  sessionStats: { input: ofSession },
  sessionHealth: { input: ofSession },
  myStats: { input: () => ({}) },

  listTemplates: { input: () => ({}) },
  createTemplate: {
    input: async ({ school }) => {
      const { items } = expectDone(await callApi(school.server.url, 'listTemplates', {}, school.people.viewer.token));
      const [any] = items;
      if (any === undefined) throw new Error('no template');
      const { id: _id, is_built_in: _builtIn, is_mine: _mine, owner_name: _name, uses: _uses, ...values } = any;
      return { ...values, is_shared: false };
    },
  },
  updateTemplate: { input: ({ school }) => ({ id: school.template, name: 'Renamed' }) },
  deleteTemplate: { input: ({ school }) => ({ id: school.template }) },
};
