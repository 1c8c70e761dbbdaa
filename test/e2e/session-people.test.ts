import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../support/app.ts';
import { Musician } from '../support/musician.ts';
import { readPicture } from '../support/read-picture.ts';
import { seriousFinds } from '../support/serious-finds.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');
const ends: (() => Promise<unknown>)[] = [];
let ann: Musician;
let bob: Musician;
let cy: Musician;
let path = '';

async function musician(name: string, serverUrl?: string): Promise<Musician> {
  const person = await Musician.start(name, serverUrl);
  person.page.setDefaultTimeout(12_000);
  ends.push(() => person.end());
  return person;
}

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-e2e-'));
  ends.push(async () => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: dataDir,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  ends.push(() => server.stop());
  // Cy has never heard of the server: the link says which it is.
  [ann, bob, cy] = await Promise.all([musician('Ann', server.url), musician('Bob', server.url), musician('Cy')]);
  await ann.createAccount();
  await bob.createAccount();
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Violin lesson', 'Music Lesson', 'Silent Night');
  path = ann.sessionPath;
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function go(person: Musician, place: string): Promise<void> {
  await person.page.getByRole('navigation', { name: 'Places of the session' }).getByRole('link', { name: place, exact: true }).click();
}

const participants = (person: Musician) => person.page.getByRole('list', { name: 'Participants' });

test('invited by e-mail: the other sees it arrive, accepts, and stands in the list with the word of the template', async () => {
  await ann.button('Session menu').click();
  await go(ann, 'People');
  await participants(ann).getByText('Teacher').waitFor();
  await ann.field('E-mail').fill('nonsense');
  await ann.button('Invite').click();
  await ann.page.getByText('This is no e-mail address: nonsense').waitFor();
  await ann.field('E-mail').fill('bob@example.org');
  await ann.page.getByRole('combobox', { name: 'As', exact: true }).selectOption('Student');
  await ann.field('A few words, if you like').fill('Bring your bow');
  await ann.button('Invite').click();
  // No mail is set up here, which is said with what to do about it.
  await ann.page.getByText('This server sent no mail. Pass the link on yourself:').waitFor();
  const waiting = ann.page.getByRole('list', { name: 'Invited' });
  await waiting.getByText('Student · no answer yet').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);

  const rail = bob.page.getByRole('navigation', { name: 'Places' });
  await rail.getByText('1 waiting').waitFor();
  await rail.getByRole('link', { name: /Invitations/ }).click();
  await bob.page.getByText('Ann invites you as Student.').waitFor();
  await bob.page.getByText('Bring your bow').waitFor();
  expect(await seriousFinds(bob.page)).toEqual([]);
  await bob.button('Decline the invitation to Violin lesson').click();
  await bob.page.getByText('No invitations.').waitFor();
  await waiting.getByText('Student · declined').waitFor();
  await ann.button('Invite again: bob@example.org').click();
  await bob.button('Accept the invitation to Violin lesson').click();
  await bob.source.waitFor();

  await participants(ann).getByRole('combobox', { name: 'Role of Bob' }).waitFor();
  await ann.field('E-mail').fill('nobody@example.org');
  await ann.button('Invite').click();
  await ann.button('Take back the invitation of nobody@example.org').click();
  await ann.page.getByText('Nobody is waiting for an answer.').waitFor();
  await ann.page.getByText('2 of 5 seats').waitFor();
});

