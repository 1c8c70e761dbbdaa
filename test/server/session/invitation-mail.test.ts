import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../../support/api-client.ts';
import { openMailbox } from '../../support/mailbox.ts';
import { createSession, expectDone, registerUser, startTestServer, testPassword } from '../../support/server.ts';

async function serverWithMail() {
  const mailbox = await openMailbox();
  const server = await startTestServer({
    environment: { CHORDME_SMTP_URL: mailbox.url, CHORDME_MAIL_FROM: 'band@example.org', CHORDME_PUBLIC_URL: 'https://band.example.org' },
  });
  onTestFinished(async () => {
    await server.close();
    await mailbox.close();
  });
  return { mailbox, url: server.url };
}

test('two are invited by mail: each gets a letter in the words of the session, and its code lets that person in', async () => {
  const { mailbox, url } = await serverWithMail();
  const teacher = await registerUser(url, 'Ms Reed');
  const session = await createSession(url, teacher, { name: 'Piano on Tuesdays', template_id: 'music-lesson' });
  const users = [
    { email: 'Ben@example.org', role: 'editor' as const },
    { email: 'cleo@example.org', role: 'viewer' as const },
  ];
  const sent = expectDone(await callApi(url, 'invite', { id: session.id, users, message: 'Bring your book.' }, teacher.token));
  expect(sent.invited.map(({ email, mail_sent }) => [email, mail_sent])).toEqual([
    ['ben@example.org', true],
    ['cleo@example.org', true],
  ]);
  for (const [email, label, role] of [
    ['ben@example.org', 'Student', 'editor'],
    ['cleo@example.org', 'Listener', 'viewer'],
  ] as const) {
    const letter = await mailbox.next(email);
    expect(letter.to).toEqual([email]);
    expect(letter.raw).toMatch(/^Subject: Ms Reed invites you to Piano on Tuesdays\r$/m);
    const invitation = sent.invited.find((one) => one.email === email);
    const words = letter.text.replaceAll('\r', '');
    for (const part of [`as ${label}`, 'Bring your book.', 'https://band.example.org', invitation?.link ?? 'no link'])
      expect(words).toContain(part);
    const code = /enter the code (\w{8})\./.exec(words)?.[1] ?? '';
    expect(code).toBe(invitation?.code);
    const person = expectDone(await callApi(url, 'register', { email, password: testPassword }));
    expect(expectDone(await callApi(url, 'joinByCode', { code }, person.access_token))).toMatchObject({ id: session.id, role });
  }
  expect(mailbox.letters).toHaveLength(2);
});

test('names and messages add no lines to the head of a letter, and no receivers', async () => {
  const { mailbox, url } = await serverWithMail();
  const eve = await registerUser(url, 'Eve');
  const name = 'Tuesday\r\nBcc: all@example.org\r\n\r\nYou won';
  const session = await createSession(url, eve, { name });
  const users = [{ email: 'ben@example.org', role: 'viewer' as const }];
  expectDone(await callApi(url, 'invite', { id: session.id, users, message: '.\r\nRCPT TO:<all@example.org>' }, eve.token));
  const letter = await mailbox.next('ben@example.org');
  expect(letter.to).toEqual(['ben@example.org']);
  expect(letter.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  expect(mailbox.letters).toHaveLength(1);
});

test('a receiver that the mail server refuses is still invited, and the inviter is told to pass the link on', async () => {
  const { mailbox, url } = await serverWithMail();
  mailbox.refuseAll();
  const ada = await registerUser(url);
  const session = await createSession(url, ada);
  const users = [{ email: 'ben@example.org', role: 'viewer' as const }];
  const { invited, errors } = expectDone(await callApi(url, 'invite', { id: session.id, users }, ada.token));
  expect(errors).toEqual([]);
  expect(invited).toMatchObject([
    { email: 'ben@example.org', status: 'pending', mail_sent: false, link: expect.stringContaining('code=') },
  ]);
});
