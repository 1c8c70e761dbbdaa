import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comment, selectWord } from '../support/commenting.ts';
import { Musician } from '../support/musician.ts';
import { seriousFinds } from '../support/serious-finds.ts';
import { startProgram } from '../support/app.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

let ann: Musician;
let bob: Musician;
let code = '';
let serverUrl = '';

async function musician(name: string): Promise<Musician> {
  const person = await Musician.start(name, serverUrl);
  ends.push(() => person.end());
  person.page.setDefaultTimeout(15_000);
  await person.createAccount();
  return person;
}

/** Ann leads a rehearsal, Bob plays. */
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chordme-comments-'));
  ends.push(async () => rmSync(directory, { recursive: true, force: true }));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: directory,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  ends.push(() => server.stop());
  serverUrl = server.url;
  [ann, bob] = await Promise.all([musician('Ann'), musician('Bob')]);
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
  code = await ann.joinCode();
  await bob.join(code);
  for (const person of [ann, bob]) await person.connected('Live with 1 other');
});

function marked(person: Musician): Promise<string> {
  return person.page
    .locator('.cm-commented')
    .allTextContents()
    .then((texts) => texts.join(''));
}

function tab(person: Musician, name: string): Locator {
  return person.page.getByRole('button', { name: new RegExp(`^${name}`) }).and(person.page.locator('.side-tab'));
}

function card(person: Musician, text: string): Locator {
  return person.page.locator('.comment-card').filter({ hasText: text });
}

test('a comment stays on its words while the other writes before them', async () => {
  await selectWord(ann, 'tender');
  await ann.button('Comment on the selected words').click();
  await comment(ann, 'Softer here');
  await tab(bob, 'Comments').click();
  await card(bob, 'Softer here').getByText('tender').waitFor();
  await expect.poll(() => marked(bob)).toBe('tender');
  await bob.placeCursor('Silent night, holy');
  await bob.page.keyboard.type(' and a few words more');
  await bob.page.keyboard.press('Enter');
  await bob.page.keyboard.type('a new line');
  await expect.poll(() => ann.text()).toContain('a new line');
  for (const person of [ann, bob]) expect(await marked(person)).toBe('tender');
  // Inside the words, where they grow; beside them, where they do not.
  await selectWord(bob, 'tender');
  await bob.page.keyboard.press('ArrowRight');
  await bob.page.keyboard.type('x');
  await expect.poll(() => ann.text()).toContain('tenderx');
  for (const person of [ann, bob]) expect(await marked(person)).toBe('tender');
});

test('the quote leads to the words, and words that go are told to be gone', async () => {
  await tab(bob, 'Comments').click();
  await card(bob, 'Softer here').locator('.comment-quote').click();
  // The editor follows the click in its own time. Without the joiners around Ann's caret.
  await expect.poll(() => bob.page.evaluate(() => document.getSelection()?.toString().replaceAll('\u2060', ''))).toBe('tender');
  await bob.page.keyboard.press('Delete');
  await card(ann, 'Softer here').getByText('These words are no longer in the song.').waitFor();
  expect(await marked(ann)).toBe('');
  await bob.page.keyboard.press('Control+z');
  for (const person of [ann, bob]) await expect.poll(() => marked(person)).toBe('tender');
  expect(await card(ann, 'Softer here').getByText('These words are no longer in the song.').count()).toBe(0);
});

test('an answer, a change of words, resolved and reopened: seen by both', async () => {
  await card(bob, 'Softer here').getByRole('button', { name: 'Reply' }).click();
  await bob.page.getByRole('textbox', { name: 'Reply on “tender”' }).fill('How soft?');
  await bob.page.keyboard.press('Enter');
  await card(ann, 'Softer here').getByText('How soft?').waitFor();
  await card(ann, 'Softer here').getByRole('button', { name: 'Edit the comment of Ann' }).click();
  await ann.page.getByRole('textbox', { name: 'Edit the comment of Ann' }).fill('Much softer here');
  await ann.page.keyboard.press('Control+Enter');
  await card(bob, 'Much softer here').getByText('edited').waitFor();
  // What others began a player neither resolves nor deletes.
  expect(await card(bob, 'Much softer here').getByRole('button', { name: 'Resolve' }).count()).toBe(0);
  expect(await card(bob, 'Much softer here').getByRole('button', { name: 'Delete the comment of Ann' }).count()).toBe(0);
  await card(ann, 'Much softer here').getByRole('button', { name: 'Resolve' }).click();
  for (const person of [ann, bob]) {
    await person.page.getByText('Resolved: 1').waitFor();
    await expect.poll(() => marked(person)).toBe('');
  }
  await ann.page.getByText('Resolved: 1').click();
  await card(ann, 'Much softer here').getByRole('button', { name: 'Reopen' }).click();
  for (const person of [ann, bob]) {
    await person.page.getByText('Resolved: 1').waitFor({ state: 'detached' });
    await expect.poll(() => marked(person)).toBe('tender');
  }
});

