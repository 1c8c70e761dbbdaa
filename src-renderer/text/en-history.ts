import type { ActivityDetails, ActivityType, Health } from '../../shared/session/history-schemas.ts';
import { count } from './count.ts';

/** Who did what to whom; names are never empty. */
export interface Told {
  actor: string;
  subject: string;
  details: ActivityDetails;
  /** The session's word for a role. */
  roleOf: (role: ActivityDetails[string] | undefined) => string;
}

const number = (value: ActivityDetails[string] | undefined): number => (typeof value === 'number' ? value : 1);

const settings: Readonly<Record<string, string>> = {
  name: 'the name',
  description: 'the description',
  access_mode: 'who can come',
  default_role: 'the role of who comes',
  max_participants: 'the number of seats',
  permission_table: 'who may do what',
  is_activity_private: 'who sees what happened',
  auto_recording: 'whether it is recorded by itself',
  has_open_recordings: 'who sees earlier recordings',
  auto_cleanup_after: 'when it ends by itself',
  archive_after: 'when it goes to the archive',
  join_link_revoked: 'a join link, which is closed now',
  invitation_revoked: 'an invitation, which is taken back',
};

function changedSettings(value: ActivityDetails[string] | undefined): string {
  const names = Array.isArray(value) ? value.map((name) => settings[name] ?? name) : [];
  return names.length === 0 ? 'the settings' : new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

/** What each kind of event is called in the filter, and how one of them is told. */
const events: Record<ActivityType, { name: string; tell: (told: Told) => string }> = {
  session_created: { name: 'Session made', tell: ({ actor }) => `${actor} made the session.` },
  session_started: { name: 'Started', tell: ({ actor }) => `${actor} started the session.` },
  session_paused: { name: 'Paused', tell: ({ actor }) => `${actor} paused the session.` },
  session_resumed: { name: 'Resumed', tell: ({ actor }) => `${actor} resumed the session.` },
  session_ended: { name: 'Ended', tell: ({ actor }) => `${actor} ended the session.` },
  session_archived: { name: 'Archived', tell: ({ actor }) => `${actor} put the session into the archive.` },
  session_reopened: { name: 'Reopened', tell: ({ actor }) => `${actor} reopened the session.` },
  session_settings_changed: { name: 'Settings', tell: ({ actor, details }) => `${actor} changed ${changedSettings(details['changed'])}.` },
  ownership_transferred: { name: 'Handed over', tell: ({ actor, subject }) => `${actor} handed the session over to ${subject}.` },
  participant_joined: {
    name: 'Joined',
    tell: ({ actor, details, roleOf }) => {
      const way = { link: ' by a link', invitation: ' by an invitation', public: '' }[String(details['way'])] ?? '';
      return `${actor} joined${way} as ${roleOf(details['role'])}.`;
    },
  },
  participant_left: { name: 'Left', tell: ({ actor }) => `${actor} left.` },
  participant_invited: {
    name: 'Invited',
    tell: ({ actor, details, roleOf }) =>
      details['way'] === 'link'
        ? `${actor} made a join link for ${roleOf(details['role'])}.`
        : `${actor} invited somebody as ${roleOf(details['role'])}.`,
  },
  participant_declined: { name: 'Declined', tell: ({ actor }) => `${actor} declined an invitation.` },
  participant_removed: { name: 'Removed', tell: ({ actor, subject }) => `${actor} removed ${subject}.` },
  participant_banned: { name: 'Banned', tell: ({ actor, subject }) => `${actor} banned ${subject}.` },
  participant_unbanned: { name: 'Ban lifted', tell: ({ actor, subject }) => `${actor} lifted the ban of ${subject}.` },
  role_changed: {
    name: 'Role changed',
    tell: ({ actor, subject, details, roleOf }) => `${actor} made ${subject} ${roleOf(details['to'])}, before ${roleOf(details['from'])}.`,
  },
  song_added: { name: 'Song added', tell: ({ actor }) => `${actor} added a song.` },
  song_edited: {
    name: 'Songs changed',
    tell: ({ actor, details }) => `${actor} made ${count(number(details['edits']), 'change', 'changes')} in the songs.`,
  },
  song_removed: { name: 'Song taken out', tell: ({ actor }) => `${actor} took a song off the setlist.` },
  comment_added: { name: 'Comment', tell: ({ actor }) => `${actor} commented.` },
  comment_resolved: { name: 'Comment resolved', tell: ({ actor }) => `${actor} resolved a comment.` },
  message_sent: {
    name: 'Messages',
    tell: ({ actor, details }) => `${actor} wrote ${count(number(details['count']), 'message', 'messages')}.`,
  },
  recording_started: { name: 'Recording started', tell: ({ actor }) => `${actor} started a recording.` },
  recording_stopped: { name: 'Recording stopped', tell: ({ actor }) => `${actor} stopped a recording.` },
  recording_deleted: { name: 'Recording deleted', tell: ({ actor }) => `${actor} deleted a recording.` },
  entry_refused: {
    name: 'Changes that did not count',
    tell: ({ actor, details }) => `${count(number(details['count']), 'change', 'changes')} of ${actor} did not count.`,
  },
};

export const activity = {
  title: 'Activity',
  list: 'What happened',
  type: 'What',
  all: 'Everything',
  actor: 'Who',
  anybody: 'Anybody',
  until: 'Until',
  server: 'The server',
  somebody: 'Somebody',
  self: 'You',
  events,
  private: (owner: string) => `Only ${owner} sees this row.`,
  from: (address: string, program: string) => (program === '' ? `From ${address}` : `From ${address} with ${program}`),
  details: 'From where',
  ownOnly: (owner: string) => `What happened here is private to ${owner}. These are your own rows.`,
  older: 'Show older',
  emptyTitle: 'Nothing here yet.',
  emptyBody: 'What people do in this session is told here, never what they wrote.',
  emptyFilter: 'Nothing that matches.',
  clear: 'Show everything',
} as const;

function hours(value: number): string {
  if (value < 1) return 'less than an hour';
  return value < 48 ? count(Math.floor(value), 'hour', 'hours') : count(Math.floor(value / 24), 'day', 'days');
}

export const stats = {
  title: 'Statistics',
  health: 'How alive it is',
  score: (points: number) => `${String(points)} of 100`,
  levels: { excellent: 'Excellent', good: 'Good', fair: 'Fair', poor: 'Poor' },
  factors: { participation: 'Who takes part', recency: 'How recent', duration: 'How long', continuity: 'Without trouble' } satisfies Record<
    keyof Health['factors'],
    string
  >,
  points: (points: number, max: number) => `${String(points)} of ${String(max)}`,
  why: {
    participation: (share: number | null) => `${String(Math.round((share ?? 0) * 100))} % of the people were here in the last day.`,
    recency: (idle: number | null) => `The last sign of life was ${hours(idle ?? 0)} ago.`,
    duration: (age: number | null) => (age === null ? 'It has not started yet.' : `It has been going on for ${hours(age)}.`),
    continuity: (refused: number | null) =>
      (refused ?? 0) === 0
        ? 'Every change of the last day counted.'
        : `${count(refused ?? 0, 'change', 'changes')} of the last day did not count.`,
  },
  numbers: 'In numbers',
  edits: 'Changes',
  comments: 'Comments',
  messages: 'Messages',
  peak: 'Here at once, at most',
  size: 'Stored',
  bytes: (bytes: number) => (bytes < 1_000_000 ? `${String(Math.ceil(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`),
  days: 'Day by day',
  daysOf: (from: string, to: string, most: number) =>
    `Changes, comments and messages a day from ${from} to ${to}; the most on one day: ${String(most)}.`,
  day: 'Day',
  people: 'Person by person',
  person: 'Person',
  time: 'Time here',
  duration: (seconds: number) => {
    const minutes = Math.round(seconds / 60);
    return minutes < 60 ? `${String(minutes)} min` : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
  },
  sections: 'Where songs were changed',
  section: 'Part',
  song: 'Song',
  above: 'above the first part',
  asTable: 'As a table',
  emptyTitle: 'Nothing to count yet.',
  emptyBody: 'Numbers appear as soon as somebody writes, comments or says something.',
  somebody: 'Somebody who has left ChordMe',
} as const;
