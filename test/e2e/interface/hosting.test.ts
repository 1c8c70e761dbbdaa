import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemTimers } from '../../../src-server/system-timers.ts';
import { callApi } from '../../support/api-client.ts';
import { ask, refusal } from '../../support/ask.ts';
import { openMailbox, type Mailbox } from '../../support/mailbox.ts';
import { Musician } from '../../support/musician.ts';
import { seriousFinds } from '../../support/serious-finds.ts';
import {
  createSession,
  expectDone,
  registerDevice,
  startTestServer,
  testPassword,
  type TestServer,
  type TestUser,
} from '../../support/server.ts';
import { openTestCore } from '../../support/test-core.ts';

let ahead = 0;
let mailbox: Mailbox;
let server: TestServer;
let ann: Musician;
let password = testPassword;
const email = 'ann@example.org';

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await startTestServer({
    environment: { CHORDME_SMTP_URL: mailbox.url, CHORDME_MAIL_FROM: 'chords@example.org', CHORDME_NAME: 'The Cellar' },
    time: { ...systemTimers, now: () => Date.now() + ahead },
  });
  ann = await Musician.start('Ann', server.url);
  ann.page.setDefaultTimeout(15_000);
  await ann.createAccount();
});
afterAll(async () => {
  await ann.end();
  await server.close();
  await mailbox.close();
});

const open = (path: string) => ann.page.goto(`${ann.origin}${path}`);
const signIn = async (): Promise<TestUser> => {
  const credentials = expectDone(await callApi(server.url, 'login', { email, password }));
  return { id: credentials.user.id, token: credentials.access_token, credentials };
};
const said = (text: string | RegExp) => ann.page.getByText(text).first().waitFor();
const dialog = () => ann.page.getByRole('dialog');

