import { count } from './count.ts';

/** Setlists of the library. */
export const setlists = {
  title: 'Setlists',
  ways: 'Songs or setlists',
  list: 'My setlists',
  make: 'New setlist',
  newName: 'New setlist',
  name: 'Name of the setlist',
  needName: 'Give the setlist a name.',
  emptyTitle: 'No setlists yet.',
  emptyBody: 'Put songs of your library in the order in which you play them.',
  empty: 'No song on it yet.',
  songs: (n: number) => count(n, 'song', 'songs'),
  wholeOf: (n: number) => `Setlist, ${count(n, 'song', 'songs')}`,
  rehearse: (name: string) => `Rehearse ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removed: (name: string) => `Removed ${name}. Its songs stay in the library.`,
  editSong: 'Edit this song',
  goneTitle: 'This setlist is not in your library.',
  goneBody: 'It may have been removed.',
  all: 'All setlists',
} as const;

/** What one sorts songs by, besides their titles. */
export const shelf = {
  open: 'Tags and setlists',
  of: (title: string) => `Tags and setlists of ${title}`,
  tags: 'Tags',
  tagsHint: 'For yourself: slow, Christmas, needs work. Enter adds one. Others in a session do not see them.',
  onSetlists: 'On these setlists',
  noSetlists: 'There are none yet.',
  make: 'Put it on a new setlist',
  filter: 'Only with the tags',
  anyTags: 'Any tags',
  clearFilter: 'Whatever their tags',
  renameTag: (tag: string) => `Rename the tag ${tag}`,
  tagName: 'Name of the tag',
  renameHint: 'In all songs that have it. Where another tag has this name already, the two become one.',
  rename: 'Rename',
  renamed: (tag: string, name: string, n: number) => `${tag} is called ${name} now, in ${count(n, 'song', 'songs')}.`,
  nothingTagged: 'No song has all of these tags.',
} as const;
