import type { ActivityDetails, ActivityType } from '../../../shared/session/history-schemas.ts';

interface Told {
  actor: string;
  subject: string;
  details: ActivityDetails;
}

function times(count: ActivityDetails[string] | undefined, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${Number(count ?? 0)} ${many}`;
}

/** What each row says to programs without words of their own. */
const sentences: Record<ActivityType, (told: Told) => string> = {
  session_created: ({ actor }) => `${actor} made the session.`,
  session_started: ({ actor }) => `${actor} started the session.`,
  session_paused: ({ actor }) => `${actor} paused the session.`,
  session_resumed: ({ actor }) => `${actor} went on with the session.`,
  session_ended: ({ actor }) => `${actor} ended the session.`,
  session_archived: ({ actor }) => `${actor} put the session away.`,
  session_reopened: ({ actor }) => `${actor} opened the session again.`,
  session_settings_changed: ({ actor }) => `${actor} changed the settings.`,
  ownership_transferred: ({ actor, subject }) => `${actor} gave the session to ${subject}.`,
  participant_joined: ({ actor }) => `${actor} joined.`,
  participant_left: ({ actor }) => `${actor} left.`,
  participant_invited: ({ actor }) => `${actor} invited somebody.`,
  participant_declined: ({ actor }) => `${actor} declined an invitation.`,
  participant_removed: ({ actor, subject }) => `${actor} removed ${subject}.`,
  participant_banned: ({ actor, subject }) => `${actor} banned ${subject}.`,
  participant_unbanned: ({ actor, subject }) => `${actor} lifted the ban of ${subject}.`,
  role_changed: ({ actor, subject }) => `${actor} changed the role of ${subject}.`,
  song_added: ({ actor }) => `${actor} added a song.`,
  song_edited: ({ actor, details }) => `${actor} made ${times(details['edits'], 'change', 'changes')} in the songs.`,
  song_removed: ({ actor }) => `${actor} took a song out.`,
  comment_added: ({ actor }) => `${actor} commented.`,
  comment_resolved: ({ actor }) => `${actor} resolved a comment.`,
  message_sent: ({ actor, details }) => `${actor} wrote ${times(details['count'], 'message', 'messages')}.`,
  recording_started: ({ actor }) => `${actor} started a recording.`,
  recording_stopped: ({ actor }) => `${actor} stopped a recording.`,
  recording_deleted: ({ actor }) => `${actor} deleted a recording.`,
  entry_refused: ({ actor, details }) => `${times(details['count'], 'change', 'changes')} of ${actor} did not count.`,
};

const nameOf = (name: string | null) => (name === null ? 'The server' : name === '' ? 'Somebody' : name);

/** @param actor null: the server by itself. An empty name: the account is gone */
export function describeActivity(type: ActivityType, actor: string | null, subject: string | null, details: ActivityDetails): string {
  return sentences[type]({ actor: nameOf(actor), subject: nameOf(subject ?? ''), details });
}
