import { count } from './count.ts';

const tableWords: Readonly<Record<string, string>> = {
  songs: 'songs',
  servers: 'servers you used',
  known_sessions: 'the list of sessions',
  song_tags: 'tags of songs',
  setlists: 'setlists',
  setlist_songs: 'setlists',
  settings: 'settings',
  kept_drafts: 'drafts',
  unsaid_words: 'messages and comments that did not count',
  draft_marks: 'drafts that you put away',
  draft_counts: 'drafts',
  song_versions: 'earlier versions of songs',
  outbox: 'what waited for the server',
  unsent_changes: 'what waited for the server',
  known_templates: 'templates',
  kept_recordings: 'recordings',
  kept_recording_parts: 'recordings',
  kept_recording_ledgers: 'recordings',
};

/** What of the file is missing, in the words of its owner, and what comes back; the ledger's tables are all sessions to them. */
function missing(tables: readonly string[]): string {
  const words = new Set(tables.map((table) => tableWords[table] ?? 'what was played in sessions'));
  return [
    `Some could not be read: ${[...words].join(', ')}.`,
    ...(tables.includes('songs') ? ['Look which songs are missing, and import those once more.'] : []),
    ...(tables.some((table) => tableWords[table] === undefined) ? ['Sessions are filled up from the others.'] : []),
  ].join(' ');
}

/** What the computer itself did to the library. */
export const recovery = {
  title: 'The file of your library was damaged.',
  saved: (songs: number, sessions: number) =>
    `${count(songs, 'song', 'songs')} and ${count(sessions, 'session', 'sessions')} were saved into a new file.`,
  whole: 'Nothing is missing.',
  missing,
  kept: 'The damaged file is kept here:',
  read: 'I have read this',
};

/** For whoever helps. */
export const report = {
  title: 'When something goes wrong',
  lead: 'The report has the versions of the programs and the last lines of the log. No song, name, address or password is in it.',
  copy: 'Copy a report',
  copied: 'The report is on the clipboard: paste it into a mail to whoever helps you.',
};

/** New versions of the installed program. */
export const updates = {
  title: 'New versions',
  lead: 'ChordMe asks nobody for new versions until you say where to look. Whoever keeps that address decides what is installed here.',
  feed: 'Address of the new versions',
  feedHint: 'It begins with https:// and is told by whoever gave you ChordMe.',
  feedBad: 'This is not an address that begins with https://',
  use: 'Look there',
  lookingAt: (feed: string) => `New versions are looked for at ${feed}, at each start and once a day.`,
  forget: 'Do not look any more',
  look: 'Look now',
  looking: 'Looking…',
  newest: 'This is the newest version.',
  found: (version: string) => `ChordMe ${version} is there.`,
  fetch: 'Fetch it',
  fetching: (version: string) => `ChordMe ${version} is being fetched…`,
  ready: (version: string) => `ChordMe ${version} is put in place when you quit.`,
  install: 'Restart now',
  failed: {
    look: 'The address did not answer with a list of versions. Is the network there, and the address right?',
    fetch: 'The new version could not be fetched, or was not what its list says. Nothing was changed.',
  },
  foundNotice: (version: string) => `ChordMe ${version} is there. Settings has it.`,
} as const;

/** What one decides for the program on this computer. */
export const desktop = {
  spellCheck: 'Check the spelling of lyrics and messages',
  spellCheckFetches: 'On Linux and Windows the dictionary is fetched once from Google, the maker of Chromium.',
  keepsInTray: 'Stay in the tray when the last window is closed',
  keepsInTrayMeans: 'Who meets at this computer goes on then. Quit from the menu or the tray.',
  notifies: 'Tell me of messages and invitations while the window is not in front',
  notifiesRefused: 'The browser does not allow it: its settings for this page decide.',
  message: (name: string, session: string) => `${name}, ${session}`,
  invited: 'You are invited to a session.',
};