test('by the key on a word, and by a press on a chord of the chart', async () => {
  await bob.source.getByText('virgin', { exact: false }).first().waitFor();
  await selectWord(bob, 'virgin');
  await bob.page.keyboard.press('Control+Alt+m');
  await comment(bob, 'Long vowel');
  await card(ann, 'Long vowel').getByText('virgin').waitFor();
  const chart = ann.page.getByRole('region', { name: 'Chart' });
  await chart.locator('[data-chord]').filter({ hasText: 'C' }).first().click();
  await ann.button('Comment on C').click();
  await comment(ann, 'As a seventh?');
  await card(bob, 'As a seventh?').getByText('[C]').waitFor();
});

test('a deleted comment goes for both; undo in time keeps it', async () => {
  await card(bob, 'Long vowel').getByRole('button', { name: 'Delete the comment of Bob' }).click();
  await card(bob, 'Long vowel').waitFor({ state: 'detached' });
  await bob.button('Undo').click();
  await card(bob, 'Long vowel').waitFor();
  expect(await card(ann, 'Long vowel').count()).toBe(1);
  // Ann leads: she may delete what others wrote.
  await card(ann, 'Long vowel').getByRole('button', { name: 'Delete the comment of Bob' }).click();
  await card(ann, 'Long vowel').waitFor({ state: 'detached' });
  await card(bob, 'Long vowel').waitFor({ state: 'detached', timeout: 30_000 });
});

test('a message is answered, reacted to and deleted', async () => {
  for (const person of [ann, bob]) await tab(person, 'Chat').click();
  const logs = [ann, bob].map((person) => person.page.getByRole('log', { name: 'Chat' }));
  const [annLog, bobLog] = logs as [Locator, Locator];
  await ann.say('Again from the top?');
  await bobLog.getByText('Again from the top?').hover();
  await bob.button('Reply to Ann').click();
  await bob.page.keyboard.type('Yes');
  await bob.page.keyboard.press('Enter');
  await annLog.getByRole('button', { name: 'Show the message of Ann' }).waitFor();
  await bobLog.getByText('Again from the top?').first().hover();
  await bob.button('React to Ann').click();
  await bob.page.getByRole('menuitem', { name: 'Music' }).click();
  const reaction = annLog.getByRole('button', { name: 'Music: Bob' });
  await reaction.click();
  await bobLog.getByRole('button', { name: 'Music: Bob, Ann' }).click();
  await annLog.getByRole('button', { name: 'Music: Ann' }).waitFor();
  await annLog.getByText('Again from the top?').first().hover();
  await ann.button('Delete the message of Ann').click();
  await annLog.getByText('A message that was deleted').waitFor();
  await bobLog.getByText('A message that was deleted').waitFor({ timeout: 30_000 });
  await bobLog.getByText('Yes').waitFor();
});

test('in one pane at a time the quote brings the source into sight', async () => {
  await bob.page.setViewportSize({ width: 800, height: 800 });
  await bob.page.locator('.narrow').getByText('Comments', { exact: true }).click();
  await card(bob, 'Much softer here').locator('.comment-quote').click();
  await expect.poll(() => bob.page.evaluate(() => document.getSelection()?.toString().replaceAll('\u2060', ''))).toBe('tender');
  await bob.page.setViewportSize({ width: 1280, height: 800 });
});

test('who may not comment is told why', async () => {
  await ann.createSession('Lesson', 'Music Lesson', 'Silent Night');
  const lesson = await ann.joinCode();
  await bob.join(lesson);
  await bob.connected('Live with 1 other');
  await bob.button('Comment on the selected words').click();
  const why = 'You are here as Listener. Only Teacher, Student, and Parent can comment.';
  await bob.page.getByText(why).first().waitFor();
  await tab(bob, 'Comments').click();
  await bob.page.locator('.comments').getByText(why).waitFor();
  await bob.page.getByRole('region', { name: 'Chart' }).locator('[data-chord]').first().click();
  expect(await bob.button('Comment on G').count()).toBe(0);
  await ann.placeCursor('All is calm');
  await ann.page.keyboard.press('Control+Alt+m');
  await comment(ann, 'Count this aloud');
  await card(bob, 'Count this aloud').waitFor();
  expect(await card(bob, 'Count this aloud').getByRole('button', { name: 'Reply' }).count()).toBe(0);
});

test('comments and chat, light and dark, wide and narrow: axe finds nothing serious', async () => {
  await tab(ann, 'Chat').click();
  await ann.say('Ready');
  for (const width of [1280, 1000, 800]) {
    await ann.page.setViewportSize({ width, height: 800 });
    if (width === 800) await ann.page.locator('.narrow').getByText('Comments', { exact: true }).click();
    else await tab(ann, 'Comments').click();
    await card(ann, 'Count this aloud').waitFor();
    expect(await seriousFinds(ann.page)).toEqual([]);
  }
  await ann.page.setViewportSize({ width: 1280, height: 800 });
});
