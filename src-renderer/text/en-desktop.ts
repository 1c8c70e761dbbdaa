import { count } from './count.ts';

const tableWords: Readonly<Record<string, string>> = {
  songs: 'songs',
  servers: 'servers you used',
  known_sessions: 'the list of sessions',
  settings: 'settings',
  kept_drafts: 'drafts',
  draft_marks: 'drafts that you put away',
};

/** What of the file is missing, in the words of its owner; the ledger's tables are all sessions to them. */
function missing(tables: readonly string[]): string {
  const words = new Set(tables.map((table) => tableWords[table] ?? 'what was played in sessions'));
  return [...words].join(', ');
}

/** What the computer itself did to the library. */
export const recovery = {
  title: 'The file of your library was damaged.',
  saved: (songs: number, sessions: number) =>
    `${count(songs, 'song', 'songs')} and ${count(sessions, 'session', 'sessions')} were saved into a new file.`,
  whole: 'Nothing is missing.',
  missing: (tables: readonly string[]) => `Some could not be read: ${missing(tables)}. Sessions are filled up from the others.`,
  kept: 'The damaged file is kept here:',
  read: 'I have read this',
};
