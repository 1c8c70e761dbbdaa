import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemNetworks } from '../../src-main/core/system.ts';
import { Musician } from '../support/musician.ts';
import { startProgram } from '../support/app.ts';

const songFile = join(import.meta.dirname, '../fixtures/songs/Silent Night.cho');

async function musician(name: string, serverUrl: string, hasMesh: boolean): Promise<Musician> {
  const person = await Musician.start(name, serverUrl, hasMesh);
  onTestFinished(() => person.end());
  await person.createAccount();
  return person;
}

// Without any network but loopback there is nothing to host on.
test.skipIf(systemNetworks().length === 0)(
  '[R-MSH-5] the server of the band is out of reach: one app hosts the meeting point, another goes there, and they rehearse',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'chordme-cellar-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const server = await startProgram('src-server/main.ts', [], {
      CHORDME_DATA_DIR: dataDir,
      CHORDME_PORT: '0',
      CHORDME_RATE_LIMITS: 'off',
      CHORDME_LOG_LEVEL: 'error',
    });
    // Bob's network lets no WebRTC through: links go through the meeting point, and presence with them.
    const [ann, bob] = await Promise.all([musician('Ann', server.url, true), musician('Bob', server.url, false)]);
    await ann.importSong(songFile);
    await ann.page.getByText('Silent Night').first().waitFor();
    await ann.createSession('Friday rehearsal', 'Band Practice', 'Silent Night');
    await bob.join(await ann.joinCode());
    await bob.connected('Connected through the server');
    await ann.connected('Connected through the server');
    const path = ann.sessionPath;
    await server.kill();
    await bob.connected('Offline, all saved here');

    await ann.page.goto(`${ann.origin}/settings#hosting`);
    await ann.page.getByRole('switch', { name: 'Host on this network' }).click();
    await ann.page.getByText(/You meet at this computer/).waitFor();
    const address = await ann.page
      .getByRole('region', { name: 'Host on this network' })
      .getByText(/^http:/)
      .innerText();
    await bob.page.goto(`${bob.origin}/settings`);
    await bob.field('Address of the meeting point').fill(address);
    await bob.button('Meet there').click();
    await bob.page.getByText(/You meet at http/).waitFor();
    await ann.reopen(path);
    await bob.reopen(path);
    for (const person of [ann, bob]) await person.connected('Live with 1 other, server not reachable');
    await ann.placeCursor('All is calm');
    await ann.page.keyboard.type(' in-the-cellar');
    await expect.poll(() => bob.text(), { timeout: 30_000 }).toContain('in-the-cellar');
    await expect.poll(() => bob.page.locator('.cm-ySelectionInfo').allTextContents()).toContain('Ann');
    await bob.say('sounds good');
    await ann.page.getByRole('log', { name: 'Chat' }).getByText('sounds good').waitFor();
  },
);
