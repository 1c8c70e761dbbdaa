import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Musician } from '../../support/musician.ts';
import { seriousFinds } from '../../support/serious-finds.ts';

const song = fileURLToPath(new URL('../../fixtures/songs/evening-tune.cho', import.meta.url));
let ann: Musician;
let sessionPath = '';
/** Styles that the content policy refused to the interface: it names the script that made them. axe's own come from nowhere. */
const refused: string[] = [];

beforeAll(async () => {
  ann = await Musician.start('Ann');
  ann.page.setDefaultTimeout(10_000);
  ann.page.on('console', (message) => {
    if (message.text().includes("'style-src") && message.location().url.includes('/assets/')) refused.push(message.text());
  });
  await ann.page.getByText('Your songbook is empty.').waitFor();
});
afterAll(() => ann.end());

async function open(path: string): Promise<void> {
  await ann.page.goto(`${ann.origin}${path}`);
}

test('library, one song, account', async () => {
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.importSong(song);
  await ann.page.getByRole('link', { name: /Evening Tune/ }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.getByRole('link', { name: /Evening Tune/ }).click();
  await ann.source.waitFor();
  // What is typed right after Ctrl+K is looked for, and not written into everybody's song; the caret comes back to where it was.
  await ann.source.click();
  const written = await ann.source.innerText();
  await typeAtOnce(ann.page, 'ktune');
  await expect.poll(() => ann.page.getByRole('combobox', { name: 'Find' }).inputValue()).toBe('tune');
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('combobox', { name: 'Find' }).waitFor({ state: 'detached' });
  await expect.poll(() => ann.source.evaluate((source) => source.contains(document.activeElement))).toBe(true);
  expect(await ann.source.innerText()).toBe(written);
  // The line of the caret has a ground of its own, and chords on it.
  await ann.source.getByText('[', { exact: false }).first().click();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.button('What to do in the source').click();
  await ann.page.getByRole('menuitem', { name: 'Insert a chord' }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('button', { name: /^My view/u }).click();
  await ann.page.getByLabel('Chord diagrams').selectOption('guitar');
  await ann.page.locator('.chart-diagram svg').first().waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await open('/library');
  await ann.button('Paste a song').click();
  await ann.field('Song').fill('G       D\nSilent night');
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.button('Look at it').click();
  await ann.page.getByRole('region', { name: 'Preview' }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await open('/sessions');
  await ann.button('Create account').click();
  await ann.page.getByText('Your name is missing.').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
});

test('sessions, templates, settings, what lies above them', async () => {
  await ann.createAccount();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await open('/templates');
  await ann.page.getByRole('heading', { name: 'Music Therapy' }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Control+k');
  await ann.page.getByRole('combobox', { name: 'Find' }).fill('even');
  await ann.page.getByRole('option', { name: /Evening Tune/ }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
  await open('/sessions?new=1');
  await ann.page.getByRole('combobox', { name: 'Template' }).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
});

/** Keys as fast as a machine sends them, the first with Control. */
async function typeAtOnce(page: Page, keys: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await Promise.all(
    Array.from(keys, (key, at) =>
      client.send('Input.dispatchKeyEvent', at === 0 ? { type: 'rawKeyDown', key, modifiers: 2 } : { type: 'keyDown', key, text: key }),
    ),
  );
  await client.detach();
}

test('the rehearsal, wide and narrow, and the stage', async () => {
  await ann.createSession('Friday', 'Band Practice', 'Evening Tune');
  sessionPath = ann.sessionPath;
  await ann.connected('Only you are here');
  await ann.say('Hello');
  await ann.page.getByRole('log', { name: 'Chat' }).getByText('Hello').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.button('Share').click();
  await ann.button('Copy join code').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
  await ann.page.setViewportSize({ width: 800, height: 900 });
  await ann.page.getByRole('radio', { name: 'People' }).waitFor({ state: 'attached' });
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.setViewportSize({ width: 1920, height: 1080 });
  await ann.page.getByText('Stage', { exact: true }).click();
  await ann.page.getByRole('dialog').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
  await ann.page.setViewportSize({ width: 1280, height: 800 });
});

test('an ended session says so, stays readable, and is found under its state', async () => {
  await open(sessionPath);
  await ann.source.waitFor();
  await ann.button('Session menu').click();
  await ann.button('End session').click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await ann.page.getByText('This session has ended. You can read everything.').waitFor();
  await ann.page.getByText('Ended: the songs cannot be changed any more.').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  const before = await ann.text();
  await ann.source.click();
  await ann.page.keyboard.type('changed');
  expect(await ann.text()).toBe(before);
  await open('/sessions');
  const list = ann.page.getByRole('region', { name: 'My sessions' });
  await list.getByRole('combobox', { name: 'Status' }).selectOption('Open');
  await ann.page.getByText('No session is open.').waitFor();
  await list.getByRole('combobox', { name: 'Status' }).selectOption('Ended');
  await list.getByRole('button', { name: /Friday/ }).waitFor();
});

test('the key N makes a song, but not in a text field; what is typed is kept', async () => {
  await open('/library');
  await ann.button('New song').waitFor();
  await ann.page.getByRole('searchbox', { name: 'Search songs' }).fill('');
  await ann.page.keyboard.type('n');
  expect(await ann.page.getByRole('searchbox', { name: 'Search songs' }).inputValue()).toBe('n');
  await ann.page.getByRole('heading', { name: 'Library' }).click();
  await ann.page.keyboard.press('n');
  await ann.page.waitForURL(/\/song\//);
  // The caret waits in the title, which what one types takes the place of.
  await expect.poll(() => ann.page.evaluate(() => getSelection()?.toString())).toBe('New song');
  await ann.page.keyboard.type('Kept');
  expect(await ann.text()).toBe('{title: Kept}\n\n');
  await ann.button('Stage').click();
  await ann.page.getByRole('dialog', { name: 'Stage' }).getByText('Kept').waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.keyboard.press('Escape');
  await ann.page.getByRole('dialog').waitFor({ state: 'detached' });
  await ann.page.getByRole('link', { name: 'Back', exact: true }).click();
  await ann.page.getByRole('link', { name: /Kept/ }).waitFor();
});

test('a removed song comes back by undo', async () => {
  await open('/library');
  await ann.button('Remove Kept').click();
  await ann.page.getByRole('link', { name: /Kept/ }).waitFor({ state: 'detached' });
  await ann.button('Undo').click();
  await ann.page.getByRole('link', { name: /Kept/ }).waitFor();
});

test('tags and a setlist: given, filtered by, put in order by keys, read on stage, undone, and taken into a session', async () => {
  await open('/library');
  await ann.button('Tags and setlists of Kept').click();
  const shelf = ann.page.getByRole('dialog');
  await shelf.getByLabel('Tags', { exact: true }).fill('slow');
  await ann.page.keyboard.press('Enter');
  expect(await seriousFinds(ann.page)).toEqual([]);
  await shelf.getByRole('button', { name: 'Put it on a new setlist' }).click();
  await ann.field('Name of the setlist').fill('Sunday');
  await ann.page.keyboard.press('Enter');
  await ann.button('Add').click();
  // The best find goes in by Enter, also before it is in sight: typed and entered in one task. The list stays open for the next one.
  await ann.page.getByRole('textbox', { name: 'Search the library' }).evaluate(async (field: HTMLInputElement) => {
    field.focus();
    document.execCommand('insertText', false, 'evening');
    await Promise.resolve();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
  await expect.poll(() => ann.page.getByRole('textbox', { name: 'Search the library' }).inputValue()).toBe('');
  await ann.page.keyboard.press('Escape');
  const items = ann.page.getByRole('navigation', { name: 'Setlist' }).getByRole('listitem');
  await expect.poll(() => items.allInnerTexts()).toEqual(['1\nKept', '2\nEvening Tune']);
  expect(await seriousFinds(ann.page)).toEqual([]);
  await items.getByRole('button', { name: 'Evening Tune' }).first().focus();
  await ann.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => items.allInnerTexts()).toEqual(['1\nEvening Tune', '2\nKept']);
  await ann.page.keyboard.press('f');
  const stage = ann.page.getByRole('dialog', { name: 'Stage' });
  await stage.getByText('Evening Tune').waitFor();
  await ann.page.keyboard.press('End');
  await ann.page.keyboard.press('ArrowRight');
  await stage.getByText('Kept').waitFor();
  await ann.page.keyboard.press('Escape');
  // What had the focus before gets it back when the stage is gone.
  await stage.waitFor({ state: 'detached' });
  await ann.button('Take Kept off the setlist').focus();
  await ann.page.keyboard.press('Enter');
  await expect.poll(() => items.allInnerTexts()).toEqual(['1\nEvening Tune']);
  await ann.button('Undo').click();
  await expect.poll(() => items.allInnerTexts()).toEqual(['1\nEvening Tune', '2\nKept']);
  await open('/library?tag=slow');
  const songs = ann.page.getByRole('list', { name: 'Songs' }).getByRole('listitem');
  await expect.poll(() => songs.count()).toBe(1);
  await ann.button('Rename the tag slow').click();
  await ann.field('Name of the tag').fill('ballad');
  await ann.page.keyboard.press('Enter');
  await songs.getByText('ballad').waitFor();
  await ann.button('Undo').last().click();
  await songs.getByText('slow').waitFor();
  expect(new URL(ann.page.url()).searchParams.getAll('tag')).toEqual(['slow']);
  await ann.page.getByRole('link', { name: 'Setlists' }).click();
  await ann.button('Rehearse Sunday').click();
  await ann.button('Create session').click();
  await ann.source.waitFor();
  await expect.poll(() => items.allInnerTexts()).toEqual(['1\nEvening Tune', '2\nKept']);
});

test('an address that leads nowhere says so', async () => {
  await open('/session/nonsense');
  await ann.page.getByText('This page does not exist.').waitFor();
  await open('/session/01934567-89ab-7def-8123-456789abcdef');
  await ann.page.getByRole('alert').getByText('Nothing is here.').waitFor();
});

test('all of this under the content policy: its styles carry the nonce of the page, one without it is not applied', async () => {
  await open('/settings');
  await ann.page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await ann.page.keyboard.press('Control+k');
  await ann.page.getByRole('combobox', { name: 'Find' }).waitFor();
  expect(refused).toEqual([]);
  const width = await ann.page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { width: 17px !important; }';
    document.head.append(style);
    return document.body.clientWidth;
  });
  expect(width).toBeGreaterThan(17);
});
