import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CuttableProxy } from '../support/cuttable-proxy.ts';
import { Musician } from '../support/musician.ts';
import { type RunningApp, startProgram } from '../support/app.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

let dataDir = '';
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'chordme-e2e-'));
  return () => rmSync(dataDir, { recursive: true, force: true });
});

/** The real server as its own process, on a port that it keeps through restarts. */
async function startServer(directory: string, port = '0'): Promise<RunningApp> {
  return startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: directory,
    CHORDME_PORT: port,
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
}

async function musician(name: string, serverUrl?: string, hasMesh = true): Promise<Musician> {
  const person = await Musician.start(name, serverUrl, hasMesh);
  ends.push(() => person.end());
  await person.createAccount();
  return person;
}

/** Three in one session of Silent Night. */
async function band(serverUrl: string): Promise<[Musician, Musician, Musician, string]> {
  const [ann, bob, cy] = await Promise.all([musician('Ann', serverUrl), musician('Bob', serverUrl), musician('Cy', serverUrl)]);
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
  const code = await ann.joinCode();
  await Promise.all([bob.join(code), cy.join(code)]);
  for (const person of [ann, bob, cy]) await person.connected('Live with 2 others');
  return [ann, bob, cy, code];
}

async function same(people: readonly Musician[], including: readonly string[]): Promise<string> {
  await expect
    .poll(
      async () => {
        const texts = await Promise.all(people.map((person) => person.text()));
        const [first = ''] = texts;
        return texts.every((text) => text === first) && including.every((part) => first.includes(part));
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return people[0]?.text() ?? '';
}

describe('the first rehearsal', () => {
  test('a newcomer with an embedded authority: account, imported song, session, chart', async () => {
    const ann = await musician('Ann');
    await ann.importSong(songFile);
    await ann.page.getByText('Silent Night').first().waitFor();
    await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
    await ann.connected('Only you are here');
    await expect.poll(() => ann.page.getByRole('region', { name: 'Chart' }).textContent()).toContain('Silent night');
    await ann.placeCursor('holy night!');
    await ann.page.keyboard.type(' [Em7]hallelujah');
    await expect.poll(() => ann.page.getByRole('region', { name: 'Chart' }).textContent()).toContain('hallelujah');
  });

  test('three type at once; the server goes and comes back; one was offline; a fourth joins later', async () => {
    const serverDir = join(dataDir, 'three');
    let server = await startServer(serverDir);
    const { port } = new URL(server.url);
    ends.push(() => server.stop());
    const [ann, bob, cy, code] = await band(server.url);

    const typing = [
      [ann, 'Silent night, holy', 'alpha'],
      [bob, 'Silent night, holy', 'bravo'],
      [cy, 'Round yon virgin', 'charlie'],
    ] as const;
    await Promise.all(
      typing.map(async ([person, line, word]) => {
        await person.placeCursor(line);
        for (let at = 0; at < 12; at++) await person.page.keyboard.type(` ${word}${String(at)}`);
        await person.say(`${person.name} says hello`);
      }),
    );
    // Words typed in one line at once may stand inside each other: that none is lost is seen by its letters.
    const text = await same([ann, bob, cy], ['charlie11']);
    const lettersOf = (word: string): number => Array.from(text).filter((letter) => word.includes(letter)).length;
    expect(lettersOf('alphabravocharlie')).toBeGreaterThan(12 * 'alphabravocharlie'.length);
    for (const person of [ann, bob, cy]) {
      for (const other of [ann, bob, cy])
        await person.page.getByRole('log', { name: 'Chat' }).getByText(`${other.name} says hello`).waitFor();
    }
    await expect.poll(() => ann.page.locator('.cm-ySelectionInfo').allTextContents()).toEqual(expect.arrayContaining(['Bob', 'Cy']));

    await server.kill();
    await ann.connected('Live with 2 others, server not reachable');
    await bob.placeCursor('All is calm');
    await bob.page.keyboard.type(' without-server');
    await same([ann, bob, cy], ['without-server']);
    // Who takes part is known without it, and who is here by the mesh.
    await cy.button('Session menu').click();
    const places = cy.page.getByRole('navigation', { name: 'Places of the session' });
    await places.getByRole('link', { name: 'People' }).click();
    const known = cy.page.getByRole('list', { name: 'Participants' }).getByRole('listitem');
    await known.filter({ hasText: 'Ann' }).getByText('here', { exact: true }).waitFor();
    await places.getByRole('link', { name: 'Rehearsal' }).click();

    server = await startServer(serverDir, port);
    for (const person of [ann, bob, cy]) await person.connected('Live with 2 others');
    for (const person of [ann, bob, cy]) await person.browser.close();
    const dan = await musician('Dan', server.url);
    await dan.join(code);
    await dan.connected('Only you are here');
    await expect.poll(() => dan.text(), { timeout: 30_000 }).toContain('without-server');
    await dan.page.getByRole('log', { name: 'Chat' }).getByText('Cy says hello').waitFor();
  });

  test('[R-MSH-4] one whose network allows no mesh works through the server, cursors and all, is cut off, writes on, and is merged when back', async () => {
    const server = await startServer(join(dataDir, 'cut'));
    ends.push(() => server.stop());
    const wire = await CuttableProxy.to(server.url);
    ends.push(() => wire.close());
    const [ann, bob] = await Promise.all([musician('Ann', server.url), musician('Bob', wire.url, false)]);
    await ann.importSong(songFile);
    await ann.page.getByText('Silent Night').first().waitFor();
    await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
    await bob.join(await ann.joinCode());
    await bob.connected('Connected through the server');
    await bob.placeCursor('All is calm');
    await bob.page.keyboard.type(' through-server');
    await same([ann, bob], ['through-server']);
    // Presence comes that way as well.
    await expect.poll(() => ann.page.locator('.cm-ySelectionInfo').allTextContents()).toContain('Bob');
    await ann.placeCursor('Round yon virgin');
    await expect.poll(() => bob.page.locator('.cm-ySelectionInfo').allTextContents()).toContain('Ann');

    wire.cut();
    await bob.connected('Offline, all saved here');
    await bob.placeCursor('All is calm');
    await bob.page.keyboard.type(' in-the-cellar');
    await bob.connected('Offline, \\d+ changes? not sent yet');
    await ann.placeCursor('All is calm');
    await ann.page.keyboard.type(' meanwhile');
    wire.mend();
    await bob.connected('Connected through the server');
    await same([ann, bob], ['in-the-cellar', 'meanwhile', 'through-server']);
  });

  test('[R-LOC-2] the app is killed in the middle of typing: what was typed 200 ms before is there', async () => {
    const server = await startServer(join(dataDir, 'killed'));
    ends.push(() => server.stop());
    const wire = await CuttableProxy.to(server.url);
    ends.push(() => wire.close());
    const ann = await musician('Ann', wire.url);
    await ann.importSong(songFile);
    await ann.page.getByText('Silent Night').first().waitFor();
    await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
    await ann.placeCursor('All is calm');
    // Nobody else has it: what is there afterwards was on this disk.
    wire.cut();
    await ann.connected('Offline, all saved here');
    const typedAt: number[] = [];
    const path = ann.sessionPath;
    const typing = (async () => {
      for (let at = 0; at < 200; at++) {
        await ann.page.keyboard.type(`<${String(at)}>`, { delay: 20 });
        typedAt.push(performance.now());
      }
    })().catch(() => undefined);
    await expect.poll(() => typedAt.length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(60);
    const killedAt = performance.now();
    await ann.crash();
    await typing;
    await ann.restart();
    await ann.reopen(path);
    const due = typedAt.filter((at) => at < killedAt - 200).length;
    expect(due).toBeGreaterThan(5);
    const text = await ann.text();
    const missing = Array.from({ length: due }, (_, at) => `<${String(at)}>`).filter((mark) => !text.includes(mark));
    expect(missing).toEqual([]);
  });
});
