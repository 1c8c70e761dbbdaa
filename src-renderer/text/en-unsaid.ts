import { count } from './count.ts';

/** Of messages, comments and marks that nobody else sees. */
export const unsaid = {
  title: 'Messages and comments',
  count: (n: number) => count(n, 'message or comment', 'messages and comments'),
  kept: (n: number, reason: string) =>
    `${n === 1 ? 'A message or comment' : `${String(n)} messages or comments`} of yours ${n === 1 ? 'was' : 'were'} not taken: ${reason}`,
  keptToo: (n: number) => `${n === 1 ? 'A message or comment is' : `${String(n)} messages or comments are`} kept as well.`,
  reasons: {
    noRole: 'you may not write here now.',
    earlier: 'writing was not permitted then.',
    lost: 'what they stood behind does not count.',
  },
  lead: 'Nobody else sees these. They stay here until you send them again or dismiss them.',
  kinds: {
    message: 'Message',
    answer: 'Answer in the chat',
    comment: (quote: string) => `Comment about “${quote}”`,
    reply: 'Answer to a comment',
    edit: 'Other words for a comment',
    marker: 'Mark',
  },
  sayAgain: 'Send again',
  said: 'Sent again.',
  cannot: 'What it belongs to is gone. Its words can be copied.',
  copy: (text: string) => `Copy “${text}”`,
  dismiss: 'Dismiss',
  dismissed: 'It is put away.',
  dismissName: (text: string) => `Dismiss “${text}”`,
  sayAgainName: (text: string) => `Send again: “${text}”`,
} as const;
