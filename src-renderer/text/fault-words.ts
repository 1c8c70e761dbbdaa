import type { FaultCode } from '../../shared/base/errors.ts';

/** What happened, what it means for the music, and what to do. */
export interface FaultWords {
  what: string;
  means: string;
}

const misunderstood: FaultWords = {
  what: 'The program and the server did not understand each other.',
  means: 'Your work is safe on this computer. Check whether there is a newer version of ChordMe.',
};
const linkLost: FaultWords = {
  what: 'The connection broke off.',
  means: 'Go on playing: what you write is kept here and sent when the connection is back.',
};

/** One row per code of the fault table; a missing one is a compile error. */
export const faultWords: Record<FaultCode, FaultWords> = {
  'bad-request': misunderstood,
  unauthorized: { what: 'You are not signed in.', means: 'Your library works all the same. Sign in to play with others.' },
  'wrong-credentials': { what: 'E-mail or password is wrong.', means: 'Look at both again. Large and small letters count.' },
  forbidden: { what: 'That is not yours to do here.', means: 'Nothing was changed. Ask whoever leads the session.' },
  'not-found': { what: 'Nothing is here.', means: 'It may have been removed, or the link may be cut short.' },
  'method-not-allowed': misunderstood,
  'email-taken': { what: 'There is an account with this e-mail already.', means: 'Sign in with it, or use another address.' },
  'session-full': { what: 'All seats of this session are taken.', means: 'Ask whoever leads it for a seat, or try again later.' },
  'wrong-status': { what: 'The session is not in a state that allows this.', means: 'Somebody may have paused or ended it just now.' },
  'already-participant': { what: 'This person takes part already.', means: 'Look among the people of the session.' },
  'invitation-closed': { what: 'This invitation is no longer open.', means: 'It was answered, taken back or ran out. Ask for a new one.' },
  'too-many': { what: 'There are too many of these already.', means: 'Remove some that are no longer needed, then try again.' },
  'owner-cannot-leave': { what: 'You lead this session.', means: 'It cannot go on without you. Hand it over or end it instead.' },
  'device-known': {
    what: 'This computer is signed in for somebody else.',
    means: 'Sign out there first, or use another user of the computer.',
  },
  'idempotency-conflict': misunderstood,
  'already-recording': { what: 'A recording runs already.', means: 'Somebody was quicker. It takes in everything from where it began.' },
  'not-recording': { what: 'No recording runs.', means: 'It was ended just now. You find it among the recordings.' },
  'invalid-code': { what: 'This join code is not valid.', means: 'It may have expired, or a letter is wrong. Ask for a new one.' },
  'too-large': { what: 'That is too much at once.', means: 'Split it into smaller parts and try again.' },
  'unsupported-media-type': misunderstood,
  unprocessable: { what: 'One of the fields is not accepted.', means: 'Look at the marked ones and try again.' },
  'registration-closed': { what: 'This server does not take new accounts.', means: 'Ask whoever runs it, or host on this computer.' },
  'account-needed': {
    what: 'This needs an account.',
    means: 'Add an e-mail and a password to your name, then try again. Nothing is lost.',
  },
  'account-disabled': {
    what: 'This account was disabled.',
    means: 'Your library works all the same. Ask whoever runs the server.',
  },
  'last-administrator': { what: 'This is the only administrator.', means: 'Make somebody else an administrator first.' },
  'mail-not-set-up': { what: 'This server sends no mail.', means: 'Ask whoever runs it, or give the link to people yourself.' },
  'mail-not-sent': { what: 'The mail could not be sent.', means: 'Try again in a while, or give the link to people yourself.' },
  'rate-limited': { what: 'That was too fast.', means: 'Wait a moment, then try again. Nothing was lost.' },
  internal: { what: 'Something went wrong.', means: 'Your work is safe on this computer. Try again in a moment.' },
  unavailable: { what: 'The server is starting or stopping.', means: 'Try again in a moment. Your library works meanwhile.' },
  unreachable: {
    what: 'The server is not reachable.',
    means: 'Your library and the sessions you know work all the same. Check the network or the address of the server.',
  },
  'disk-full': {
    what: 'The disk of this computer is full.',
    means: 'What you wrote last is not kept yet. Leave this window open, free some space, and it is kept.',
  },
  'disk-failed': {
    what: 'The disk of this computer does not take anything.',
    means: 'What you wrote last is not kept yet. Copy it to somewhere else, then see whether the disk is read-only or full.',
  },
  'data-damaged': {
    what: 'A part of the library’s file cannot be read.',
    means: 'Start ChordMe again: it then saves what can be read and keeps the damaged file beside it.',
  },
  'port-taken': {
    what: 'Another program uses the port that ChordMe has on this computer.',
    means: 'Close that program, or restart the computer, and try again. Your library and all that is on other servers work meanwhile.',
  },
  'hello-timeout': linkLost,
  'proof-failed': { what: 'The server is not the one this computer knows.', means: 'Nothing was sent to it. Ask whoever runs it.' },
  'protocol-error': misunderstood,
  'version-mismatch': {
    what: 'The two programs have different versions.',
    means: 'Your work is safe on this computer. Bring both to the newest version.',
  },
  'link-dead': linkLost,
  'not-a-reader': { what: 'You do not take part in this session.', means: 'Ask whoever leads it for an invitation.' },
  'going-away': linkLost,
};
