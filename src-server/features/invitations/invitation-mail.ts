import type { Mail } from '../mail/port.ts';

/** One line of a mail: what people named things by cannot add lines or headers. */
const plain = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trim()
    .slice(0, 255);

/** What somebody who is invited reads. */
export function invitationMail(invitation: {
  email: string;
  session_name: string;
  inviter: string;
  role_label: string;
  message: string;
  code: string;
  link: string;
  server: string;
  expires_at: string;
}): Mail {
  const { email, session_name, inviter, role_label, message, code, link, server, expires_at } = invitation;
  const words = message === '' ? [] : [message, ''];
  return {
    to: email,
    subject: `${plain(inviter)} invites you to ${plain(session_name)}`,
    text: [
      `${plain(inviter)} invites you to the session "${plain(session_name)}" as ${plain(role_label)}.`,
      '',
      ...words,
      `Open it in ChordMe: ${link}`,
      '',
      `Or sign in to ${server} with this e-mail address and enter the code ${code}.`,
      `The invitation is open until ${expires_at.slice(0, 10)}.`,
      '',
    ].join('\n'),
  };
}
