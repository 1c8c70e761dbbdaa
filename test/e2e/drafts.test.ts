import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { callApi } from '../support/api-client.ts';
import { startProgram } from '../support/app.ts';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { Musician } from '../support/musician.ts';
import { seriousFinds } from '../support/serious-finds.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');
const pictures = process.env['PICTURES_DIR'] ?? null;

/** Ann leads; Bob's only way to the others is a wire that can be cut; Cy is another who writes. */
let people: { ann: Musician; bob: Musician; cy: Musician; wire: CuttableProxy; serverUrl: string; token: string };
beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-drafts-'));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: dataDir,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  const wire = await CuttableProxy.to(server.url);
  const [ann, bob, cy] = await Promise.all([
    Musician.start('Ann', server.url),
    Musician.start('Bob', wire.url, false),
    Musician.start('Cy', server.url),
  ]);
  for (const person of [ann, bob, cy]) await person.createAccount();
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  const { body } = await callApi(server.url, 'login', { email: 'ann@example.org', password: 'violet-harbour-41' });
  people = { ann, bob, cy, wire, serverUrl: server.url, token: body?.access_token ?? '' };
  return async () => {
    for (const person of [ann, bob, cy]) await person.end();
    await wire.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
});

async function picture(person: Musician, name: string): Promise<void> {
  if (pictures === null) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await person.page.setViewportSize({ width, height });
      await person.page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${String(width)}.png`) });
    }
  }
  await person.page.emulateMedia({ colorScheme: 'light' });
  await person.page.setViewportSize({ width: 1280, height: 800 });
}

type Scene = typeof people & { sessionId: string; bobId: string };

/** A session of its own for each test: all three are in it, with the song. */
async function scene(name: string): Promise<Scene> {
  const { ann, bob, cy, serverUrl, token } = people;
  await ann.createSession(name, 'Band Practice', 'Silent Night');
  const code = await ann.joinCode();
  await Promise.all([bob.join(code), cy.join(code)]);
  await bob.connected('Connected through the server');
  const sessionId = ann.sessionPath.split('/')[2] ?? '';
  const { body } = await callApi(serverUrl, 'listParticipants', { id: sessionId }, token);
  const bobId = body?.items.find((person) => person.name === 'Bob')?.user_id ?? '';
  return { ...people, sessionId, bobId };
}

/** Bob writes without a line; what is decided meanwhile is what he meets when he is back. */
async function writeAway({ bob, wire }: Scene, decide: () => Promise<unknown>): Promise<void> {
  wire.cut();
  await bob.connected('Offline, all saved here');
  await bob.placeCursor('All is calm');
  await bob.page.keyboard.type(' in-the-cellar', { delay: 15 });
  await bob.connected('Offline, \\d+ changes? not sent yet');
  // What waits for longer than a moment has a thin mark beside its line.
  await bob.page.locator('.cm-pending-mark').first().waitFor();
  await picture(bob, 'pending');
  await decide();
  wire.mend();
}

function notice(person: Musician): Locator {
  return person.page.getByRole('status').filter({ hasText: /kept as a draft/ });
}

async function none(people: readonly Musician[], words: string): Promise<void> {
  for (const person of people) {
    await expect.poll(() => person.text(), { timeout: 30_000 }).not.toContain(words);
    expect(await person.page.getByRole('region', { name: 'Chart' }).textContent()).not.toContain(words);
  }
}

async function all(people: readonly Musician[], words: string): Promise<void> {
  for (const person of people) await expect.poll(() => person.text(), { timeout: 30_000 }).toContain(words);
}

describe('drafts of refused edits', () => {
  test('[R-LOC-3] demoted while offline, goes on writing, comes back: a calm notice, a draft, the chart without it; applied again when promoted', async () => {
    const all3 = await scene('Monday rehearsal');
    const { ann, bob, cy, serverUrl, sessionId, token, bobId } = all3;
    await writeAway(all3, () => callApi(serverUrl, 'changeRole', { id: sessionId, user_id: bobId, role: 'viewer' }, token));
    await notice(bob)
      .filter({ hasText: /you are here as Listener now/ })
      .waitFor({ timeout: 30_000 });
    await none([ann, bob, cy], 'in-the-cellar');
    // R-LOC-5: nothing that is typed reaches the song, and no dialog is in the way.
    expect(await bob.page.getByRole('dialog').count()).toBe(0);
    await bob.placeCursor('All is calm');
    await bob.page.keyboard.type('nobody');
    await none([bob], 'nobody');
    await picture(bob, 'notice');
    for (const other of [ann, cy]) expect(await notice(other).count()).toBe(0);

    await bob.page.getByRole('link', { name: 'Look at it' }).click();
    const draft = bob.page.getByRole('textbox', { name: 'Your draft' });
    await draft.getByText('in-the-cellar').waitFor();
    expect(await bob.page.getByRole('textbox', { name: 'The song as it is' }).textContent()).not.toContain('in-the-cellar');
    expect(await bob.button('Apply again').count()).toBe(0);
    await picture(bob, 'draft');
    expect(await seriousFinds(bob.page)).toEqual([]);
    await bob.page.getByText('Charts', { exact: true }).click();
    await picture(bob, 'draft-charts');
    expect(await seriousFinds(bob.page)).toEqual([]);
    await bob.page.getByText('Changes', { exact: true }).click();
    const download = bob.page.waitForEvent('download');
    await bob.button('Save a copy').click();
    expect((await download).suggestedFilename()).toBe('Silent Night.cho');
    await bob.button('Dismiss').click();
    await bob.page.getByText('No drafts here.').waitFor();
    await bob.button('Undo').click();
    await draft.waitFor();

    // Others write on: it is in the draft, and not taken back when that is applied.
    await ann.placeCursor('Round yon virgin');
    await ann.page.keyboard.type(' meanwhile');
    await draft.getByText('meanwhile').waitFor();
    await ann.button('What to do with Bob').click();
    await picture(ann, 'people');
    expect(await seriousFinds(ann.page)).toEqual([]);
    await ann.page.getByRole('combobox', { name: 'Takes part as' }).selectOption({ label: 'Player' });
    await ann.page.getByText('Bob is Player now.').waitFor();
    await bob.button('Apply again').click();
    await bob.page.getByText('No drafts here.').waitFor();
    await bob.page.getByRole('main').getByText('Back to the session').click();
    await all([ann, bob, cy], 'in-the-cellar');
    await all([ann, bob, cy], 'meanwhile');
    expect(await notice(bob).count()).toBe(0);
  });

  test('[R-LOC-3] paused while offline: the same, also after a restart, and in the lists; applied again when the session goes on', async () => {
    const all3 = await scene('Friday rehearsal');
    const { ann, bob, cy, serverUrl, sessionId, token } = all3;
    await writeAway(all3, async () => {
      await bob.field('Message').fill('From the top?');
      await bob.page.keyboard.press('Enter');
      await bob.page.getByRole('log', { name: 'Chat' }).getByText('From the top?').waitFor();
      await callApi(serverUrl, 'pauseSession', { id: sessionId }, token);
    });
    await notice(bob)
      .filter({ hasText: /the session is paused.*A message or comment is kept as well/ })
      .waitFor({ timeout: 30_000 });
    await none([ann, bob, cy], 'in-the-cellar');
    await bob.page.goto(`${bob.origin}/sessions`);
    await bob.page
      .getByRole('button', { name: /Friday rehearsal/ })
      .getByText('Draft')
      .waitFor();
    await picture(bob, 'sessions');
    await bob.crash();
    await bob.restart();
    await bob.page.goto(`${bob.origin}/library`);
    await bob.page.getByText(/Friday rehearsal: \d+ changes? of yours/).waitFor();
    await picture(bob, 'library');
    await bob.page.getByRole('link', { name: 'Look at it' }).click();
    await bob.page.getByRole('textbox', { name: 'Your draft' }).getByText('in-the-cellar').waitFor();
    await callApi(serverUrl, 'resumeSession', { id: sessionId }, token);
    await bob.button('Apply again').click();
    // What he said there nobody heard: it is not lost either.
    const unsaid = bob.page.getByRole('article', { name: 'Messages and comments' });
    await unsaid.getByText('From the top?').waitFor();
    await picture(bob, 'unsaid');
    expect(await seriousFinds(bob.page)).toEqual([]);
    expect(await ann.page.getByText('From the top?').count()).toBe(0);
    await unsaid.getByRole('button', { name: 'Send again: “From the top?”' }).click();
    await bob.page.getByText('No drafts here.').waitFor();
    await ann.page.getByRole('log', { name: 'Chat' }).getByText('From the top?').waitFor();
    await bob.page.getByRole('main').getByText('Back to the session').click();
    await all([ann, bob, cy], 'in-the-cellar');
  });

  test('[R-LOC-5] [R-MEM-4] banned while the session is open: it stays readable, quietly; the songs are copied, the rest is put away', async () => {
    const { ann, bob } = await scene('Last rehearsal');
    // A mark names a moment, for everybody; without a name it has its number.
    await ann.button('Marks').click();
    await ann.button('Set a mark').click();
    await ann.field('Name of the mark').fill('Second verse, slower');
    await ann.page.getByRole('combobox', { name: 'Kind of mark' }).selectOption({ label: 'Note' });
    await ann.button('Set a mark').click();
    await bob.button('Marks').click();
    const marks = bob.page.getByRole('log', { name: 'Marks' });
    await marks.getByRole('button', { name: /Take 1.*Silent Night.*Ann/ }).waitFor();
    await marks.getByRole('button', { name: /Second verse, slower/ }).click();
    await picture(bob, 'marks');
    expect(await seriousFinds(bob.page)).toEqual([]);
    await ann.button('What to do with Bob').click();
    await ann.page.getByRole('button', { name: 'Ban from the session' }).click();
    await ann.page.getByRole('dialog', { name: 'Last rehearsal' }).getByRole('button', { name: 'Ban from the session' }).click();
    await ann.button('Lift the ban of Bob').waitFor();
    await bob.page
      .getByText(/You no longer take part in this session/)
      .first()
      .waitFor();
    // He sees nobody any more: whom only the server told him of are no ghosts. R-MSH-3.
    await expect.poll(() => bob.page.getByRole('list', { name: 'Here now' }).getByText('Ann').count(), { timeout: 10_000 }).toBe(0);
    expect(await bob.page.getByRole('dialog').count()).toBe(0);
    await bob.placeCursor('All is calm');
    await bob.page.keyboard.type('nobody');
    await none([ann, bob], 'nobody');
    expect(await bob.text()).toContain('All is calm');
    await picture(bob, 'removed');
    expect(await seriousFinds(bob.page)).toEqual([]);
    await bob.button('Keep a copy of the song').click();
    await bob.page.getByText('1 song is in your library.').waitFor();
    await bob.page.goto(`${bob.origin}/sessions`);
    // The server no longer names it; this computer still has it.
    const row = bob.page.getByRole('button', { name: /Last rehearsal.*No longer yours/ });
    await row.click();
    await bob.button('Remove from this computer').click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Remove from this computer' }).click();
    await row.waitFor({ state: 'detached' });
    await bob.page.goto(`${bob.origin}/library`);
    await bob.page.getByText('Silent Night').first().waitFor();
    await ann.button('Lift the ban of Bob').click();
    await ann.page.getByRole('list', { name: 'Banned' }).waitFor({ state: 'detached' });
  });
});
