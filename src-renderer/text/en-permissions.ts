import type { Permission } from '../../shared/session/roles.ts';

/** What may be done in a session, as the rows of its table. */
const names: Record<Permission, string> = {
  read: 'See songs and setlist',
  edit: 'Change songs and setlist',
  comment: 'Comment',
  chat: 'Write in the chat',
  add_participants: 'Bring others in',
  manage_participants: 'Give roles, remove, ban',
  manage_session: 'Change settings, pause, end',
  record: 'Record, set marks',
  moderate: 'Delete what others said',
  delete: 'Delete the session',
};

/** The table of who may do what: of a template, and of one session. */
export const permissionTable = {
  title: 'Who may do what',
  permission: 'May',
  names,
  ownerMay: (owner: string) => `${owner} may do everything, always.`,
  may: (role: string, what: string) => `${role}: ${what}`,
  yes: 'yes',
  no: 'no',
  noRead: (label: string) => `${label} cannot open the session: tick “${names.read}”.`,
};