test('a template of one’s own: copied, changed, shared; a session from it has every setting; then it is deleted', async () => {
  await open('/templates');
  await said('None of your own yet.');
  await ann.button('What to do with Band Practice').click();
  await ann.page.getByRole('menuitem', { name: 'Copy and change' }).click();
  await ann.page.getByRole('heading', { name: 'New template' }).waitFor();
  expect(await ann.field('Name').inputValue()).toBe('Band Practice (copy)');
  await ann.field('Name').fill('');
  await ann.button('Create template').click();
  await said('Give the template a name.');
  expect(await seriousFinds(ann.page)).toEqual([]);

  await ann.field('Name').fill('Choir');
  await ann.page.getByRole('combobox', { name: 'Kind' }).fill('choir');
  await ann.field('What it is for').fill('Monday evenings');
  await ann.field('Who leads').fill('Conductor');
  await ann.field('Who listens').fill('Singer');
  await ann.page.getByRole('checkbox', { name: 'Singer: comment' }).check();
  await ann.page.getByRole('checkbox', { name: 'Player: record' }).uncheck();
  await ann.page.getByRole('combobox', { name: 'Who can come' }).selectOption({ label: 'Only people who are invited' });
  await ann.page.getByRole('combobox', { name: 'Who joins is' }).selectOption({ label: 'Singer' });
  await ann.field('Seats').fill('40');
  await ann.field('Goes to rest after').fill('12');
  await ann.page.getByRole('combobox', { name: 'Goes to rest after: unit' }).selectOption('hours');
  await ann.field('Goes to the archive after').fill('90');
  await ann.page.getByRole('switch', { name: 'Only who leads sees what happened' }).check();
  await ann.page.getByRole('switch', { name: 'Record by itself' }).uncheck();
  const preview = ann.page.getByRole('region', { name: 'What a session of it is like' });
  await preview.getByText('What happened in it is seen by Conductor alone.').waitFor();
  await preview.getByText('Who joins is Singer. There are 40 seats, with who leads.').waitFor();
  await preview.getByText('may see it, comment, chat').first().waitFor();
  await ann.button('Create template').click();

  const mine = ann.page.getByRole('region', { name: 'Yours' });
  await mine.getByRole('link', { name: 'Choir' }).waitFor();
  await mine.getByRole('button', { name: 'New session from it: Choir' }).click();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Monday');
  await dialog().getByRole('combobox', { name: 'Song' }).selectOption({ label: 'Begin with an empty setlist' });
  await dialog().getByRole('button', { name: 'Create session' }).click();
  await ann.page.waitForURL(/\/session\//);
  const id = ann.sessionPath.split('/').at(-1) ?? '';
  const owner = await signIn();
  const session = expectDone(await callApi(server.url, 'getSession', { id }, owner.token));
  expect(session).toMatchObject({
    category: 'choir',
    access_mode: 'invite-only',
    default_role: 'viewer',
    max_participants: 40,
    auto_cleanup_after: 12 * 3_600,
    archive_after: 90 * 86_400,
    is_activity_private: true,
    role_labels: { owner: 'Conductor', editor: 'Player', commenter: 'Guest', viewer: 'Singer' },
    permission_table: { editor: ['read', 'edit', 'comment', 'chat'], viewer: ['read', 'comment', 'chat'] },
  });

  await open('/templates');
  await mine.getByText('Used 1 time').waitFor();
  await ann.button('What to do with Choir').click();
  await ann.page.getByRole('menuitem', { name: 'Share with everyone here' }).click();
  await mine.getByText('Shared', { exact: true }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.button('What to do with Choir').click();
  await ann.page.getByRole('menuitem', { name: 'Delete' }).click();
  await dialog()
    .getByText(/1 session made from it/)
    .waitFor();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await said('None of your own yet.');
});

test('the host closes registration, blocks somebody, previews and runs cleanup, and sees that mail goes out', async () => {
  const guest = expectDone(await callApi(server.url, 'register', { email: 'ben@example.org', name: 'Ben', password: testPassword }));
  await open('/settings');
  await ann.page.getByRole('link', { name: 'Open the administration' }).waitFor();
  await ann.page.keyboard.press('Control+k');
  await ann.page.getByRole('combobox', { name: 'Find' }).fill('administration');
  await ann.page.getByRole('option', { name: 'Open the administration' }).click();
  await said('Free on the disk');
  await ann.page.getByRole('radio', { name: 'Nobody' }).check();
  await said('Nobody may make an account.');
  const late = await callApi(server.url, 'register', { email: 'cat@example.org', password: testPassword });
  expect(late.problem?.code).toBe('registration-closed');

  await ann.page.getByRole('searchbox', { name: 'Search by name or e-mail' }).fill('ben@');
  await ann.button('What to do with Ann').waitFor({ state: 'detached' });
  await ann.button('What to do with Ben').click();
  await ann.page.getByRole('menuitem', { name: 'Block', exact: true }).click();
  await dialog().getByRole('button', { name: 'Block' }).click();
  await said('Ben is blocked.');
  expect((await callApi(server.url, 'me', {}, guest.access_token)).status).toBe(401);

  await ann.button('Send me a test mail').click();
  await said(`Look into the mailbox of ${email}.`);
  expect((await mailbox.next(email)).raw).toContain('The Cellar sends mail');

  const owner = await signIn();
  const idle = await createSession(server.url, owner, { name: 'Long ago', settings: { auto_cleanup_after: 60 } });
  ahead += 120_000;
  await ann.button('Preview').click();
  await ann.page.getByRole('region', { name: 'Preview' }).getByText('Long ago').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  const statusOf = async () => expectDone(await callApi(server.url, 'getSession', { id: idle.id }, owner.token)).status;
  expect(await statusOf()).toBe('active');
  await ann.button('Tidy up now').click();
  await said('1 to rest, 0 to the archive.');
  expect(await statusOf()).toBe('ended');
  await ann.button('Put into the archive: Long ago').click();
  await ann.button('Put into the archive: Long ago').waitFor({ state: 'detached' });
  expect(await statusOf()).toBe('archived');
  await ann.button('Open again: Long ago').click();
  await said('Long ago is open again, with everything in it.');
  expect(await statusOf()).toBe('active');
});

test('a new password signs the other app out and keeps this one; the own data are a file; a code of the mail sets the next one', async () => {
  const other = await openTestCore();
  await ask(other, 'server.choose', { url: server.url });
  await ask(other, 'account.sign_in', { email, password });
  await registerDevice(server.url, await signIn(), 'Lost laptop');
  await open('/settings');
  await ann.button('Revoke Lost laptop').click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await said('Lost laptop can no longer write in your name.');
  await said('1 revoked device');
  await ann.button('Change the password').click();
  await ann.page.getByLabel('Present password', { exact: true }).fill(password);
  await ann.page.getByLabel('New password', { exact: true }).fill('short');
  await ann.button('Save').click();
  await said('Use at least 10 characters.');
  expect(await seriousFinds(ann.page)).toEqual([]);
  password = 'golden-evening-77';
  await ann.page.getByLabel('New password', { exact: true }).fill(password);
  await ann.button('Save').click();
  await said('Your new password holds. All other sign-ins have ended.');
  expect(await refusal(other, 'authority.request', { operation: 'me', input: {} })).toBe('unauthorized');
  expect((await ask(other, 'app.state', {})).account).toBeNull();

  // Still signed in: the server answers this app.
  const download = ann.page.waitForEvent('download');
  await ann.button('Save my data').click();
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { user: { email: string } };
  expect(file.user.email).toBe(email);

  await ann.button('Sign out').click();
  await ann.button('Sign in').click();
  await ann.field('Email').fill(email);
  await ann.page.getByRole('link', { name: 'Forgot password?' }).click();
  await ann.button('Send me a code').click();
  await said('a mail with a code is on its way');
  // Others told of the new device and the new password.
  let letter = await mailbox.next(email);
  while (!/new ChordMe password/i.test(letter.raw)) letter = await mailbox.next(email);
  await ann.field('Code of the mail').fill(/^ {4}([\w-]{43})\r?$/m.exec(letter.text)?.[1] ?? '');
  password = 'silver-morning-78';
  await ann.page.getByLabel('New password', { exact: true }).fill(password);
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.button('Set the new password').click();
  await said('Your new password holds, and every older sign-in has ended.');

  // Somebody else has to be able to administer it first.
  await ann.button('Delete my account').click();
  await dialog().getByLabel('Present password', { exact: true }).fill(password);
  await dialog().getByRole('button', { name: 'Show what would go' }).click();
  await dialog().getByText('This is the only administrator.').waitFor();
  const chief = await signIn();
  await createSession(server.url, chief, { name: 'Left alone' });
  const heir = expectDone(await callApi(server.url, 'listUsers', { q: 'ben@' }, chief.token)).items[0];
  if (heir === undefined) throw new Error('Ben has an account');
  expectDone(await callApi(server.url, 'updateUser', { user_id: heir.id, is_disabled: false, is_admin: true }, chief.token));
  await dialog().getByRole('button', { name: 'Show what would go' }).click();
  await dialog().getByText('Sessions that are deleted, since nobody else with an account takes part').waitFor();
  await dialog().getByText('Left alone').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Delete it for good' }).click();
  await ann.button('Create account').waitFor();
  expect((await callApi(server.url, 'login', { email, password })).problem?.code).toBe('wrong-credentials');
});
