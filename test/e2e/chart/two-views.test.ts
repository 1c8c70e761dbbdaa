import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startProgram } from '../../support/app.ts';
import { Musician } from '../../support/musician.ts';

const song = '{title: Two Views}\n{key: G}\n{capo: 2}\n[G]One [C]two [D/F#]three\n';

let folder = '';
let server: RunningApp;
let ann: Musician;
let bob: Musician;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chordme-views-'));
  writeFileSync(join(folder, 'two-views.cho'), song);
  server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: join(folder, 'server'),
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  [ann, bob] = await Promise.all([Musician.start('Ann', server.url), Musician.start('Bob', server.url)]);
  for (const person of [ann, bob]) {
    person.page.setDefaultTimeout(15_000);
    await person.createAccount();
  }
  await ann.importSong(join(folder, 'two-views.cho'));
  await ann.page.getByText('1 song added.').waitFor();
  await ann.createSession('Friday rehearsal', 'Band Practice', 'Two Views');
  await bob.join(await ann.joinCode());
  for (const person of [ann, bob]) await person.connected('Live with 1 other');
});
afterAll(async () => {
  await ann.end();
  await bob.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const chords = (person: Musician): Promise<string[]> =>
  person.page.getByRole('region', { name: 'Song sheet' }).locator('[data-chord]').allInnerTexts();
const myView = (person: Musician) => person.page.getByRole('dialog', { name: 'My view' });

async function openMyView(person: Musician): Promise<void> {
  await person.page.getByRole('button', { name: /^My view/u }).click();
  await myView(person).waitFor();
}

async function eachSees(ofAnn: readonly string[], ofBob: readonly string[]): Promise<void> {
  await expect.poll(() => chords(ann)).toEqual(ofAnn);
  await expect.poll(() => chords(bob)).toEqual(ofBob);
}

test('capo, key and view are changed at once: the song is one, each view is its own person’s', async () => {
  await eachSees(['G', 'C', 'D/F#'], ['G', 'C', 'D/F#']);

  // Ann transposes for everybody by keys while Bob makes the chart his own.
  await openMyView(bob);
  await ann.page.getByRole('heading', { name: 'Chart' }).click();
  await Promise.all([
    ann.page.keyboard.press('Control+Shift+ArrowUp').then(() => ann.page.keyboard.press('Control+Shift+ArrowUp')),
    myView(bob).getByLabel('Capo', { exact: true }).selectOption('0'),
    myView(bob).getByLabel('Chord names').selectOption('german'),
  ]);
  await ann.page.getByText('Transposed 2 up for everyone.').waitFor();
  await expect.poll(() => ann.text()).toBe('{title: Two Views}\n{key: A}\n{capo: 2}\n[A]One [D]two [E/G#]three\n');
  await expect.poll(() => bob.text()).toBe(await ann.text());
  // Without a capo Bob plays what sounds, two above the shapes: B, which Germans call H.
  await eachSees(['A', 'D', 'E/G#'], ['H', 'E', 'Fis/Ais']);
  await bob.page.getByRole('button', { name: 'My view: You see it without capo, in German names' }).waitFor();
  await ann.page.getByRole('button', { name: 'My view', exact: true }).waitFor();

  // Ann moves the capo of the song: she grips the same shapes, and Bob plays what sounds now.
  await ann.source.getByText('{capo: 2}').click();
  await ann.page.keyboard.press('End');
  await ann.page.keyboard.press('ArrowLeft');
  await ann.page.keyboard.press('Backspace');
  await ann.page.keyboard.type('4');
  await expect.poll(() => bob.text()).toContain('{capo: 4}');
  await eachSees(['A', 'D', 'E/G#'], ['Des', 'Ges', 'As/C']);

  // A view outlives the page; the other one's is untouched by it.
  await bob.page.reload();
  await bob.source.waitFor();
  await eachSees(['A', 'D', 'E/G#'], ['Des', 'Ges', 'As/C']);
});

test('in Read, where no source is open, the key transposes all the same; its undo gives the former spelling to everybody', async () => {
  const before = await ann.text();
  await bob.page.keyboard.press('Escape');
  await bob.page.getByText('Read', { exact: true }).click();
  await bob.source.waitFor({ state: 'detached' });
  await bob.page.getByRole('heading', { name: 'Chart' }).click();
  await bob.page.keyboard.press('Control+Shift+ArrowDown');
  await bob.page.getByText('Transposed 1 down for everyone.').waitFor();
  await expect.poll(() => ann.text()).toContain('{key: Ab}');
  await bob.button('Undo').click();
  await expect.poll(() => ann.text()).toBe(before);
});

test('the setlist is printed song by song, each as this person sees it', async () => {
  await bob.page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await bob.button('New empty song').click();
  await bob.page.getByRole('navigation', { name: 'Setlist' }).getByText('New song').waitFor();
  // The system's dialog is not there to be looked at; what it would print is.
  await bob.page.evaluate(() => {
    window.print = () => undefined;
  });
  await bob.button('Print the setlist').click();
  const printed = bob.page.locator('.chart-print-song');
  await expect.poll(() => printed.count()).toBe(2);
  await bob.page.emulateMedia({ media: 'print' });
  expect(await printed.nth(0).locator('[data-chord]').allInnerTexts()).toEqual(['Des', 'Ges', 'As/C']);
  expect(await printed.nth(1).getByRole('heading', { name: 'New song' }).isVisible()).toBe(true);
  expect(await bob.page.getByRole('navigation', { name: 'Setlist', includeHidden: true }).isVisible()).toBe(false);
  await bob.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect.poll(() => printed.count()).toBe(0);
  await bob.page.emulateMedia({ media: 'screen' });
});
