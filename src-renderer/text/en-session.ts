import { count } from './count.ts';

export const marks = {
  title: 'Marks',
  type: 'Kind of mark',
  types: { take: 'Take', section: 'Section', note: 'Note' },
  name: 'Name of the mark',
  placeholder: 'Name it',
  add: 'Set a mark',
  set: (name: string) => `${name} is marked.`,
  numbered: (type: string, n: number) => `${type} ${String(n)}`,
  empty: 'Set a mark to find this moment again: a take, a section, a note.',
  emptyReader: 'Moments that somebody names are listed here.',
} as const;

export const troubles = {
  read: 'Understood',
  fork: (name: string) =>
    `A computer of ${name} told different people different things, so it was shut out. What it wrote last may not be in the song. ${name} can go on from another computer.`,
  ownFork:
    'A computer of yours told different people different things, so it was shut out. A copy of its data may run elsewhere. You can go on from another computer.',
  rejected: (name: string) =>
    `Something that came from a computer of ${name} was damaged, forged or not allowed. It was not taken: your songs are as they were.`,
  ownRejected:
    'Something that came from another computer of yours was damaged, forged or not allowed. It was not taken: your songs are as they were.',
  rejectedServer: 'Something that the server sent was damaged or forged. It was not taken: you keep all you have. Tell whoever runs it.',
  unproved: 'The other end of a connection could not prove who it is. It was not let in, and got nothing.',
  twoHistories:
    'The server tells this session differently than before; it may have been set back to an old copy. You keep all you have, and nothing new is taken from it. Tell whoever runs it.',
} as const;

export const farewell = {
  copy: (n: number) => (n === 1 ? 'Keep a copy of the song' : `Keep copies of ${String(n)} songs`),
  copied: (n: number) => `${count(n, 'song is', 'songs are')} in your library.`,
  drop: 'Remove from this computer',
  dropConfirm: 'What this computer has of the session goes away. Copies in your library and your drafts stay.',
} as const;

export const meeting = {
  title: 'Without the server',
  lead: 'While the server of your band is out of reach, you can meet at a computer that hosts on this network. What you play and write there is told to the server later.',
  address: 'Address of the meeting point',
  use: 'Meet there',
  hosting: 'You meet at this computer, which hosts: the others take its address as theirs.',
  meetingAt: (url: string) => `You meet at ${url}`,
  forget: 'Forget it',
} as const;
