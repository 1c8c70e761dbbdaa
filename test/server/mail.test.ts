import { expect, onTestFinished, test } from 'vitest';
import { ConfigFault, readConfig } from '../../src-server/config.ts';
import { createMail } from '../../src-server/features/mail/smtp.ts';
import { openMailbox } from '../support/mailbox.ts';

function mailOver(smtp_url: string) {
  const logged: unknown[] = [];
  const mail = createMail(
    { smtp_url, mail_from: 'band@example.org', name: 'The Band' },
    { warn: (...args: unknown[]) => void logged.push(args) },
  );
  onTestFinished(() => mail.close());
  return { mail, logged };
}

async function mailbox(account?: { user: string; password: string }) {
  const box = await openMailbox(account);
  onTestFinished(() => box.close());
  return box;
}

test('a mail arrives whole, from the operator’s address, signed in with the password of the URL', async () => {
  const box = await mailbox({ user: 'band@example.org', password: 'p@ss/word' });
  const { mail } = mailOver(box.url);
  await mail.sendMail({ to: 'ben@example.org', subject: 'Grüße', text: 'Söng of the day.\n\nhttps://example.org/join?code=ABC=1' });
  const letter = await box.next('ben@example.org');
  expect(letter.from).toBe('band@example.org');
  expect(letter.raw).toMatch(/^From: (The Band|"The Band") <band@example.org>/m);
  expect(letter.text.replaceAll('\r', '').trim()).toBe('Söng of the day.\n\nhttps://example.org/join?code=ABC=1');
});

test('neither an address nor a subject adds receivers or headers', async () => {
  const box = await mailbox();
  const { mail } = mailOver(box.url);
  const name = 'Tuesday\r\nBcc: eve@example.org\r\n\r\nYou won';
  await mail.sendMail({ to: 'ben@example.org', subject: name, text: 'x' });
  const letter = await box.next('ben@example.org');
  expect(letter.to).toEqual(['ben@example.org']);
  expect(letter.raw).not.toMatch(/^Bcc:/im);
  await mail.sendMail({ to: 'a@example.org, eve@example.org', subject: 'x', text: 'x' }).catch(() => {});
  expect(box.letters.flatMap(({ to }) => to)).not.toContain('eve@example.org');
});

test('a refused receiver, a wrong password, a server that is not there: mail-not-sent, and no address in the log', async () => {
  const box = await mailbox({ user: 'u', password: 'right' });
  box.refuseAll();
  const dead = await openMailbox();
  await dead.close();
  for (const url of [box.url, box.url.replace('right', 'wrong'), dead.url]) {
    const { mail, logged } = mailOver(url);
    await expect(mail.sendMail({ to: 'ben@example.org', subject: 's', text: 't' })).rejects.toMatchObject({ code: 'mail-not-sent' });
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toMatch(/ben@example|wrong|right/);
  }
});

test('a password is not sent in the clear to another computer', async () => {
  // 0.0.0.0 is this computer and does not look like it.
  const box = await mailbox({ user: 'u', password: 'right' });
  const { mail } = mailOver(box.url.replace('127.0.0.1', '0.0.0.0'));
  await expect(mail.sendMail({ to: 'ben@example.org', subject: 's', text: 't' })).rejects.toMatchObject({ code: 'mail-not-sent' });
  expect(box.letters).toEqual([]);
});

test('without a mail server there is none, and one without a sender is refused at the start', async () => {
  const { mail } = mailOver('');
  expect(mail.isSetUp).toBe(false);
  await expect(mail.sendMail({ to: 'a@example.org', subject: 's', text: 't' })).rejects.toMatchObject({ code: 'mail-not-set-up' });
  expect(() => readConfig({ CHORDME_SMTP_URL: 'smtp://localhost' })).toThrow(ConfigFault);
});
