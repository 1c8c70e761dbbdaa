import type { MailPort } from '../mail/port.ts';

/** Nobody waits for a notice, and one that cannot be sent changes nothing; the mail port has logged it. */
function send(mail: MailPort, to: string, subject: string, lines: readonly string[]): void {
  if (mail.isSetUp) mail.sendMail({ to, subject, text: `${lines.join('\n')}\n` }).catch(() => {});
}

export function tellOfNewPassword(mail: MailPort, to: string): void {
  send(mail, to, 'Your ChordMe password was changed', [
    'The password of your ChordMe account was changed, and all devices were signed out.',
    '',
    'If that was not you, ask for a new password in the app (Forgot password) and tell whoever runs your server.',
  ]);
}

/** To the old address: its holder may not have been asked. */
export function tellOfNewEmail(mail: MailPort, to: string, email: string): void {
  send(mail, to, 'Your ChordMe e-mail was changed', [
    `Your ChordMe account now has the e-mail ${email}. This address no longer signs in.`,
    '',
    'If that was not you, tell whoever runs your server.',
  ]);
}

/** Whoever has an access token can register a key of their own: the person hears of it. The name is what the device calls itself. */
export function tellOfNewDevice(mail: MailPort, to: string, name: string): void {
  send(mail, to, 'A new device writes in your name', [
    `A device named “${name.replaceAll(/\s+/g, ' ')}” was added to your ChordMe account. What it writes counts as yours.`,
    '',
    'If that was not you, change your password, which signs out everybody, and tell whoever runs your server to revoke the device.',
  ]);
}

export function resetLetter(server: { name: string; public_url: string }, to: string, token: string) {
  const place = server.public_url === '' ? server.name : `${server.name} (${server.public_url})`;
  return {
    to,
    subject: 'A new ChordMe password',
    text: [
      `Somebody asked for a new password for your ChordMe account at ${place}.`,
      '',
      'In the app choose Forgot password, I have a code, and paste this:',
      '',
      `    ${token}`,
      '',
      'It works once, within an hour. If you did not ask, nothing has changed and there is nothing to do.',
      '',
    ].join('\n'),
  };
}
