import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import { callApi } from '../support/api-client.ts';
import { comment, selectWord } from '../support/commenting.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { Musician } from '../support/musician.ts';
import { seriousFinds } from '../support/serious-finds.ts';
import { expectDone, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let ann: Musician;
let bob: Musician;
const { checkpointEvery, checkpointLag } = limits;
beforeAll(async () => {
  // The server's, not the apps': who comes late begins at a checkpoint.
  Object.assign(limits, { checkpointEvery: 3, checkpointLag: 5 });
  server = await startTestServer();
  [ann, bob] = await Promise.all([Musician.start('Ann', server.url), Musician.start('Bob', server.url)]);
  await Promise.all([ann.createAccount(), bob.createAccount()]);
});
afterAll(async () => {
  await Promise.all([ann.end(), bob.end()]);
  await server.close();
  Object.assign(limits, { checkpointEvery, checkpointLag });
});

const mark = ({ page }: Musician) => page.getByRole('status').filter({ hasText: /^Recording$/ });

test('who comes is told and asked, everybody sees that it runs, who may ends it; it is saved and deleted', async () => {
  await ann.importSong('assets/songs/amazing-grace.cho');
  await ann.page
    .getByRole('link', { name: /Amazing Grace/ })
    .first()
    .waitFor();
  await ann.createSession('Tuesday', 'Band Practice', 'Amazing Grace');
  const code = await ann.joinCode();
  await bob.page.goto(`${bob.origin}/sessions`);
  await bob.field('Join code').fill(code);
  await bob.button('Join session').click();
  await bob.source.waitFor();
  await Promise.all([mark(ann).waitFor(), mark(bob).waitFor()]);
  await bob.page.getByText(/May where you point be kept, too\?$/).waitFor();
  expect(await seriousFinds(bob.page)).toEqual([]);
  await bob.button('No, leave me out').click();
  await bob.button('No, leave me out').waitFor({ state: 'detached' });
  await bob.button('Session menu').click();
  await bob.page.getByRole('navigation', { name: 'Places of the session' }).getByRole('link', { name: 'Recordings' }).click();
  const leftOut = bob.page.getByRole('switch', { name: 'Leave me out of where people point' });
  await expect.poll(() => leftOut.isChecked()).toBe(true);
  await mark(bob).waitFor();

  await ann.source.click();
  await ann.page.keyboard.press('Control+End');
  await ann.page.keyboard.type('\nOnce more');
  await selectWord(ann, 'more');
  await ann.page.keyboard.press('Control+Alt+m');
  await comment(ann, 'not so loud');
  await ann.page.locator('.cm-commented').filter({ hasText: 'more' }).waitFor();
  await ann.button('Chat').click();
  await ann.field('Message').fill('from the bridge');
  await ann.page.keyboard.press('Enter');
  await ann.page.getByRole('log', { name: 'Chat' }).getByText('from the bridge').waitFor();
  await ann.button('Stop recording').click();
  await Promise.all([mark(ann).waitFor({ state: 'detached' }), mark(bob).waitFor({ state: 'detached' })]);
  const row = bob.page.getByRole('list', { name: 'Recordings of this session' }).getByRole('listitem');
  await row.getByText('started by itself. Ended: stopped by hand.').waitFor();
  expect(await seriousFinds(bob.page)).toEqual([]);
  const download = bob.page.waitForEvent('download');
  await row.getByRole('button', { name: /as ZIP with the songs$/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^recording-.*\.zip$/);
  expect(
    readFileSync(await file.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  // Played again: the song as it was, what was said, the change that came, all by keys; and again without fetching it anew.
  await row.getByRole('link', { name: /^Play the recording/ }).click();
  const moment = bob.page.getByRole('slider', { name: 'Moment' });
  await moment.and(bob.page.locator(':focus')).waitFor();
  const then = bob.page.getByRole('textbox', { name: 'Source then' });
  // In sight, and not only there.
  await expect.poll(async () => (await bob.page.locator('.chart-source .cm-editor').boundingBox())?.height ?? 0).toBeGreaterThan(200);
  await bob.page.keyboard.press('.');
  await expect.poll(async () => Number(await moment.inputValue())).toBeGreaterThan(0);
  await bob.page.keyboard.press('End');
  await then.filter({ hasText: 'Once more' }).waitFor();
  // The end of the chart, which is out of sight, is drawn when one scrolls to it.
  const chartThen = bob.page.getByRole('region', { name: 'Chart then' });
  await chartThen.locator('.pane-scroll').evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  await chartThen.getByText('Once more').first().waitFor();
  await then.locator('.cm-commented').filter({ hasText: 'more' }).waitFor();
  const said = bob.page.getByRole('region', { name: 'What was said' }).getByRole('button', { name: /from the bridge/ });
  await said.waitFor();
  await bob.page.keyboard.press('Home');
  await said.waitFor({ state: 'detached' });
  await bob.page.keyboard.press('Space');
  await bob.button('Pause').waitFor();
  await bob.page.getByText('Then and now', { exact: true }).click();
  expect(await seriousFinds(bob.page)).toEqual([]);
  await bob.page.goBack();
  // Only who leads deletes.
  expect(await row.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
});

test('who wrote a line is found, the version before is brought back for all, and taken back as one step', async () => {
  const written = 'Bob wrote this line';
  await Promise.all([ann.reopen(ann.sessionPath.replace(/\/recordings$/, '')), bob.reopen(bob.sessionPath.replace(/\/recordings$/, ''))]);
  await bob.source.click();
  await bob.page.keyboard.press('Control+End');
  // As a comment: what is quiet in a source must be read on the colours of a diff too.
  await bob.page.keyboard.type(`\n{comment: ${written}}`);
  const chart = ann.page.getByRole('region', { name: 'Chart' });
  await chart.getByText(written).waitFor();
  const openHistory = async (): Promise<void> => {
    await ann.button('Session menu').click();
    await ann.page.getByRole('navigation', { name: 'Places of the session' }).getByRole('link', { name: 'History of the songs' }).click();
  };
  await openHistory();
  const versions = ann.page.getByRole('navigation', { name: 'Versions' }).getByRole('button');
  await versions.nth(1).waitFor();
  expect(await versions.first().textContent()).toContain('Bob');
  // The song that the session was created with.
  expect(await versions.nth(1).textContent()).toContain('Ann');
  await ann.page.getByRole('textbox', { name: 'After' }).getByText(written).waitFor();
  expect(await seriousFinds(ann.page)).toEqual([]);
  await ann.page.getByText('Who wrote it', { exact: true }).click();
  const row = ann.page.getByRole('row').filter({ hasText: written });
  expect(await row.textContent()).toContain('Bob');
  expect(await seriousFinds(ann.page)).toEqual([]);

  await versions.nth(1).click();
  await ann.button('Bring this version back').click();
  const bobs = bob.page.getByRole('region', { name: 'Chart' }).getByText(written);
  await bobs.waitFor({ state: 'detached' });
  await ann.button('Undo').click();
  await bobs.waitFor();

  // Only its first verse: the line stays.
  await ann.page.getByRole('link', { name: 'Back to the rehearsal' }).click();
  await bob.source.getByText(/How .*sweet the/).click();
  await bob.page.keyboard.press('Home');
  await bob.page.keyboard.press('Shift+End');
  await bob.page.keyboard.type('Something else');
  await chart.getByText('Something else').waitFor();
  await openHistory();
  await versions.nth(2).waitFor();
  await versions.last().click();
  await ann.page.getByRole('combobox', { name: 'What to bring back' }).selectOption('Verse 1');
  await ann.button('Bring it back').click();
  await ann.page.getByText('Verse 1 reads as it did then.').waitFor();
  await bob.page.getByRole('region', { name: 'Chart' }).getByText('Something else').waitFor({ state: 'detached' });
  await bobs.waitFor();
});

test('who comes when the session has grown long plays what was recorded before, and again without the server', async () => {
  const id = ann.sessionPath.split('/')[2] ?? '';
  await ann.reopen(`/session/${id}`);
  const code = await ann.joinCode();
  await Promise.all([ann.page.goto(`${ann.origin}/library`), bob.page.goto(`${bob.origin}/library`)]);
  const proxy = await CuttableProxy.to(server.url);
  onTestFinished(() => proxy.close());
  const cy = await Musician.start('Cy', proxy.url);
  onTestFinished(() => cy.end());
  await cy.createAccount();
  const { access_token } = expectDone(await callApi(server.url, 'login', { email: 'ann@example.org', password: 'violet-harbour-41' }));
  expectDone(await callApi(server.url, 'updateSession', { id, has_open_recordings: true }, access_token));
  await cy.join(code);
  await cy.button('Session menu').click();
  await cy.page.getByRole('navigation', { name: 'Places of the session' }).getByRole('link', { name: 'Recordings' }).click();
  const play = cy.page.getByRole('link', { name: /^Play the recording/ });
  const lives = async (): Promise<void> => {
    await play.click();
    const moment = cy.page.getByRole('slider', { name: 'Moment' });
    await moment.press('End');
    const then = cy.page.getByRole('textbox', { name: 'Source then' });
    await then.filter({ hasText: 'Once more' }).waitFor();
    await moment.press('Home');
    await then.filter({ hasNotText: 'Once more' }).waitFor();
    await cy.page.goBack();
  };
  await lives();
  // It was not in the ledger that this app began with.
  const beside = new BetterSqlite3(join(cy.dataDir, 'chordme.sqlite'), { readonly: true });
  expect(beside.prepare('SELECT count(*) FROM kept_recording_ledgers').pluck().get()).toBeGreaterThan(0);
  beside.close();
  proxy.cut();
  await lives();
  // Who leads it deletes it.
  await ann.page.goto(`${ann.origin}/session/${id}/recordings`);
  await ann.page.getByRole('button', { name: /^Delete the recording of/ }).click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await ann.page.getByText('Nothing was recorded yet.').waitFor();
});