test('a link with its QR code: a guest comes in by it with a name, from an app that did not know the server', async () => {
  await ann.button('New link').click();
  const dialog = ann.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Who joins is' }).selectOption('Listener');
  await dialog.getByRole('combobox', { name: 'Open for' }).selectOption('a day');
  await dialog.getByRole('textbox', { name: 'Lets in at most' }).fill('1');
  expect(await seriousFinds(ann.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = ann.page.getByRole('list', { name: 'Join links' }).getByRole('listitem').filter({ hasText: '0 of 1 used' });
  await link.getByText('Listener · guests too').waitFor();
  await link.getByRole('button', { name: /^Show the QR code/ }).click();
  const picture = ann.page.getByRole('img', { name: /^QR code of the join link/ });
  const drawn = await picture.evaluate((svg) => ({
    path: svg.querySelector('path')?.getAttribute('d') ?? '',
    size: Number(svg.querySelector('rect')?.getAttribute('width')),
  }));
  await ann.page.keyboard.press('Escape');

  // As somebody pastes it.
  await cy.page.goto(`${cy.origin}/join`);
  await cy.field('The code of the link').waitFor();
  await cy.page.goto(`${cy.origin}/join${new URL(readPicture(drawn)).search}`);
  await cy.button('Use that server').click();
  await cy.field('Your name').fill('Cy');
  expect(await seriousFinds(cy.page)).toEqual([]);
  await cy.button('Join as a guest').click();
  await cy.page.waitForURL(new RegExp(`${path}$`));
  await cy.page.getByText('You are here as Listener. Only Teacher and Student can change songs.').waitFor();
  await participants(ann).getByRole('combobox', { name: 'Role of Cy' }).waitFor();
  // Used up, it is open no longer.
  await link.waitFor({ state: 'detached' });

  await ann.button('New link').click();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const said = await ann.page.getByText(/^The link \S+ is open\.$/).innerText();
  const code = said.split(' ')[2] ?? '';
  await ann.button(`Close the link ${code}`).click();
  await ann.button(`Close the link ${code}`).waitFor({ state: 'detached' });
});

test('a role is changed while all look on; who may not bring others in reads who may', async () => {
  await bob.button('Session menu').click();
  await go(bob, 'People');
  await bob.page.getByText('Only Teacher can bring others in.').waitFor();
  await participants(bob).getByRole('listitem').filter({ hasText: 'Cy' }).getByText('Listener').waitFor();
  await ann.page.getByRole('combobox', { name: 'Role of Cy' }).selectOption('Student');
  await cy.page.getByText('You are here as Student now.').waitFor();
  await participants(bob).getByRole('listitem').filter({ hasText: 'Cy' }).getByText('Student').waitFor();
  expect(await participants(bob).getByRole('button').count()).toBe(0);
  await ann.button('What to do with Bob').click();
  await ann.button('Hand the session over').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
});

test('settings are changed for all at once; paused, ended, archived and restored, each in sight of the others', async () => {
  await go(ann, 'Settings');
  await go(bob, 'Settings');
  await bob.page.getByText('Only Teacher can pause or end it.').waitFor();
  expect(await seriousFinds(bob.page)).toEqual([]);
  await ann.field('Name').fill('Viola lesson');
  await ann.page.getByRole('checkbox', { name: 'Student: Bring others in' }).check();
  await ann.button('Save changes').click();
  await ann.page.getByText('The settings are saved.').waitFor();
  await bob.page.getByRole('heading', { name: 'Viola lesson' }).waitFor();
  await go(bob, 'People');
  await bob.field('E-mail').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);

  const songs = await ann.page.evaluate(() => document.title);
  expect(songs).toContain('Viola lesson');
  await ann.button('Pause session').click();
  for (const person of [bob, cy]) await person.page.getByText('Paused. Everyone can read, nobody can change anything.').waitFor();
  await ann.button('Resume session').click();
  await bob.page.getByText('Paused. Everyone can read, nobody can change anything.').waitFor({ state: 'detached' });
  await ann.button('End session').click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  for (const person of [bob, cy]) await person.page.getByText('This session has ended. You can read everything.').waitFor();
  await ann.button('Archive session').click();
  for (const person of [bob, cy]) await person.page.getByText('This session is in the archive. You can read everything.').waitFor();
  expect(await cy.text()).toContain('Silent night');
  await ann.button('Reopen session').click();
  for (const person of [bob, cy]) await person.page.getByText(/in the archive/).waitFor({ state: 'detached' });
  await cy.placeCursor('holy night!');
  await cy.page.keyboard.type(' [Em7]hallelujah');
  await go(bob, 'Rehearsal');
  await bob.source.waitFor();
  await expect.poll(() => bob.text(), { timeout: 20_000 }).toContain('[Em7]hallelujah');
});

test('what happened is told, filtered, and counted', async () => {
  await go(ann, 'Activity');
  const rows = ann.page.getByRole('list', { name: 'What happened' });
  await rows.getByText('Ann made Cy Student, before Listener.').waitFor();
  await rows.getByText('Cy joined by a link as Listener.').waitFor();
  await rows.getByText('Ann changed the name and who may do what.').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.getByRole('combobox', { name: 'What', exact: true }).selectOption('Archived');
  await rows.getByText('Ann put the session into the archive.').waitFor();
  expect(await rows.getByRole('listitem').count()).toBe(1);
  await ann.button('Show everything').click();
  await ann.page.getByRole('combobox', { name: 'Who', exact: true }).selectOption('Bob');
  await rows.getByText('Bob joined by an invitation as Student.').waitFor();

  await go(ann, 'Statistics');
  await ann.page.getByRole('meter', { name: 'Who takes part' }).waitFor();
  await ann.page.getByRole('img', { name: /^Changes, comments and messages a day/ }).waitFor();
  await ann.page.getByRole('rowheader', { name: 'Cy' }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
});

test('handed over and deleted: the new leader types its name, and the others read that it is gone', async () => {
  await go(ann, 'People');
  await ann.button('What to do with Bob').click();
  await ann.button('Hand the session over').click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Hand the session over' }).click();
  await participants(ann).getByRole('listitem').filter({ hasText: 'Bob' }).getByText('Teacher').waitFor();
  await bob.button('Session menu').click();
  await go(bob, 'Settings');
  await bob.button('Delete the session').click();
  const dialog = bob.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name of the session' }).fill('Violin lesson');
  await dialog.getByRole('button', { name: 'Delete the session' }).click();
  await dialog.getByText('This is not its name.').waitFor();
  await dialog.getByRole('textbox', { name: 'Name of the session' }).fill('Viola lesson');
  await dialog.getByRole('button', { name: 'Delete the session' }).click();
  await bob.page.waitForURL(/\/sessions$/);
  await cy.page.getByText('This session was deleted.').waitFor();
});
