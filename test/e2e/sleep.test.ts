import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { Musician } from '../support/musician.ts';
import { startProgram } from '../support/app.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');

async function musician(name: string, serverUrl: string): Promise<Musician> {
  const person = await Musician.start(name, serverUrl);
  onTestFinished(() => person.end());
  await person.createAccount();
  return person;
}

/** All processes of a person's browser, which it names itself. */
async function processesOf({ page }: Musician): Promise<number[]> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('the page is in no browser');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.map(({ id }) => id);
}

test('[R-MSH-3] a computer that falls asleep is gone for the others, and when it wakes all is as before', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'chordme-sleep-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startProgram('src-server/main.ts', [], {
    CHORDME_DATA_DIR: dataDir,
    CHORDME_PORT: '0',
    CHORDME_RATE_LIMITS: 'off',
    CHORDME_LOG_LEVEL: 'error',
  });
  onTestFinished(() => server.stop());
  const [ann, bob] = await Promise.all([musician('Ann', server.url), musician('Bob', server.url)]);
  await ann.importSong(songFile);
  await ann.page.getByText('Silent Night').first().waitFor();
  await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
  await bob.join(await ann.joinCode());
  for (const person of [ann, bob]) await person.connected('Live with 1 other');
  await bob.placeCursor('Round yon virgin');
  await expect.poll(() => ann.page.locator('.cm-ySelectionInfo').allTextContents()).toContain('Bob');

  const asleep = await processesOf(bob);
  const wake = (): void => {
    for (const id of asleep.splice(0)) process.kill(id, 'SIGCONT');
  };
  onTestFinished(wake);
  for (const id of asleep) process.kill(id, 'SIGSTOP');
  await ann.connected('Only you are here');
  // No ghost of him stays: neither his cursor nor his place among those who are here.
  await expect.poll(() => ann.page.locator('.cm-ySelectionInfo').count()).toBe(0);
  expect(await ann.page.getByRole('list', { name: 'Here now' }).getByText('Bob').count()).toBe(0);
  await ann.placeCursor('All is calm');
  await ann.page.keyboard.type(' meanwhile');
  wake();
  for (const person of [ann, bob]) await person.connected('Live with 1 other');
  await expect.poll(() => bob.text(), { timeout: 30_000 }).toContain('meanwhile');
  await bob.placeCursor('All is calm');
  await bob.page.keyboard.type(' awake');
  await expect.poll(() => ann.text(), { timeout: 30_000 }).toContain('awake');
});
